"""When people may be asked and how long they have to answer: nobody is asked at night, and the night does not count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WAKES, SLEEPS = time(7), time(22)
LONGEST = timedelta(hours=6)
LAST_MINUTE = timedelta(hours=2)
EVENING = time(18)


def begins(day: date, starts: datetime | None, zone: ZoneInfo) -> datetime:
    """The moment after which asking makes no sense: its hour, or the morning of a day without one."""
    return starts or datetime.combine(day, WAKES, zone)


def awake(at: datetime, zone: ZoneInfo) -> datetime:
    """`at` itself by day, else the next morning (UTC)."""
    return max(at.astimezone(UTC), next(_days(at, zone))[0])


def waking_time(since: datetime, until: datetime, zone: ZoneInfo) -> timedelta:
    """How much of the time between the two is not night; nothing when they are the wrong way round."""
    total = timedelta(0)
    for morning, night in _days(since, zone):
        if morning >= until:
            break
        total += max(timedelta(0), min(night, until) - max(morning, since))
    return total


def after_waking(at: datetime, lasting: timedelta, zone: ZoneInfo) -> datetime:
    """When `lasting` has gone by since `at`, the nights left out."""
    for morning, night in _days(at, zone):
        start = max(morning, at)
        if start + lasting <= night:
            return (start + lasting).astimezone(UTC)
        lasting -= night - start
    raise AssertionError("days do not end")


def time_to_answer(at: datetime, until: datetime, zone: ZoneInfo) -> datetime:
    """Until when somebody asked at `at` may answer: a third of the waking time left, six hours at most."""
    lasting = min(LONGEST, waking_time(at, until, zone) / 3)
    return min(until.astimezone(UTC), after_waking(at, lasting, zone))


def is_last_minute(at: datetime, until: datetime, zone: ZoneInfo) -> bool:
    """Too little is left to ask one after the other."""
    return waking_time(at, until, zone) < LAST_MINUTE


def evening_before(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day - timedelta(days=1), EVENING, zone)


def _days(at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Morning and night, in UTC, of each day not over at `at`: hours of one clock are not subtracted from each other,
    as the clocks may change between them."""
    day = at.astimezone(zone).date()
    while True:
        morning, night = (datetime.combine(day, hour, zone).astimezone(UTC) for hour in (WAKES, SLEEPS))
        if at < night:
            yield morning, night
        day += timedelta(days=1)
