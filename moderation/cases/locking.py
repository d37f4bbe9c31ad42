"""The first locks of whoever changes an ad or judges it."""

from uuid import UUID

from app import database


async def open_cases_of(listing: UUID) -> set[UUID]:
    """Inside a transaction, before the ad itself is locked: what is open about an ad, held until the end.

    In the order of their ids, everywhere: two who come at once wait for each other and never for ever.
    """
    held = await database.rows(
        "SELECT id FROM moderation_case WHERE listing = $1 AND closed_at IS NULL ORDER BY id FOR UPDATE", listing
    )
    return {case["id"] for case in held}
