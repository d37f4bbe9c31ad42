"""The same decision for the cases of the same words that waited beside one: each is taken and decided by itself."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import msgspec

from app.refusals import Refused
from members.me import Me
from moderation.cases.access import case_in_scope
from moderation.cases.claiming import claim, release
from moderation.decisions.deciding import decide
from moderation.decisions.form import DecisionForm, possible
from moderation.desk.canned import Blanks, blanks_of
from moderation.desk.similar import AT_ONCE


class Seen(msgspec.Struct, frozen=True):
    """A case as the moderator read it beside the one they decided."""

    id: UUID
    version: int
    ad_version: int


class Done(msgspec.Struct, frozen=True):
    """How many of the others were decided too, and how many were not, because they or their ad changed meanwhile."""

    decided: int = 0
    changed: int = 0

    @property
    def in_words(self) -> str:
        """`12 dossiers identiques aussi; 2 ont changé entre-temps et attendent toujours.`; nothing without others."""
        also = f"{_identical(self.decided)} aussi" if self.decided else ""
        who = str(self.changed) if also else _identical(self.changed)
        kept = f"{who} {'a' if self.changed == 1 else 'ont'} changé entre-temps et {_wait(self.changed)} toujours"
        said = "\u202f; ".join(filter(None, (also, kept if self.changed else "")))
        return f"{said}." if said else ""


def _identical(number: int) -> str:
    return "1 dossier identique" if number == 1 else f"{number} dossiers identiques"


def _wait(number: int) -> str:
    return "attend" if number == 1 else "attendent"


def read_seen(typed: str) -> list[Seen]:
    """What `Similar.as_seen` wrote; nothing of what is not that."""
    parts = (dict(zip(Seen.__struct_fields__, part.split(":"), strict=False)) for part in typed.split()[:AT_ONCE])
    try:
        return [msgspec.convert(part, Seen, strict=False) for part in parts]
    except msgspec.ValidationError:
        return []


async def decide_also(others: Sequence[Seen], form: DecisionForm, me: Me) -> Done:
    """Decides each in its own transaction, so that one that changed stops none. `form` is as it was sent, the blanks of
    its words not filled. Measures against the author and reports found abusive are of the first case alone: they are
    weighed person by person. So are the facts: each of the others quotes its own text."""
    form = msgspec.structs.replace(form, facts="", sanction=None, days=None, abusive=[])
    said = [await _decided(one, form, me) for one in others]
    return Done(said.count(True), said.count(False))


async def _decided(seen: Seen, form: DecisionForm, me: Me) -> bool:
    taken = await _taken(seen, form, me)
    if taken is None:
        return False
    try:
        await decide(taken, _as_seen(form, await blanks_of(taken), seen), me)
    except Refused:
        await release(taken, me)
        return False
    return True


async def _taken(seen: Seen, form: DecisionForm, me: Me) -> asyncpg.Record | None:
    """The case, held; None when it is not the one that was seen any more, or another of the team holds it."""
    try:
        case = await case_in_scope(seen.id, me)
        if case["version"] != seen.version or form.kind not in possible(case):
            return None
        await claim(case, me)
        return await case_in_scope(seen.id, me)
    except Refused:
        return None


def _as_seen(form: DecisionForm, blanks: Blanks, seen: Seen) -> DecisionForm:
    """The claim made one version more of the case that was seen: anything else that came since is one too many."""
    words = blanks.fill(form.words, form.reason)
    return msgspec.structs.replace(form, version=seen.version + 1, ad_version=seen.ad_version, words=words)
