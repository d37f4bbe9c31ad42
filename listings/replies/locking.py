"""The order in which a change of a reply takes its locks: its open case, the ad, the reply. The same everywhere, so
that an author and a moderator never wait for each other."""

import asyncpg

from app import database
from listings.kinds import Status


async def locked(reply_id: int) -> asyncpg.Record:
    """The reply as it is now, with its ad's status, held until the end of the transaction. Raises LookupError for a
    number that was never a reply."""
    await database.execute("SELECT FROM moderation_case WHERE reply = $1 AND closed_at IS NULL FOR UPDATE", reply_id)
    await database.execute(
        "SELECT FROM listing WHERE id = (SELECT listing FROM reply WHERE id = $1) FOR NO KEY UPDATE", reply_id
    )
    row = await database.row(
        "SELECT r.*, l.status = $2 AS is_online FROM reply r JOIN listing l ON l.id = r.listing WHERE r.id = $1"
        " FOR NO KEY UPDATE OF r",
        reply_id,
        Status.published.value,
    )
    if row is None:
        raise LookupError(reply_id)
    return row
