"""When a contact can be met: moments of each week, closed days, and the next moment of all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import msgspec

from app.dates import DAYS, hour, in_words
from listings.schedules.holidays import public_holidays_between
from places.zones import zone_of

LOOKED_AHEAD = timedelta(days=120)


class Meeting(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A moment of each week; `weekday` is 0 (Monday) to 6. Without `place` it is the contact's own."""

    weekday: int
    starts: time
    ends: time
    place: str = ""
    by_appointment: bool = False

    @property
    def hours(self) -> str:
        """`9 h – 12 h`."""
        return f"{hour(self.starts)}\u00a0–\u00a0{hour(self.ends)}"

    @property
    def words(self) -> str:
        """`mardi 9 h – 12 h`."""
        return f"{DAYS[self.weekday]} {self.hours}"


class Closure(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Days on which nobody is met, the last one included."""

    first: date
    last: date
    why: str = ""

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"le {in_words(self.first)}"
        return f"du {in_words(self.first)} au {in_words(self.last)}"


class Next(NamedTuple):
    """The next moment to meet a contact; `days` from today."""

    day: date
    days: int
    meeting: Meeting

    @property
    def words(self) -> str:
        """`aujourd’hui, 9 h – 12 h`, `mardi 3 mars, 9 h – 12 h`."""
        near = {0: "aujourd’hui", 1: "demain"}
        return f"{near.get(self.days) or in_words(self.day)}, {self.meeting.hours}"


def next_meeting(
    meetings: Sequence[Meeting], closures: Iterable[Closure], department: str | None, at: datetime
) -> Next | None:
    """The one that goes on at this moment or comes next, on the clock of the department, never on a closed day nor a
    public holiday there. None within four months."""
    if not meetings:
        return None
    local = at.astimezone(zone_of(department))
    today, closed = local.date(), tuple(closures)
    off = public_holidays_between(department, today, today + LOOKED_AHEAD)
    for days in range(LOOKED_AHEAD.days):
        day = today + timedelta(days=days)
        if day in off or any(one.first <= day <= one.last for one in closed):
            continue
        for meeting in sorted(meetings):
            if meeting.weekday == day.weekday() and (days or meeting.ends > local.time()):
                return Next(day, days, meeting)
    return None
