"""What its author may read of a decision: what, why, and what to do now; never who."""

from uuid import UUID

import asyncpg

from app import database
from app.refusals import NotHere
from members.me import Me

_EXPLAINED = """
SELECT d.id, d.kind, d.reason, d.words, d.decided_at, c.kind AS of, c.listing, l.title, l.status, r.body AS reply_body
FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
LEFT JOIN reply r ON r.id = c.reply
"""


async def own_decision(decision_id: UUID, me: Me) -> asyncpg.Record:
    """Raises NotHere unless it was decided of something this member wrote."""
    found = await database.row(f"{_EXPLAINED} WHERE d.id = $1 AND d.author = $2", decision_id, me.id)
    if found is None:
        raise NotHere
    return found


async def last_sent_back(listing_id: UUID) -> asyncpg.Record | None:
    """Why a draft came back to its author (`reason`, `words`, `decided_at`); None when it never was sent back.

    The caller has made sure that the ad is its reader's own.
    """
    return await database.row(
        f"{_EXPLAINED} WHERE c.listing = $1 AND c.kind = 'listing' AND d.kind = 'ask_changes'"
        " ORDER BY d.decided_at DESC LIMIT 1",
        listing_id,
    )
