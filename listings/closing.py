"""An author ends an ad: the need is met, or they no longer want it shown."""

from uuid import UUID

from app import database
from app.database import transaction
from app.refusals import Refused
from listings.kinds import Outcome
from listings.waiting_edits import withdraw_waiting_edit
from members.me import Me
from moderation import audit
from search.keeping import keep_indexed


async def close_listing(listing_id: UUID, by: Me, outcome: Outcome) -> None:
    """published → closed; a waiting edit is withdrawn, a reported ad stays before its moderator. Refused otherwise."""
    async with transaction():
        await withdraw_waiting_edit(listing_id)
        closed = await database.value(
            "UPDATE listing SET status = 'closed', outcome = $3, closed_at = now(), updated_at = now(),"
            " version = version + 1 WHERE id = $1 AND author = $2 AND status = 'published' RETURNING id",
            listing_id,
            by.id,
            outcome.value,
        )
        if closed is None:
            raise Refused("Cette annonce est déjà terminée : rien d’autre à faire.")
        await keep_indexed(listing_id)
        await audit.record("listing.closed", by=by.id, kind="listing", subject=listing_id, outcome=outcome.value)
