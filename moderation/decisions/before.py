"""What stood before a decision changed it, kept beside the decision so that an upheld appeal gives it back."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import now
from listings.life.restoring import AdBefore


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """`state` and `waiting` are those of the reply, word of thanks or message, if it is one that was judged; `waiting`
    is the change it was about to get. `trusted_at` and `approved` are what its author's trust stood at."""

    ad: AdBefore
    state: str = ""
    waiting: str | None = None
    trusted_at: datetime | None = None
    approved: int = 0

    @classmethod
    async def of_decision(cls, decision: UUID) -> Self | None:
        kept = await database.value("SELECT stood FROM before_decision WHERE decision = $1", decision)
        return msgspec.json.decode(kept, type=cls) if kept else None


async def remember(decision: UUID, listing: asyncpg.Record) -> None:
    """Inside the transaction of the decision, before it is applied. `listing` is the ad's row, held."""
    said = await database.row(_STANDS, decision)
    if said is None:
        raise LookupError(decision)
    given: dict[str, Any] = {name: said[name] for name in ("state", "waiting", "trusted_at", "approved")}
    before = Before(ad=AdBefore.of(listing, now()), **given)
    await database.execute(
        "INSERT INTO before_decision (decision, stood) VALUES ($1, $2::text::jsonb)",
        decision,
        msgspec.json.encode(before).decode(),
    )


async def give_trust_back(of: str, given: UUID) -> None:
    """Inside a transaction: the author's trust as it stood before the first decision that is `of` a condition on
    `decision d` with `given` as $1, unless a removal since then, or a measure, still takes it away."""
    kept = await database.row(_TRUST.format(of=of), given)
    if kept is None:
        return
    before = msgspec.json.decode(kept["stood"], type=Before)
    await database.execute(
        "UPDATE member SET trusted_at = coalesce(trusted_at, $2),"
        " approved_publications = greatest(approved_publications, $3) WHERE id = $1",
        kept["author"],
        before.trusted_at,
        before.approved,
    )


_TRUST = """
SELECT b.stood, d.author FROM decision d JOIN before_decision b ON b.decision = d.id
WHERE {of}
    AND NOT EXISTS (
        SELECT FROM decision other WHERE other.author = d.author AND other.kind = 'remove'
        AND other.overturned_at IS NULL AND other.decided_at >= d.decided_at)
    AND NOT EXISTS (
        SELECT FROM sanction WHERE member = d.author AND kind = 'review_first' AND state = 'active')
ORDER BY d.decided_at LIMIT 1
"""
_STANDS = """
SELECT coalesce(r.state, t.state, '') AS state, r.waiting_body AS waiting, m.trusted_at,
    m.approved_publications AS approved
FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN member m ON m.id = d.author
LEFT JOIN reply r ON r.id = c.reply LEFT JOIN thanks t ON t.id = c.thanks
WHERE d.id = $1
"""
