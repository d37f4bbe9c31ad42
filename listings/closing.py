"""An author ends an ad: the need is met, or they no longer want it shown."""

from uuid import UUID

from app.database import transaction
from app.refusals import Refused
from listings.kinds import Outcome
from listings.life import Step, move
from listings.waiting_edits import withdraw_waiting_edit
from members.me import Me
from moderation import audit

STEP = {Outcome.fulfilled: Step.settle, Outcome.withdrawn: Step.withdraw}


async def close_listing(listing_id: UUID, by: Me, outcome: Outcome) -> None:
    """published → closed; a waiting edit is withdrawn, a reported ad stays before its moderator. Refused otherwise."""
    async with transaction():
        await withdraw_waiting_edit(listing_id)
        if await move(listing_id, STEP[outcome], author=by.id) is None:
            raise Refused("Cette annonce est déjà terminée : rien d’autre à faire.")
        await audit.record("listing.closed", by=by.id, kind="listing", subject=listing_id, outcome=outcome.value)
