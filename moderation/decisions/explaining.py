"""What its author may read of a decision: what, why, and what to do now; never who."""

from uuid import UUID

import asyncpg

from app import database
from app.refusals import NotHere
from members.me import Me


async def own_decision(decision_id: UUID, me: Me) -> asyncpg.Record:
    """Raises NotHere unless it was decided of something this member wrote."""
    found = await database.row(
        """
        SELECT d.id, d.kind, d.reason, d.words, d.decided_at, c.kind AS of, c.listing, l.title, l.status,
            r.id AS reply, r.body AS reply_body, r.refused_body AS reply_refused, t.body AS thanks_body
        FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
        LEFT JOIN reply r ON r.id = c.reply LEFT JOIN thanks t ON t.id = c.thanks WHERE d.id = $1 AND d.author = $2
        """,
        decision_id,
        me.id,
    )
    if found is None:
        raise NotHere
    return found
