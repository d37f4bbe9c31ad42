"""A word of thanks reaches the other: at once for a thing, for a service when both wrote or after fourteen days.

Neither of two people who met writes in answer to what the other wrote: a word stays sealed until then.
"""

from datetime import timedelta
from uuid import UUID

from app import database
from app.database import transaction
from app.sweeping import Sweep
from members.visibility import not_blocked
from messaging.access import REMOVED
from notifications.notifying import notify
from notifications.topics import Topic

TO_WRITE = timedelta(days=14)
"""How long one may write after an ad is settled, and how long a word stays sealed at most."""
AT_ONCE = 200


HAS_READ = """h.is_service AND EXISTS (
    SELECT FROM thanks r WHERE r.help = h.id AND r.to_member = {member} AND r.published_at IS NOT NULL)"""
"""Of the exchange `h`: this member read the other's word. Who took theirs back since then writes no other."""


async def hold_exchange(help_id: UUID) -> None:
    """Two people who write at once come one after the other: the second finds the word of the first."""
    await database.execute("SELECT FROM help WHERE id = $1 FOR NO KEY UPDATE", help_id)


async def open_what_may(help_id: UUID) -> None:
    """sealed → published, once, for each word of this exchange whose time has come or whose other word is there.

    The caller holds the exchange. Who blocked the other hears nothing.
    """
    opened = await database.rows(_OPEN, help_id)
    for word in sorted(opened, key=lambda word: word["to_member"]):
        if word["may_hear"]:
            await notify(
                word["to_member"], Topic.thanks_received, thing=word["id"], about=word["about"], path="/mercis"
            )


async def open_due() -> int:
    """Opens every word sealed for fourteen days; says how many exchanges it looked at. Can run again, or twice at once,
    without harm. Raises SweepIncomplete when some could not be opened."""
    looked_at = 0
    async with Sweep("open_due") as sweep:
        while due := await database.rows(_DUE, sweep.failed, AT_ONCE):
            for row in due:
                looked_at += await sweep.take(row["help"], _open(row["help"]))
    return looked_at


async def _open(help_id: UUID) -> None:
    async with transaction():
        await hold_exchange(help_id)
        await open_what_may(help_id)


async def forget_unreadable() -> None:
    """What is left of an erased ad and nobody reads any more: lines to the moderators, words that were never opened."""
    async with transaction():
        await database.execute(
            "DELETE FROM thanks t USING help h"
            f" WHERE h.id = t.help AND t.state NOT IN ('published', 'sealed') AND {_GONE}"
        )
        await database.execute(
            "UPDATE thanks t SET private_line = '', is_problem = FALSE FROM help h"
            f" WHERE h.id = t.help AND t.private_line <> '' AND {_GONE}"
        )


# The title of an ad that moderation removed is no longer read.
ABOUT = f"""CASE (SELECT listing.status FROM listing WHERE listing.id = h.listing) WHEN 'removed'
    THEN '{REMOVED}' ELSE h.about END"""
_GONE = "NOT EXISTS (SELECT FROM listing WHERE listing.id = h.listing)"

# A word that waits for a moderator counts as written: its writer can no longer answer what they read.
_OPEN = f"""
UPDATE thanks t SET state = 'published', published_at = clock_timestamp() FROM help h
WHERE t.help = $1 AND h.id = t.help AND t.state = 'sealed' AND (t.opens_at <= clock_timestamp() OR EXISTS (
    SELECT FROM thanks o WHERE o.help = t.help AND o.from_member = t.to_member AND o.state <> 'deleted'))
RETURNING t.id, t.to_member, {ABOUT} AS about, {not_blocked("t.from_member", "t.to_member")} AS may_hear
"""
_DUE = (
    "SELECT DISTINCT help FROM thanks WHERE state = 'sealed' AND opens_at <= clock_timestamp()"
    " AND help <> ALL($1::uuid[]) LIMIT $2"
)
