"""The days an ad is about, one by one: on the clock of the place, without the days it leaves out."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from dateutil.rrule import WEEKLY, rrule
from dateutil.tz import resolve_imaginary

from listings.schedules.holidays import days_off_school, public_holidays_between
from listings.schedules.schedule import Schedule, Slot, Weekly


class Occurrence(msgspec.Struct, frozen=True):
    """`slot` is the key of listings/schedules/slots.py. `starts` and `ends` are aware, in the zone asked for; None
    where the ad says no hour.
    """

    day: date
    slot: str
    starts: datetime | None
    ends: datetime | None


def occurrences(
    schedule: Schedule | None, zone: ZoneInfo, first: date, last: date, slots: Collection[str] | None = None
) -> list[Occurrence]:
    """From `first` to `last`, both included, of `slots` (all when None), in the order of time.

    16:30 stays 16:30 over a change of clocks. School holidays not known yet leave nothing out: see
    `listings/schedules/holidays.py`.
    """
    if schedule is None:
        return []
    found = _of_week(schedule.weekly, zone, first, last) if schedule.weekly else _of_dates(schedule, zone, first, last)
    return [one for one in found if slots is None or one.slot in slots]


def kept_days(weekly: Weekly, first: date, last: date) -> list[date]:
    """The days of a weekly schedule that take place, those it leaves out taken away."""
    left_out = days_left_out(weekly, first, last)
    return [day for day in wanted_days(weekly, first, last) if day not in left_out]


def wanted_days(weekly: Weekly, first: date, last: date) -> list[date]:
    """Every day the week asks for, holidays or not."""
    begins, ends = max(first, weekly.since or first), min(last, weekly.until or last)
    if not weekly.days or ends < begins:
        return []
    rule = rrule(WEEKLY, byweekday=weekly.days, dtstart=_midnight(begins), until=_midnight(ends))
    return [at.date() for at in rule]


def days_left_out(weekly: Weekly, first: date, last: date) -> set[date]:
    """School and public holidays, as far as the schedule leaves them out."""
    school = days_off_school(weekly.except_holidays, first, last) if weekly.except_holidays else set()
    public = public_holidays_between(weekly.department, first, last) if weekly.except_public_holidays else {}
    return school | public.keys()


def local(day: date, at: time | None, zone: ZoneInfo) -> datetime | None:
    """A clock's time on a day; an hour the clocks skip is the one they show instead (2:30 is then 3:30)."""
    return resolve_imaginary(datetime.combine(day, at, tzinfo=zone)) if at else None


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _of_week(weekly: Weekly, zone: ZoneInfo, first: date, last: date) -> Iterator[Occurrence]:
    for day in kept_days(weekly, first, last):
        yield _occurrence(day, str(day.weekday()), weekly, zone)


def _of_dates(schedule: Schedule, zone: ZoneInfo, first: date, last: date) -> Iterator[Occurrence]:
    for slot in sorted(schedule.slots, key=lambda slot: (slot.on, slot.starts or time.min)):
        if first <= slot.on <= last:
            yield _occurrence(slot.on, slot.on.isoformat(), slot, zone)


def _occurrence(day: date, key: str, hours: Weekly | Slot, zone: ZoneInfo) -> Occurrence:
    return Occurrence(day, key, local(day, hours.starts, zone), local(day, hours.ends, zone))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
