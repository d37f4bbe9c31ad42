"""The dated file of school holidays, and the public ones of each place."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from holidays import country_holidays

from listings.schedules.holidays import (
    days_off_school,
    is_known,
    public_holidays,
    public_holidays_between,
    school_calendar,
    school_holidays,
)
from places.departments import departments
from places.school_zones import MAINLAND_ZONES, SchoolZone

DIFFERENT = {date(2027, 9, 1)}
"""Where our first source says there is school and this one does not: said in data/school_holidays.toml."""


@pytest.mark.parametrize("zone", SchoolZone)
async def test_a_calendar_is_in_order_and_speaks_of_the_days_it_knows(zone):
    calendar = school_calendar(zone)
    if calendar is None:
        return
    assert calendar.since < calendar.until
    assert all(calendar.since <= one.first <= one.last <= calendar.until for one in calendar.holidays)
    assert all(before.last < after.first for before, after in pairwise(calendar.holidays))
    assert all((one.last - one.first).days < 75 and one.name[0].islower() for one in calendar.holidays)


@pytest.mark.parametrize("zone", MAINLAND_ZONES)
async def test_the_mainland_agrees_day_by_day_with_another_source(zone):
    calendar = school_calendar(zone)
    assert calendar is not None
    other = country_holidays("FR", subdiv=f"Zone {zone.value}", years=range(2025, 2029), categories=("school",))
    every = [calendar.since + timedelta(days=n) for n in range((calendar.until - calendar.since).days + 1)]

    ours = days_off_school(zone, calendar.since, calendar.until)

    assert {day for day in every if (day in ours) != (day in other)} == DIFFERENT


async def test_dates_people_know():
    b = school_holidays(SchoolZone.b, date(2026, 9, 1), date(2027, 8, 31))

    assert [(one.name, one.first, one.last) for one in b[:3]] == [
        ("vacances de la Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
        ("vacances de Noël", date(2026, 12, 19), date(2027, 1, 3)),
        ("vacances d’hiver", date(2027, 2, 20), date(2027, 3, 7)),
    ]
    long_summer = school_holidays(SchoolZone.reunion, date(2027, 1, 15), date(2027, 1, 15))
    assert [(one.first, one.last) for one in long_summer] == [(date(2026, 12, 19), date(2027, 1, 31))]


async def test_nothing_is_said_of_what_nobody_published():
    assert school_calendar(SchoolZone.guadeloupe) is None
    assert school_holidays(SchoolZone.guadeloupe, date(2026, 7, 1), date(2026, 8, 31)) == []
    assert not is_known(SchoolZone.guadeloupe, date(2026, 11, 23))
    assert is_known(SchoolZone.b, date(2028, 8, 31))
    assert not is_known(SchoolZone.b, date(2028, 9, 1))
    assert not is_known(SchoolZone.nouvelle_caledonie, date(2027, 1, 15))


@pytest.mark.parametrize(
    ("department", "day", "name"),
    [
        ("29", date(2026, 11, 11), "Armistice"),
        ("29", date(2027, 3, 29), "Lundi de Pâques"),
        ("67", date(2027, 3, 26), "Vendredi saint"),
        ("68", date(2026, 12, 26), "Saint-Étienne"),
        ("57", date(2026, 12, 26), "Saint-Étienne"),
        ("971", date(2027, 5, 27), "Abolition de l’esclavage"),
        ("972", date(2027, 5, 22), "Abolition de l’esclavage"),
        ("973", date(2027, 6, 10), "Abolition de l’esclavage"),
        ("974", date(2026, 12, 20), "Abolition de l’esclavage"),
        ("976", date(2027, 4, 27), "Abolition de l’esclavage"),
        ("987", date(2027, 3, 5), "Arrivée de l’Évangile"),
        ("988", date(2027, 9, 24), "Fête de la Citoyenneté"),
        ("986", date(2027, 7, 29), "Fête du Territoire"),
    ],
)
async def test_public_holidays_are_those_of_the_place(department, day, name):
    assert public_holidays(department, day.year)[day] == name
    assert day in public_holidays_between(department, day, day)


async def test_a_holiday_of_one_place_is_a_day_like_another_elsewhere():
    assert date(2026, 12, 26) not in public_holidays("29", 2026)
    assert date(2026, 12, 20) not in public_holidays("971", 2026)
    assert public_holidays_between("29", date(2026, 12, 26), date(2026, 12, 31)) == {}


async def test_every_department_has_its_public_holidays():
    for one in departments():
        assert len(public_holidays(one.code, 2027)) >= 11, one.label
