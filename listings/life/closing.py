"""An author ends an ad: the need is met, or they no longer want it shown."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from answers.settling import tell_all_who_wait
from app import database
from app.database import transaction
from app.refusals import Refused
from listings.kinds import Outcome
from listings.life.renewing import NotOnline, reminder_answered
from listings.life.steps import Step, move
from listings.writing.waiting_edits import withdraw_waiting_edit
from members.me import Me
from moderation import audit

STEP = {Outcome.fulfilled: Step.settle, Outcome.withdrawn: Step.withdraw}
ENDED = "C’est déjà terminé : rien d’autre à faire."


async def close_listing(listing_id: UUID, by: Me, outcome: Outcome) -> None:
    """published → closed; a waiting edit is withdrawn, a reported ad stays before its moderator, all who wait are
    told. Closed so a click before, nothing happens. Refused otherwise."""
    async with transaction():
        if not (await _close(listing_id, by.id, outcome) or await _is_closed_so(listing_id, by.id, outcome)):
            raise Refused(ENDED)


async def _is_closed_so(listing_id: UUID, author: UUID, outcome: Outcome) -> bool:
    return await database.value(
        "SELECT EXISTS (SELECT FROM listing WHERE id = $1 AND author = $2 AND status = 'closed' AND outcome = $3)",
        listing_id,
        author,
        outcome.value,
    )


async def close_by_link(listing_id: UUID, author: UUID, outcome: Outcome, still: Mapping[str, Any]) -> None:
    """The same without signing in, if these columns still hold these values. Raises NotOnline otherwise."""
    async with transaction():
        if not await _close(listing_id, author, outcome, still):
            raise NotOnline(ENDED)


async def _close(listing_id: UUID, author: UUID, outcome: Outcome, still: Mapping[str, Any] | None = None) -> bool:
    await withdraw_waiting_edit(listing_id)
    if await move(listing_id, STEP[outcome], author=author, still=still) is None:
        return False
    await tell_all_who_wait(listing_id, author)
    await reminder_answered(listing_id, author)
    await audit.record("listing.closed", by=author, kind="listing", subject=listing_id, outcome=outcome.value)
    return True
