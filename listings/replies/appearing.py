"""What follows when a reply becomes visible, and when it no longer is: it counts, and people hear of it."""

from uuid import UUID

import asyncpg

from app import database
from listings.kinds import Status
from members.blocking import those_unblocked
from members.visibility import not_blocked
from notifications.notifying import notify
from notifications.topics import Topic

TOLD = 20  # how many of those who took part hear of one reply


async def appear(reply_id: int) -> None:
    """Inside a transaction: the reply just became visible."""
    row = await database.row(_COUNTED, reply_id)
    if row is None:
        raise LookupError(reply_id)
    for member in await _who_hears(row):
        topic = Topic.new_reply if member == row["author"] else Topic.reply_answered
        await notify(member, topic, thing=row["listing"], about=row["title"], path=_where(row))


async def count_again(reply_id: int) -> None:
    """Inside a transaction: the reply had disappeared and is visible again; people heard of it the first time."""
    await database.execute(
        "UPDATE listing SET replies = replies + 1 FROM reply WHERE reply.id = $1 AND listing.id = reply.listing",
        reply_id,
    )


async def disappear(reply_id: int) -> None:
    """Inside a transaction: the reply was visible and no longer is. It is nobody's best answer any more."""
    await database.execute(
        "UPDATE listing SET replies = greatest(replies - 1, 0) FROM reply"
        " WHERE reply.id = $1 AND listing.id = reply.listing",
        reply_id,
    )
    await database.execute("UPDATE tip SET best = NULL WHERE best = $1", reply_id)


_COUNTED = """
UPDATE listing SET replies = replies + 1 FROM reply r WHERE r.id = $1 AND listing.id = r.listing
RETURNING listing.id AS listing, listing.title, listing.status, listing.author,
    r.id, r.author AS speaker, r.parent, r.quotes
"""


def _where(row: asyncpg.Record) -> str:
    """The last page shows what was said last, but an answer may stand in an older thread."""
    here = f"/annonces/{row['listing']}"
    return f"{here}?depuis={row['id']}#reponse-{row['id']}" if row["parent"] else f"{here}#reponses"


async def _who_hears(row: asyncpg.Record) -> list[UUID]:
    """The ad's author; in a thread those who took part in it, who began it and who is quoted first; when the ad's
    author speaks to all, those who asked.

    Nobody whom a block keeps from the speaker: it may have come after the question, while a moderator read, or now. Nor
    from the ad's author, nor of an ad no longer online but its author: it is not theirs to read any more.
    """
    found = await database.rows(
        f"""
        SELECT heard FROM (
            SELECT $2::uuid AS heard, TRUE AS is_first
            UNION ALL SELECT author, id IN ($4, $5::bigint) FROM reply
            WHERE listing = $1 AND state = 'published' AND CASE
                WHEN $4::bigint IS NOT NULL THEN id IN ($4, $5::bigint) OR parent = $4
                ELSE $3 = $2 END
        ) those WHERE heard <> $3 AND (heard = $2 OR $6) AND {not_blocked("heard", "$2")}
        GROUP BY heard ORDER BY bool_or(is_first) DESC NULLS LAST, heard LIMIT {TOLD}
        """,
        row["listing"],
        row["author"],
        row["speaker"],
        row["parent"],
        row["quotes"],
        row["status"] == Status.published,
    )
    return await those_unblocked(row["speaker"], [one["heard"] for one in found])
