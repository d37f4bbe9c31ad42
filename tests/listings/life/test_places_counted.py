"""Ads written before places were counted get the number the code would give them."""

from datetime import date, time

import pytest

from app import database
from listings.content import Content
from listings.piccolo_migrations.places_of_schedules import up
from listings.schedules.schedule import Schedule, Slot, Weekly
from tests.helpers.ads import draft

SCHEDULES = [
    None,
    Schedule(weekly=Weekly(days=(0, 1, 3))),
    Schedule(weekly=Weekly(days=(2,), starts=time(16, 30))),
    Schedule(slots=(Slot(on=date(2027, 3, 1)), Slot(on=date(2027, 3, 2)))),
    Schedule(slots=(Slot(on=date(2027, 3, 1), starts=time(8)), Slot(on=date(2027, 3, 1), starts=time(16)))),
]


@pytest.mark.parametrize("quantity", [1, 3])
@pytest.mark.parametrize("schedule", SCHEDULES)
async def test_places_are_the_quantity_times_days_or_dates(anne, schedule, quantity):
    ad = await draft(anne, schedule=schedule, quantity=quantity)
    await database.execute("UPDATE listing SET places = 1 WHERE id = $1", ad.id)
    await up()
    row = await database.row("SELECT * FROM listing WHERE id = $1", ad.id)
    assert row["places"] == Content.of(row).places


async def test_an_ad_that_already_counts_its_places_is_left_alone(anne):
    ad = await draft(anne, quantity=2)
    await database.execute("UPDATE listing SET places = 5, reserved = 4 WHERE id = $1", ad.id)
    await up()
    assert await database.value("SELECT places FROM listing WHERE id = $1", ad.id) == 5
