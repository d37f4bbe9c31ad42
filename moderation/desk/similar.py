"""Cases like the one that is read: what was decided of them, and those of the same words that still wait."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from app import database
from members.me import Me
from moderation.cases.access import IN_SCOPE, scope
from moderation.desk.masking import Veil

AT_ONCE = 30
"""How many cases of the same words are decided together: a person answers for each."""
LAST = 5


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """`says_the_same` for the same words, else another case of the same author where the same rule spoke. `decided` is
    None while it is open, and for one that was closed without a decision."""

    id: UUID
    kind: str
    title: str
    first_name: str
    opened_at: datetime
    closed_at: datetime | None
    says_the_same: bool
    decided: str | None
    reason: str | None
    decided_at: datetime | None
    version: int
    ad_version: int
    is_free: bool

    @property
    def path(self) -> str:
        return f"/moderation/dossiers/{self.id}"


class Similar(msgspec.Struct, frozen=True, kw_only=True):
    """`waiting` are the open ones of the same words and kind, that this moderator may take; `past` the others."""

    waiting: Sequence[Alike]
    past: Sequence[Alike]

    @property
    def as_seen(self) -> str:
        """The ones that wait, each with the versions that were read: what the form of a decision sends back."""
        return " ".join(f"{one.id}:{one.version}:{one.ad_version}" for one in self.waiting)


async def read_similar(case: asyncpg.Record, rules: Sequence[str], me: Me, veil: Veil) -> Similar:
    rows = await database.rows(
        _SIMILAR, *scope(me), case["id"], case["likeness"], case["author"], list(rules), case["kind"]
    )
    found = [Alike(**dict(row) | {"title": veil(row["title"])}) for row in rows]
    waiting = [one for one in found if one.says_the_same and one.is_free]
    past = [one for one in found if one not in waiting]
    return Similar(waiting=waiting, past=past[:LAST])


# Each part stops at its limit by an index: a flood of one text is as quick to read as a text nobody repeats.
_SIMILAR = f"""
WITH alike AS (
    (SELECT id, TRUE AS says_the_same FROM moderation_case
    WHERE likeness = $5 AND likeness <> '' AND id <> $4 AND kind = $8 AND closed_at IS NULL LIMIT {AT_ONCE})
    UNION ALL
    (SELECT id, TRUE FROM moderation_case
    WHERE likeness = $5 AND likeness <> '' AND id <> $4 AND closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT {LAST})
    UNION ALL
    (SELECT id, FALSE FROM moderation_case
    WHERE author = $6 AND id <> $4 AND (likeness <> $5 OR likeness = '')
        AND EXISTS (SELECT FROM jsonb_array_elements(findings) f WHERE f->>'rule' = ANY($7::text[]))
    ORDER BY opened_at DESC LIMIT {LAST})
)
SELECT c.id, c.kind, c.version, c.opened_at, c.closed_at, l.title, l.version AS ad_version, m.first_name,
    alike.says_the_same, d.kind AS decided, d.reason, d.decided_at,
    c.closed_at IS NULL AND c.kind = $8 AND (c.claimed_by IS NULL OR c.claimed_by = $1 OR c.claimed_until <= now())
        AS is_free
FROM alike JOIN moderation_case c ON c.id = alike.id JOIN listing l ON l.id = c.listing JOIN member m ON m.id = c.author
LEFT JOIN decision d ON d."case" = c.id
WHERE {IN_SCOPE}
ORDER BY alike.says_the_same DESC, c.closed_at DESC NULLS FIRST, c.press_at, c.id
"""
