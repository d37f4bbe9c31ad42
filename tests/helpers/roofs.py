"""Households of the cast that exchange, and an exchange of two of them that was confirmed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app import database
from app.dates import today
from exchanges.calendar.exchanger import open_exchanger
from exchanges.kinds import Form
from exchanges.swaps.agreeing import agree
from exchanges.swaps.answering import accept
from exchanges.swaps.proposing import Place, PlannedStay, propose
from members.tables import Member

WEEK = timedelta(weeks=1)


def saturday(weeks: int = 1) -> date:
    """The Saturday that begins the week after next (1), or so many weeks later: always at least a week away."""
    return today() + timedelta(days=(5 - today().weekday()) % 7) + weeks * WEEK


async def exchanges_homes(
    member: Member,
    *,
    ways: Sequence[str] = (),
    party_size: int = 2,
    needs: Sequence[str] = (),
    free: Sequence[date] = (),
    away: Sequence[date] = (),
) -> int:
    """Their exchanger, with these Saturdays noted: `free` when their home is, `away` when they can travel."""
    exchanger = await open_exchanger(member.id)
    await database.execute(
        "UPDATE exchanger SET ways = $2, party_size = $3, needs = $4 WHERE id = $1",
        exchanger,
        list(ways),
        party_size,
        list(needs),
    )
    for day in sorted({*free, *away}):
        await database.execute(
            "INSERT INTO planned_week (exchanger, saturday, home_free, can_travel) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (exchanger, saturday) DO UPDATE SET home_free = excluded.home_free,"
            " can_travel = excluded.can_travel",
            exchanger,
            day,
            day in free,
            day in away,
        )
    return exchanger


async def confirmed_pair(one: Member, home: Any, other: Member, theirs: Any, first: date, last: date) -> UUID:
    """Both go to the other's home on the same days, by every step there is. The weeks must be noted."""
    places = [Place(one.id, home.id), Place(other.id, theirs.id)]
    stays = [
        PlannedStay(guest=one.id, host=other.id, home=theirs.id, first=first, last=last),
        PlannedStay(guest=other.id, host=one.id, home=home.id, first=first, last=last),
    ]
    swap = await propose(Form.pair, places, stays, score=90)
    assert swap is not None
    for member in (one, other):
        await accept(swap, member.id)
    version = await database.value("SELECT version FROM swap WHERE id = $1", swap)
    for member in (one, other):
        await agree(swap, member.id, version)
    assert await database.value("SELECT state FROM swap WHERE id = $1", swap) == "confirmed"
    return swap
