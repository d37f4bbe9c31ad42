"""Ads that reached their term close by themselves, and so do those sent back that their authors left behind."""

from uuid import UUID

import asyncpg

from answers.settling import tell_all_who_wait
from app import database
from app.database import transaction
from listings.life import Step, move
from listings.term import LIVES
from listings.waiting_edits import withdraw_waiting_edit
from moderation import audit

AT_ONCE = 200


async def expire_ads() -> int:
    """Closes every published ad past its term, a bounded number per transaction; says how many. Can run again, or twice
    at once, without harm."""
    closed = 0
    while batch := await _expire_some():
        closed += batch
    return closed


async def _expire_some() -> int:
    async with transaction():
        due = await database.rows(
            "SELECT id FROM listing WHERE status = 'published' AND expires_at <= now()"
            " ORDER BY expires_at, id LIMIT $1",
            AT_ONCE,
        )
        for ad in due:
            await _expire(ad["id"])
        return len(due)


async def _expire(listing_id: UUID) -> None:
    await withdraw_waiting_edit(listing_id)
    if await move(listing_id, Step.expire):
        await tell_all_who_wait(listing_id, None)
        await audit.record("listing.expired", by=None, kind="listing", subject=listing_id)


async def close_left_drafts() -> int:
    """Closes, as withdrawn, every ad that was sent back and not touched for 60 days while people wait for its author,
    so that they are told; says how many. Can run again, or twice at once, without harm.
    """
    closed = 0
    while batch := await _close_some_left():
        closed += batch
    return closed


async def _close_some_left() -> int:
    async with transaction():
        left = await database.rows(_LEFT, LIVES, AT_ONCE)
        for ad in left:
            await _close_left(ad)
        return len(left)


_LEFT = """
SELECT id, author, updated_at FROM listing WHERE status = 'draft' AND updated_at <= now() - $1::interval
    AND submitted_at IS NOT NULL
    AND (EXISTS (SELECT FROM answer a WHERE a.listing = listing.id AND a.state IN ('waiting', 'listed', 'asked'))
        OR EXISTS (SELECT FROM commitment k WHERE k.listing = listing.id AND k.ended_at IS NULL))
ORDER BY updated_at, id LIMIT $2
"""


async def _close_left(ad: asyncpg.Record) -> None:
    if await move(ad["id"], Step.discard, still={"updated_at": ad["updated_at"]}):
        await tell_all_who_wait(ad["id"], ad["author"])
        await audit.record("draft.left", by=None, kind="listing", subject=ad["id"])
