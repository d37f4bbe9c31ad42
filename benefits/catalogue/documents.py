"""The rights as things to be found: sheets, simulators, guides to what happens, rubrics. The same for everyone.

What a sheet says in euros is left out: a page of results must not say an amount without its date.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from functools import cache
from typing import ClassVar

from benefits.catalogue.leading import SIMULATOR
from benefits.catalogue.reading import Guide, Sheet, guides, sheets
from benefits.catalogue.showing import rubric_path
from benefits.kinds import AUDIENCE, EVENT, RUBRIC, Rubric
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Simulator
from search.contract import Document, DocumentType
from search.documents.guides import SINCE


class Benefits:
    """What comes with the code."""

    types: ClassVar[tuple[DocumentType, ...]] = (DocumentType.benefit,)
    is_fixed: ClassVar[bool] = True

    async def documents(self, ids: Sequence[str]) -> list[Document]:
        known = all_rights()
        return [known[id] for id in ids if id in known]

    async def every(self, after: str = "") -> AsyncIterator[list[str]]:
        if ids := sorted(id for id in all_rights() if id > after):
            yield ids

    async def how_many(self) -> int:
        return len(all_rights())


@cache
def all_rights() -> dict[str, Document]:
    """Every one by its id."""
    made = (
        *map(_sheet, sheets().values()),
        *map(_simulator, SIMULATORS.values()),
        *map(_guide, guides().values()),
        *map(_rubric, Rubric),
    )
    return {one.id: one for one in made}


def _sheet(one: Sheet) -> Document:
    facts = one.facts
    said = [facts.summary, *(part.text for part in one.sections if not part.has_figure)]
    around = [*facts.words, *facts.covers, facts.provider, *(RUBRIC[rubric] for rubric in facts.rubrics)]
    whom = [AUDIENCE[audience] for audience in facts.audiences]
    return _right(f"droit-{one.id}", facts.title, said, [*around, *whom], one.path, facts.covers)


def _simulator(one: Simulator) -> Document:
    about = sheets().get(one.sheet)
    around = about.facts.words if about else ()
    title = f"Simulateur\u00a0: {one.title}"
    return _right(f"simulateur-{one.id}", title, [one.lead], ["simulation calcul", *around], SIMULATOR.format(one.id))


def _guide(one: Guide) -> Document:
    facts = one.facts
    said = [facts.lead, *(f"{step.title}." for step in facts.steps)]
    around = [EVENT[one.event], *facts.words, *facts.covers]
    return _right(f"evenement-{one.event}", facts.title, said, around, one.path, facts.covers)


def _rubric(one: Rubric) -> Document:
    """By its name alone: with the titles of its sheets it would stand among the answers to everything."""
    title = f"Droits et aides\u00a0: {RUBRIC[one]}"
    said = "Toutes les aides de cette rubrique, pour qui elles sont et comment les demander."
    return _right(f"rubrique-{one}", title, [said], ["prestations"], rubric_path(one))


def _right(
    id: str, title: str, body: Iterable[str], words: Iterable[str], path: str, covers: tuple[str, ...] = ()
) -> Document:
    return Document(
        id=id,
        type=DocumentType.benefit,
        title=title,
        body=" ".join(body),
        words=" · ".join(filter(None, words)),
        published_at=SINCE,
        path=path,
        covers=covers,
    )
