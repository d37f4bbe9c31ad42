"""The catalogue as it was read at the start: every sheet, every guide."""

from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec
from markupsafe import Markup

from benefits.catalogue import prose
from benefits.catalogue.files import BadFile, files, read
from benefits.catalogue.guide import GuideFacts, Step
from benefits.catalogue.sheet import HEADINGS, Facts
from benefits.kinds import AmountKind, Event, Rubric

GOOD_FOR = timedelta(days=400)
HOW_MUCH = HEADINGS[2]


class Section(msgspec.Struct, frozen=True):
    heading: str
    html: Markup
    text: str
    links: tuple[str, ...] = ()

    @property
    def has_figure(self) -> bool:
        return prose.has_figure(self.text)


class Sheet(msgspec.Struct, frozen=True):
    """A benefit: `id` stands in its address."""

    id: str
    facts: Facts
    sections: tuple[Section, ...]

    @property
    def path(self) -> str:
        return f"/droits/prestations/{self.id}"

    def shows_figures(self, today: date) -> bool:
        """Not once its figures are 400 days old, nor before or after what they are valid for."""
        facts = self.facts
        is_fresh = today - facts.checked_on <= GOOD_FOR
        has_begun = facts.valid_from is None or facts.valid_from <= today
        return is_fresh and has_begun and (facts.valid_to is None or today <= facts.valid_to)

    def section(self, heading: str) -> Section | None:
        return next((one for one in self.sections if one.heading == heading), None)

    @property
    def text(self) -> str:
        """All it says, without form."""
        return " ".join(one.text for one in self.sections)


class Guide(msgspec.Struct, frozen=True):
    """What to do when something happens, step by step; `texts` are those of its steps."""

    event: Event
    facts: GuideFacts
    more: Markup
    texts: tuple[Markup, ...]

    @property
    def path(self) -> str:
        return f"/droits/evenements/{self.event}"

    @property
    def steps(self) -> list[tuple[Step, Markup]]:
        return list(zip(self.facts.steps, self.texts, strict=True))


@cache
def sheets() -> dict[str, Sheet]:
    """Every benefit by its id, in the order of their titles. Raises `BadFile` for the first that cannot be read."""
    read_all = (read_sheet(file) for file in files("sheets"))
    return {one.id: one for one in sorted(read_all, key=lambda one: one.facts.title)}


def sheet(id: str) -> Sheet:
    """Raises LookupError."""
    return sheets()[id]


@cache
def guides() -> dict[Event, Guide]:
    """In the order of `Event`. Raises `BadFile`."""
    found = {one.event: one for one in map(read_guide, files("guides"))}
    return {event: found[event] for event in Event if event in found}


@cache
def of_rubric(rubric: Rubric) -> tuple[Sheet, ...]:
    return tuple(one for one in sheets().values() if rubric in one.facts.rubrics)


def read_sheet(file: Path) -> Sheet:
    """Raises `BadFile`."""
    facts, text = read(file, Facts)
    sections = prose.under_headings(text)
    given = tuple(heading for heading, _ in sections)
    without_amount = tuple(heading for heading in HEADINGS if heading != HOW_MUCH)
    if given != HEADINGS and not (facts.amount.kind is AmountKind.link and given == without_amount):
        raise BadFile(file, f"headings must be {', '.join(HEADINGS)}, in this order; they are {', '.join(given)}")
    for heading, said in sections:
        if not said:
            raise BadFile(file, f"nothing stands under {heading}")
    return Sheet(file.stem, facts, tuple(_section(heading, said) for heading, said in sections))


def read_guide(file: Path) -> Guide:
    """Raises `BadFile`."""
    if file.stem not in list(Event):
        raise BadFile(file, f"no such event: it must be named for one of {', '.join(Event)}")
    facts, text = read(file, GuideFacts)
    return Guide(Event(file.stem), facts, prose.html(text), tuple(prose.html(step.text) for step in facts.steps))


def faults() -> list[str]:
    """Of every file that cannot be read, what is wrong with it."""
    wrong = []
    tried = chain(((file, read_sheet) for file in files("sheets")), ((file, read_guide) for file in files("guides")))
    for file, reads in tried:
        try:
            reads(file)
        except BadFile as bad:
            wrong.append(str(bad))
    return wrong


def _section(heading: str, said: str) -> Section:
    return Section(heading, prose.html(said), prose.plain(said), tuple(prose.addresses(said)))
