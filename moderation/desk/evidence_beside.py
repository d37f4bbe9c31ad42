"""The evidence of a case, beside what its author made of the text since."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from moderation.cases.evidence import Kept
from moderation.cases.tables import EvidenceWhy
from moderation.desk.comparing import Change, Fact, compared, facts_beside
from moderation.desk.masking import Veil


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What the text was when it was held, reported or notified, beside what it is: its author changed it since."""

    why: EvidenceWhy
    taken_at: datetime
    old_title: Sequence[Change]
    old_body: Sequence[Change]
    title: Sequence[Change]
    body: Sequence[Change]
    facts: Sequence[Fact]
    photos: Sequence[UUID]


def evidence_beside(
    kept: Sequence[Kept], veil: Veil, *, title: str, body: str, facts: Sequence[Fact], photos: Sequence[UUID]
) -> list[Before]:
    """The evidence that says something else than what stands there now: `title`, `body`, `facts` and `photos`."""
    found = []
    for one in kept:
        was_title, was_body = veil(one.title), veil(one.body)
        changed = _changed(one, facts, veil)
        if (was_title, was_body) == (title, body) and not changed and set(one.photos) <= set(photos):
            continue
        old_title, new_title = compared(was_title, title)
        old_body, new_body = compared(was_body, body)
        found.append(
            Before(
                why=one.why,
                taken_at=one.taken_at,
                old_title=old_title,
                old_body=old_body,
                title=new_title,
                body=new_body,
                facts=changed,
                photos=one.photos,
            )
        )
    return found


def _changed(one: Kept, facts: Sequence[Fact], veil: Veil) -> list[Fact]:
    """None where nothing of the kind stands there now."""
    if not facts:
        return []
    was = [(label, veil(value)) for label, value in one.facts]
    now = [(fact.label, fact.value) for fact in facts if fact.value]
    return [fact for fact in facts_beside(was, now) if fact.is_changed]
