"""Saturdays: which are to come, which make a run, which are school holidays."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from exchanges.calendar.school_weeks import slots, zones
from exchanges.calendar.weeks import WEEK, Run, coming, runs
from exchanges.calendar.words import week_in_words
from listings.schedules.holidays import days_off_school
from places.school_zones import SchoolZone

FIRST = date(2027, 7, 3)
SOME_WEEKS = some.sets(some.integers(0, 80)).map(lambda numbers: [FIRST + n * WEEK for n in numbers])


def test_weeks_that_follow_one_another_are_one_run():
    july = [FIRST, FIRST + WEEK, FIRST + 3 * WEEK]
    assert runs([]) == []
    assert runs(reversed([*july, FIRST])) == [Run(FIRST, 2), Run(date(2027, 7, 24), 1)]
    assert runs(july)[0].last == date(2027, 7, 17)


@given(SOME_WEEKS)
def test_runs_hold_each_week_once_and_none_touches_the_next(saturdays):
    found = runs(saturdays)
    assert [run.first + n * WEEK for run in found for n in range(run.weeks)] == sorted(saturdays)
    assert all(before.last < after.first for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 28), date(2026, 11, 28), date(2028, 5, 27)),
        (date(2026, 11, 29), date(2026, 12, 5), date(2028, 5, 27)),
        (date(2026, 8, 31), date(2026, 9, 5), date(2028, 2, 26)),
    ],
)
def test_a_year_and_a_half_of_saturdays_is_to_come(today, first, last):
    found = coming(today)
    assert (found[0], found[-1]) == (first, last)
    assert all(after - before == WEEK for before, after in pairwise(found))


@pytest.mark.parametrize("zone", zones())
def test_a_week_of_holidays_has_no_school_from_monday_to_friday_and_none_is_forgotten(zone):
    saturdays = coming(date(2026, 9, 1))
    off = days_off_school(zone, saturdays[0], saturdays[-1] + WEEK)
    free = {day for day in saturdays if all(day + timedelta(days=n) in off for n in range(2, 7))}
    assert {day for slot in slots(zone, saturdays) for day in slot.saturdays} == free


def test_a_holiday_is_named_by_its_year_and_a_long_weekend_is_none():
    found = {slot.name: slot.saturdays for slot in slots(SchoolZone.b, coming(date(2026, 11, 22)))}
    assert found["Hiver 2027"] == (date(2027, 2, 20), date(2027, 2, 27))
    assert len(found["Été 2027"]) == 8
    assert "Toussaint 2027" in found and not any("Ascension" in name for name in found)
    assert slots(SchoolZone.b, []) == []


@pytest.mark.parametrize(
    ("saturday", "said"),
    [
        (date(2027, 7, 3), "du 3 au 10 juillet"),
        (date(2027, 7, 31), "du 31 juil. au 7 août"),
        (date(2027, 4, 24), "du 24 avr. au 1er mai"),
        (date(2027, 5, 1), "du 1er au 8 mai"),
    ],
)
def test_a_week_is_said_by_its_two_saturdays(saturday, said):
    assert week_in_words(saturday) == said
