"""The days of an ad one by one: the week's days, the clock of the place, holidays left out."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listings.schedules.holidays import days_off_school, public_holidays
from listings.schedules.occurrences import Occurrence, kept_days, occurrences
from listings.schedules.schedule import Schedule, Slot, Weekly
from places.school_zones import SchoolZone
from places.zones import MAINLAND, zone_of
from tests.helpers.autumn import AFTER, BEFORE, FIRST, LAST, SCHOOL_RUN


def weekly(*days: int, **given) -> Schedule:
    return Schedule(weekly=Weekly(days=days, **given))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


async def test_a_school_run_over_the_autumn_holidays_and_the_change_of_clocks():
    found = occurrences(SCHOOL_RUN, MAINLAND, FIRST, LAST)

    assert [one.day for one in found] == BEFORE + AFTER
    assert {one.starts.time() for one in found} == {time(8, 10)}
    assert {one.starts.astimezone(UTC).time() for one in found if one.day in BEFORE} == {time(6, 10)}
    assert {one.starts.astimezone(UTC).time() for one in found if one.day in AFTER} == {time(7, 10)}
    assert all(one.ends.astimezone(UTC) - one.starts.astimezone(UTC) == timedelta(minutes=30) for one in found)


async def test_one_family_takes_its_days_of_the_week_only():
    found = occurrences(SCHOOL_RUN, MAINLAND, FIRST, LAST, slots={"0", "3"})

    assert {one.slot for one in found} == {"0", "3"}
    assert [one.day.day for one in found] == [5, 8, 12, 15, 2, 5, 9, 12]


@pytest.mark.parametrize(
    ("zone", "day", "at", "there"),
    [
        ("Europe/Paris", date(2026, 10, 25), time(16, 30), utc(2026, 10, 25, 15, 30)),
        ("Europe/Paris", date(2026, 10, 24), time(16, 30), utc(2026, 10, 24, 14, 30)),
        ("Europe/Paris", date(2027, 3, 28), time(16, 30), utc(2027, 3, 28, 14, 30)),
        ("Europe/Paris", date(2027, 3, 27), time(16, 30), utc(2027, 3, 27, 15, 30)),
        ("America/Miquelon", date(2026, 11, 1), time(16, 30), utc(2026, 11, 1, 19, 30)),
        ("America/Miquelon", date(2026, 10, 31), time(16, 30), utc(2026, 10, 31, 18, 30)),
        ("Indian/Reunion", date(2026, 10, 25), time(16, 30), utc(2026, 10, 25, 12, 30)),
        ("Pacific/Tahiti", date(2026, 10, 25), time(16, 30), utc(2026, 10, 26, 2, 30)),
        ("Pacific/Noumea", date(2026, 10, 25), time(16, 30), utc(2026, 10, 25, 5, 30)),
    ],
)
async def test_an_hour_is_that_of_the_clock_on_the_wall(zone, day, at, there):
    (found,) = occurrences(weekly(*range(7), starts=at), ZoneInfo(zone), day, day)

    assert found.starts == there
    assert found.starts.replace(tzinfo=None) == datetime.combine(day, at)


async def test_an_hour_the_clocks_skip_is_the_one_they_show_then():
    """On 28 March 2027 clocks go from 2:00 to 3:00: nobody can come at 2:30."""
    (skipped,) = occurrences(weekly(6, starts=time(2, 30)), MAINLAND, date(2027, 3, 28), date(2027, 3, 28))
    (twice,) = occurrences(weekly(6, starts=time(2, 30)), MAINLAND, date(2026, 10, 25), date(2026, 10, 25))

    assert skipped.starts.time() == time(3, 30)
    assert skipped.starts.astimezone(UTC) == utc(2027, 3, 28, 1, 30)
    assert twice.starts.astimezone(UTC) == utc(2026, 10, 25, 0, 30)


async def test_an_ad_keeps_to_its_own_bounds():
    schedule = weekly(1, since=date(2026, 11, 10), until=date(2026, 11, 24))

    found = occurrences(schedule, MAINLAND, date(2026, 1, 1), date(2027, 12, 31))

    assert [one.day for one in found] == [date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)]
    assert found[0] == Occurrence(date(2026, 11, 10), "1", None, None)
    assert occurrences(schedule, MAINLAND, date(2026, 11, 25), date(2027, 1, 31)) == []
    assert occurrences(weekly(1), MAINLAND, date(2026, 11, 25), date(2026, 11, 1)) == []


async def test_single_dates_come_in_the_order_of_time():
    morning = Slot(on=date(2026, 12, 5), starts=time(9), ends=time(12))
    schedule = Schedule(slots=(Slot(on=date(2026, 12, 12)), Slot(on=date(2026, 12, 5), starts=time(14)), morning))

    found = occurrences(schedule, zone_of("974"), date(2026, 12, 1), date(2026, 12, 31))

    assert [(one.slot, one.starts and one.starts.hour) for one in found] == [
        ("2026-12-05", 9),
        ("2026-12-05", 14),
        ("2026-12-12", None),
    ]
    assert found[0].ends == utc(2026, 12, 5, 8)
    assert len(occurrences(schedule, MAINLAND, date(2026, 12, 6), date(2026, 12, 31))) == 1
    assert occurrences(schedule, MAINLAND, date(2026, 12, 1), date(2026, 12, 31), slots={"2026-12-12"})[0].slot


async def test_without_a_schedule_nothing_is_fixed():
    assert occurrences(None, MAINLAND, FIRST, LAST) == []
    assert occurrences(Schedule(), MAINLAND, FIRST, LAST) == []
    assert occurrences(weekly(), MAINLAND, FIRST, LAST) == []


async def test_school_holidays_follow_the_zone():
    first, last = date(2027, 2, 1), date(2027, 3, 14)
    mondays = {
        zone: kept_days(Weekly(days=(0,), except_holidays=zone), first, last)
        for zone in (SchoolZone.a, SchoolZone.b, SchoolZone.c)
    }

    everything = [date(2027, 2, day) for day in (1, 8, 15, 22)] + [date(2027, 3, day) for day in (1, 8)]
    assert set(everything) - set(mondays[SchoolZone.a]) == {date(2027, 2, 15), date(2027, 2, 22)}
    assert set(everything) - set(mondays[SchoolZone.b]) == {date(2027, 2, 22), date(2027, 3, 1)}
    assert set(everything) - set(mondays[SchoolZone.c]) == {date(2027, 2, 8), date(2027, 2, 15)}


days_of_the_week = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
dates = st.dates(date(2025, 9, 1), date(2028, 8, 31))
departments = st.sampled_from(["29", "67", "75", "2A", "971", "974", "975", "987", "988"])
zones = st.none() | st.sampled_from(SchoolZone)
hours = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))


@settings(max_examples=150, deadline=None)
@given(days_of_the_week, dates, st.integers(0, 200), st.none() | dates, st.none() | dates, zones, st.booleans(), departments, hours)  # fmt: skip  # noqa: E501
async def test_every_day_is_wanted_in_bounds_and_not_left_out_and_none_is_forgotten(
    days, first, length, since, until, zone, without_public, department, starts
):
    last = first + timedelta(days=length)
    schedule = weekly(
        *days,
        starts=starts,
        since=since,
        until=until,
        except_holidays=zone,
        except_public_holidays=without_public,
        department=department,
    )

    found = occurrences(schedule, zone_of(department), first, last)

    every = [first + timedelta(days=n) for n in range(length + 1)]
    off = days_off_school(zone, first, last) if zone else set()
    if without_public:
        off |= {day for year in range(first.year, last.year + 1) for day in public_holidays(department, year)}
    wanted = [
        day
        for day in every
        if day.weekday() in days
        and (since is None or day >= since)
        and (until is None or day <= until)
        and day not in off
    ]
    assert [one.day for one in found] == wanted
    assert all(one.slot == str(one.day.weekday()) for one in found)
    assert all((one.starts is None) == (starts is None) and one.ends is None for one in found)
    moments = [one.starts.astimezone(UTC) for one in found if one.starts]
    assert moments == sorted(set(moments))
    assert all(one.starts.utcoffset() is not None and one.starts.date() == one.day for one in found if one.starts)
