"""The ads of a suspended member leave every list, and come back with the time they had left."""

from uuid import UUID

from answers.settling import begin_anew, tell_all_who_wait
from app import database
from app.database import transaction
from listings.content import Content
from listings.life.steps import Step, hold, move
from listings.life.term import given_back
from listings.writing.waiting_edits import withdraw_waiting_edit
from moderation import audit
from search.saved.matching import look_for_searches

_AUTHOR_IS_SUSPENDED = """
SELECT coalesce(m.suspended_until > clock_timestamp(), FALSE) FROM listing l JOIN member m ON m.id = l.author
WHERE l.id = $1
"""


async def set_aside(listing: UUID) -> None:
    """published → aside, while its author is suspended. Who waits for an answer, or was chosen, is told that the ad is
    over and not why. Otherwise, and a second time, nothing happens."""
    async with transaction():
        await hold(listing)
        if not await database.value(_AUTHOR_IS_SUSPENDED, listing):
            return
        await withdraw_waiting_edit(listing)
        if await move(listing, Step.set_aside):
            await tell_all_who_wait(listing, None)
            await audit.record("listing.set_aside", by=None, kind="listing", subject=listing)


async def bring_back(listing: UUID) -> None:
    """aside → published, once its author is no longer suspended. One whose last day has passed meanwhile then ends like
    any other. Otherwise, and a second time, nothing happens."""
    async with transaction():
        await hold(listing)
        row = await database.row("SELECT * FROM listing WHERE id = $1 AND status = 'aside'", listing)
        if row is None or await database.value(_AUTHOR_IS_SUSPENDED, listing):
            return
        await begin_anew(listing)
        until = given_back(Content.of(row), row["expires_at"], row["set_aside_at"])
        await move(listing, Step.bring_back, expires_at=until)
        await look_for_searches(listing, away_since=row["set_aside_at"])
        await audit.record("listing.brought_back", by=None, kind="listing", subject=listing)


async def let_go(listing: UUID) -> None:
    """aside → closed: nobody brings it back any more."""
    async with transaction():
        await hold(listing)
        if await move(listing, Step.let_go):
            await audit.record("listing.let_go", by=None, kind="listing", subject=listing)
