"""When people are asked: never at night, and the night gives no time to answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from answers.rota.waking import after_waking, awake, is_last_minute, time_to_answer, waking_time
from places.zones import MAINLAND, zone_of

HOURS = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MAINLAND)


@pytest.mark.parametrize(
    ("asked", "morning"),
    [(at(6, 21, 59), at(6, 21, 59)), (at(6, 22), at(7, 7)), (at(7, 3), at(7, 7)), (at(7, 7), at(7, 7))],
)
async def test_the_night_waits_for_the_morning(asked, morning):
    assert awake(asked, MAINLAND) == morning


@pytest.mark.parametrize(
    ("asked", "begins", "until"),
    [
        (at(6, 9), at(9, 16, 30), at(6, 15)),  # six hours at most
        (at(6, 20), at(9, 16, 30), at(7, 11)),  # two of them this evening, four tomorrow
        (at(6, 8), at(6, 17), at(6, 11)),  # a third of what is left
        (at(6, 19), at(7, 10), at(6, 21)),
    ],
)
async def test_how_long_one_may_think(asked, begins, until):
    assert time_to_answer(asked, begins, MAINLAND) == until


async def test_the_night_of_the_change_of_clocks_is_a_night_like_others():
    assert waking_time(at(24, 12), at(25, 12), MAINLAND) == 15 * HOURS
    assert after_waking(at(24, 20), 6 * HOURS, MAINLAND) == at(25, 11)


async def test_the_last_two_hours_are_for_everyone_at_once():
    assert is_last_minute(at(6, 22, 30), at(7, 8, 30), MAINLAND)
    assert not is_last_minute(at(6, 14), at(6, 16, 30), MAINLAND)


MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=some.just(UTC))  # noqa: DTZ001
ZONES = some.sampled_from([zone_of(department) for department in ("29", "971", "974", "987", "988")])


@given(MOMENTS, some.timedeltas(timedelta(0), timedelta(days=20)), ZONES)
async def test_an_answer_is_always_due_by_day_and_before_it_begins(asked, left, zone):
    begins = asked + left
    until = time_to_answer(asked, begins, zone)
    assert asked <= until <= begins
    assert waking_time(asked, until, zone) <= 6 * HOURS
    assert after_waking(asked, waking_time(asked, until, zone), zone) <= max(until, awake(asked, zone))


@given(MOMENTS, ZONES)
async def test_by_day_everywhere(moment, zone):
    local = awake(moment, zone).astimezone(zone)
    assert 7 <= local.hour < 22 and awake(moment, zone) >= moment
    assert local.date() - moment.astimezone(zone).date() <= timedelta(days=1)
    assert isinstance(local.date(), date)
