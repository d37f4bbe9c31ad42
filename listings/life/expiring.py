"""Ads that reached their term close by themselves, and so do those sent back that their authors left behind."""

from uuid import UUID

import asyncpg

from answers.settling import tell_all_who_wait
from app import database
from app.database import transaction
from app.sweeping import Sweep
from listings.kinds import Outcome
from listings.life.steps import Step, hold, move
from listings.life.term import LIVES
from listings.paths import own_path_of
from listings.writing.waiting_edits import withdraw_waiting_edit
from moderation import audit
from notifications.notifying import notify
from notifications.reading import read_about
from notifications.topics import Topic

AT_ONCE = 200


async def expire_ads() -> int:
    """Closes every published ad past its term, each in its own transaction; says how many. Can run again, or twice at
    once, without harm. Raises SweepIncomplete when some could not be closed."""
    closed = 0
    async with Sweep("expire_ads") as sweep:
        while due := await database.rows(_DUE, sweep.failed, AT_ONCE):
            for ad in due:
                closed += await sweep.take(ad["id"], _expire(ad["id"]))
    return closed


_DUE = """
SELECT id FROM listing WHERE status = 'published' AND expires_at <= now() AND id <> ALL($1::uuid[])
ORDER BY expires_at, id LIMIT $2
"""

# Of an ad whose 60 days are over before its last day, people may still count on each other: the need was met.
_GOES_ON = """
SELECT schedule IS NOT NULL AND (ends_on IS NULL OR expires_at < ends_on::timestamp AT TIME ZONE 'UTC')
    AND EXISTS (
        SELECT FROM commitment k WHERE k.listing = listing.id AND k.helper <> listing.author AND k.ended_at IS NULL
    )
FROM listing WHERE id = $1 AND status = 'published' AND expires_at <= now()
"""


async def _expire(listing: UUID) -> None:
    async with transaction():
        await hold(listing)  # nobody is chosen or withdraws between the question and the end
        goes_on = await database.value(_GOES_ON, listing)
        if goes_on is None:
            return
        await withdraw_waiting_edit(listing)
        ad = await move(listing, Step.settle if goes_on else Step.expire)
        await tell_all_who_wait(listing, None)
        await audit.record("listing.expired", by=None, kind="listing", subject=listing)
        if ad:
            await _tell_author(ad)


async def _tell_author(ad: asyncpg.Record) -> None:
    """The ad's own page has the way to take it up again and to say who helped."""
    await read_about(ad["author"], ad["id"], Topic.listing_ending)
    topic = Topic.listing_over if ad["outcome"] == Outcome.fulfilled else Topic.listing_expired
    await notify(ad["author"], topic, thing=ad["id"], about=ad["title"], path=own_path_of(ad["category"], ad["id"]))


async def close_left_drafts() -> int:
    """Closes, as withdrawn, every ad that was sent back and not touched for 60 days while people wait for its author,
    so that they are told; says how many. Can run again, or twice at once, without harm. Raises SweepIncomplete.
    """
    closed = 0
    async with Sweep("close_left_drafts") as sweep:
        while left := await database.rows(_LEFT, LIVES, sweep.failed, AT_ONCE):
            for ad in left:
                closed += await sweep.take(ad["id"], _close_left(ad))
    return closed


_LEFT = """
SELECT id, author, updated_at FROM listing WHERE status = 'draft' AND updated_at <= now() - $1::interval
    AND submitted_at IS NOT NULL
    AND (EXISTS (SELECT FROM answer a WHERE a.listing = listing.id AND a.state IN ('waiting', 'listed', 'asked'))
        OR EXISTS (SELECT FROM commitment k WHERE k.listing = listing.id AND k.ended_at IS NULL))
    AND id <> ALL($2::uuid[])
ORDER BY updated_at, id LIMIT $3
"""


async def _close_left(ad: asyncpg.Record) -> None:
    async with transaction():
        if await move(ad["id"], Step.discard, still={"updated_at": ad["updated_at"]}):
            await tell_all_who_wait(ad["id"], ad["author"])
            await audit.record("draft.left", by=None, kind="listing", subject=ad["id"])
