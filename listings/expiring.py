"""Ads that reached their term close by themselves."""

from uuid import UUID

from answers.settling import tell_all_who_wait
from app import database
from app.database import transaction
from listings.life import Step, move
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
            "SELECT id FROM listing WHERE status = 'published' AND expires_at <= now() ORDER BY expires_at LIMIT $1",
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
