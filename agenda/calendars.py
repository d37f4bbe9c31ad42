"""Agreed dates as calendar files: one date for who is part of it, and all of them at a private address.

A calendar is shared with a family, a phone, a company's server: it says the kind of help and the commune, never a name
nor why somebody is away. Stays of exchanges of homes are not among them (agenda/stays.py).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from agenda.calendar_file import Event, calendar_of
from agenda.entries import duties_met, summary_of
from agenda.periods import FURTHEST
from answers.rota.duties import Duty
from app.dates import today
from app.refusals import NotHere
from app.settings import settings
from members.me import Me
from places.communes import commune

AHEAD, BACK = timedelta(days=90), timedelta(days=30)
NAME = "Entraide"


async def events_around_today(member: UUID, hidden: tuple[UUID, ...]) -> list[Event]:
    """What is agreed from 30 days back to 90 days ahead, in the order of time."""
    return list(_events(await duties_met(member, hidden, today() - BACK, today() + AHEAD)))


async def calendar_of_date(me: Me, commitment: UUID, day: date) -> bytes:
    """One agreed date. Raises NotHere for who is neither its helper, nor the ad's author, nor stands in that day."""
    duties = await duties_met(me.id, me.hidden, day, day)
    events = list(_events(duty for duty in duties if duty.commitment == commitment))
    if not events:
        raise NotHere
    return calendar_of(events, NAME)


def day_of_file(name: str) -> date:
    """`2026-11-24.ics` → that day. Raises NotHere for any other name, and further than a year away."""
    named = re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.ics", name, re.ASCII)
    try:
        day = date.fromisoformat(named[1] if named else "")
    except ValueError:
        raise NotHere from None
    if abs(day - today()) > FURTHEST:
        raise NotHere
    return day


def _events(duties: Iterable[Duty]) -> Iterator[Event]:
    same_day = Counter[tuple[UUID, date]]()
    for duty in duties:
        same_day[duty.commitment, duty.day] += 1
        yield _event(duty, same_day[duty.commitment, duty.day])


def _event(duty: Duty, number: int) -> Event:
    """`number` counts the hours of the same commitment on the same day."""
    place = commune(duty.commune)
    return Event(
        uid=f"{duty.commitment}-{duty.day}-{number}",
        day=duty.day,
        starts=duty.starts,
        ends=duty.ends,
        summary=summary_of(duty),
        where=place.label if place else "",
        url=f"{settings().site_url}/annonces/{duty.listing}",
    )
