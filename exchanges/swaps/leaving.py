"""A home or a member can no longer take part: the exchanges they are in end, and who is left is helped."""

from datetime import date
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import today
from exchanges.kinds import Ended
from exchanges.swaps.ending import dissolve
from exchanges.swaps.steps import IS_OPEN

UNDER_WAY = (
    "(s.form <> 'week_room' AND EXISTS (SELECT FROM stay t"
    " WHERE t.swap = s.id AND s.state = 'confirmed' AND t.first <= {0} AND t.last > {0}))"
)
"""A condition on a swap `s` and a day: somebody stays there already. They are not put out; what comes after their stay
ends with it. A room in the week goes on for months, and its guest is at home each Friday: it can end any week."""


STILL_ANONYMOUS = "(s.state = 'proposed' AND s.origin = 'matched')"
"""A condition on a swap `s`: nobody in it knows who the others are. A block does not end it before its time, else
blocking one member after the other would tell who they are; it is never accepted."""


async def home_left(listing: UUID) -> None:
    """Inside the transaction in which a home left the site, after its status changed. What was only proposed with it
    ends. What everybody accepted stands, unless it was removed or set aside: nobody is sent there."""
    gone = await database.rows(
        f"SELECT s.id FROM swap s JOIN listing l ON l.id = $1 WHERE s.{IS_OPEN} AND NOT {UNDER_WAY.format('$2')}"
        " AND l.status <> 'published'"
        " AND (s.state = 'proposed' OR l.status IN ('removed', 'aside')) AND"
        " EXISTS (SELECT FROM swap_party p WHERE p.swap = s.id AND p.home = $1) ORDER BY s.id",
        listing,
        today(),
    )
    for one in gone:
        await dissolve(one["id"], Ended.home_gone)


async def member_left(member: UUID) -> None:
    """All exchanges of a member who is suspended, excluded or about to be erased end, each in its own transaction.
    Again changes nothing."""
    await _end_all(
        f"SELECT s.id FROM swap s JOIN swap_party p ON p.swap = s.id WHERE p.member = $1 AND s.{IS_OPEN}"
        f" AND NOT {UNDER_WAY.format('$2')} ORDER BY s.id",
        member,
        today(),
        why=Ended.suspended,
    )


async def blocked(one: UUID, other: UUID) -> None:
    """One of two members blocked the other: no exchange in which they know each other goes on."""
    await _end_all(
        f"SELECT s.id FROM swap s WHERE s.{IS_OPEN} AND NOT {UNDER_WAY.format('$3')} AND NOT {STILL_ANONYMOUS}"
        " AND EXISTS (SELECT FROM swap_party p WHERE p.swap = s.id AND p.member = $1)"
        " AND EXISTS (SELECT FROM swap_party p WHERE p.swap = s.id AND p.member = $2) ORDER BY s.id",
        one,
        other,
        today(),
        why=Ended.blocked,
    )


async def _end_all(sql: str, *given: UUID | date, why: Ended) -> None:
    for found in await database.rows(sql, *given):
        async with transaction():
            await dissolve(found["id"], why)
