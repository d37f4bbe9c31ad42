"""Dates the cast agreed on."""

from datetime import date, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.dates import today
from listings.schedules.schedule import Schedule, Slot
from listings.tables import Listing
from members.tables import Member
from places.zones import today_in
from tests.helpers.ads import published
from tests.helpers.rotas import takes


class Agreed(NamedTuple):
    """An ad of dates and the commitment to each, in their order."""

    ad: Listing
    commitments: list[UUID]


def this_day(after: int = 0) -> date:
    """Today in Brest, or so many days after."""
    return today_in("29") + timedelta(days=after)


async def agreed(
    author: Member, helper: Member, *days: date, category: str = "childcare", hours: bool = True, **given: Any
) -> Agreed:
    """An ad of these dates, from 16:30 to 18:00, and its helper for all of them."""
    starts, ends = (time(16, 30), time(18)) if hours else (None, None)
    schedule = Schedule(slots=tuple(Slot(day, starts, ends) for day in days))
    ad = await published(author, category, schedule=schedule, **given)
    return Agreed(ad, [await takes(ad, helper, day.isoformat(), since=today()) for day in days])
