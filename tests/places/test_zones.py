"""Overseas, a day does not end with the mainland's."""

from datetime import UTC, date, datetime

from listings.content import Content
from listings.kinds import Category
from listings.life.term import expiry
from places.departments import departments
from places.zones import earliest_day, today_in, zone_of


async def test_every_department_has_a_clock():
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    hours = {one.code: noon.astimezone(zone_of(one.code)).hour for one in departments()}

    assert hours["29"] == hours["2A"] == 14
    assert hours["971"] == hours["972"] == 8
    assert hours["974"] == 16
    assert hours["987"] == 2


async def test_nowhere_is_it_an_earlier_day_than_the_earliest():
    assert all(earliest_day() <= today_in(one.code) for one in departments())


async def test_an_ad_for_one_day_lives_until_that_day_ends_where_it_is():
    day = date(2026, 12, 5)
    ends = {
        commune: expiry(
            Content(category=Category.rides, commune=commune, wanted_by=day), datetime(2026, 12, 1, tzinfo=UTC)
        )
        for commune in ("29019", "97105", "98735")
    }

    assert [at.astimezone(UTC).isoformat() for at in ends.values()] == [
        "2026-12-05T23:00:00+00:00",
        "2026-12-06T04:00:00+00:00",
        "2026-12-06T10:00:00+00:00",
    ]
