"""Moderation takes an ad away from everyone's eyes. It is kept, for an appeal."""

from uuid import UUID

from app import database
from app.database import transaction
from app.refusals import Refused
from listings.waiting_edits import withdraw_waiting_edit
from members.trust import trust_no_more
from search.keeping import keep_indexed


async def remove(listing_id: UUID) -> None:
    """pending, published, closed → removed. Raises Refused when it is a draft or removed already."""
    async with transaction():
        await withdraw_waiting_edit(listing_id)
        removed = await database.value(
            "UPDATE listing SET status = 'removed', outcome = NULL, closed_at = NULL, updated_at = now(),"
            " version = version + 1 WHERE id = $1 AND status IN ('pending', 'published', 'closed') RETURNING author",
            listing_id,
        )
        if removed is None:
            raise Refused("Cette annonce n’est déjà plus visible.")
        await trust_no_more(removed)
        await keep_indexed(listing_id)
