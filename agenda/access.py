"""The only way to a member's feeds: an address that still holds. One of another, old or invented is not there."""

from datetime import timedelta
from uuid import UUID

import msgspec

from agenda.addresses import Feed, holder_of
from app import database
from app.refusals import NotHere
from app.throttle import throttle

OFTEN, HOUR = 120, timedelta(hours=1)
"""A phone, a computer and a tablet that ask every five minutes."""


class Holder(msgspec.Struct, frozen=True):
    """Whose feed it is, and whom they must not meet."""

    id: UUID
    hidden: tuple[UUID, ...]


async def holder(token: str, what: Feed) -> Holder:
    """Raises NotHere, without asking the database when the token was never ours; TooOften past 120 times an hour."""
    held = holder_of(token, what)
    found = held and await database.row(
        "SELECT ARRAY(SELECT blocked FROM block WHERE blocker = m.id UNION SELECT blocker FROM block"
        " WHERE blocked = m.id) AS hidden FROM member m"
        " WHERE m.id = $1 AND m.feeds_version = $2 AND m.confirmed_at IS NOT NULL"
        " AND (m.suspended_until IS NULL OR m.suspended_until <= now())",
        *held,
    )
    if not held or not found:
        raise NotHere
    await throttle(f"feed-{what.name}", str(held[0]), limit=OFTEN, every=HOUR)
    return Holder(held[0], tuple(found["hidden"]))
