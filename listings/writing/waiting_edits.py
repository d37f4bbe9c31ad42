"""The change of a published ad that waits for a moderator: at most one per ad."""

from uuid import UUID

import msgspec

from app import database
from listings.content import Content
from moderation.cases.closing import close_case_of


async def waiting_edit(listing_id: UUID) -> Content | None:
    """What the ad would say if the waiting edit were accepted."""
    held = await database.value("SELECT content FROM listing_edit WHERE listing = $1 AND state = 'waiting'", listing_id)
    return msgspec.json.decode(held, type=Content) if held else None


async def withdraw_waiting_edit(listing_id: UUID) -> bool:
    """The edit, if any, will not be judged any more: its case is closed. Says whether there was one. Call it in a
    transaction.
    """
    edit = await database.value("SELECT id FROM listing_edit WHERE listing = $1 AND state = 'waiting'", listing_id)
    if edit is None:
        return False
    await close_case_of(listing_id, edit=edit)  # the case first, as a moderator who decides does
    withdrawn = await database.value(
        "UPDATE listing_edit SET state = 'withdrawn' WHERE id = $1 AND state = 'waiting' RETURNING id", edit
    )
    return withdrawn is not None
