"""Weeks and months keep together, whatever the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agenda.periods import FURTHEST, Month, Week

DAYS = st.dates(date(2000, 1, 1), date(2200, 1, 1))


@given(DAYS)
async def test_a_week_has_its_day_and_its_neighbours(day: date):
    week = Week.of(day)
    assert day in week.days and len(week.days) == 7 and week.days[0].weekday() == 0
    assert week.before.after == week.after.before == week
    assert week.after.monday - week.sunday == timedelta(days=1)


@given(DAYS)
async def test_a_month_has_its_days_and_its_neighbours(day: date):
    month = Month.of(day)
    assert day in [one for week in month.weeks for one in week]
    assert month.before.after == month.after.before == month
    assert all(len(week) == 7 for week in month.weeks) and len(month.weeks) in (4, 5, 6)


@given(DAYS, st.integers(-800, 800))
async def test_an_address_leads_back_to_its_period_within_a_year(today: date, far: int):
    day = today + timedelta(days=far)
    week, month = Week.of(day), Month.of(day)
    near = abs(week.monday - today) <= FURTHEST
    assert Week.read(week.name, today) == (week if near else Week.of(today))
    near = abs(month.first - today) <= FURTHEST
    assert Month.read(month.address.partition("=")[2], today) == (month if near else Month.of(today))


@given(st.text(max_size=12), DAYS)
async def test_whatever_is_typed_is_a_period(typed: str, today: date):
    assert Week.read(typed, today).days and Month.read(typed, today).weeks
