"""Moderation takes an ad away from everyone's eyes. It is kept, for an appeal."""

from uuid import UUID

from answers.settling import tell_all_who_wait
from app.database import transaction
from app.refusals import Refused
from listings.life.hidden_title import hide_title
from listings.life.steps import Step, move
from listings.writing.waiting_edits import withdraw_waiting_edit
from members.trust import trust_no_more


async def remove(listing_id: UUID) -> None:
    """pending, published, closed → removed. Raises Refused when it is a draft or removed already."""
    async with transaction():
        await withdraw_waiting_edit(listing_id)
        removed = await move(listing_id, Step.remove)
        if removed is None:
            raise Refused("Ce n’est déjà plus visible.")
        await tell_all_who_wait(listing_id, None)
        await trust_no_more(removed["author"])
        await hide_title(listing_id, removed["author"], removed["title"])
