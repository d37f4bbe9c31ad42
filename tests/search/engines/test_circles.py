"""What lies around a place, as ranges of numbers: every commune of a circle and no other."""

from functools import cache
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import settings as patience
from hypothesis import strategies as some

from places.communes import commune, place_at, table
from places.distance import distance_km, rows_around
from search.meili.around import spot, within

CODES = some.sampled_from(["29019", "75056", "69123", "2A004", "97411", "59350"])
KILOMETRES = some.sampled_from([0.0, 5.0, 10.0, 25.0, 50.0, 100.0, 700.0])


@cache
def numbered() -> list[tuple[int, int]]:
    places = zip(table().latitudes, table().longitudes, strict=True)
    return sorted((spot(lat / 10_000, lon / 10_000), row) for row, (lat, lon) in enumerate(places))


def found(ranges: list[str]) -> set[int]:
    """The rows whose number lies in one of them."""
    edges = sorted((int(first), int(last)) for _, first, _, last in map(str.split, ranges))
    inside, at = set(), 0
    for number, row in numbered():
        while at < len(edges) and edges[at][1] < number:
            at += 1
        if at < len(edges) and edges[at][0] <= number:
            inside.add(row)
    return inside


@given(code=CODES, km=KILOMETRES, beyond=KILOMETRES)
@patience(max_examples=25, deadline=None)
async def test_a_ring_holds_the_communes_between_its_two_circles_and_no_other(
    code: str, km: float, beyond: float
) -> None:
    centre = commune(code)
    assert centre is not None
    expected = rows_around(centre.lat, centre.lon, km) - (
        rows_around(centre.lat, centre.lon, beyond) if beyond else set()
    )
    assert found(within(centre.lat, centre.lon, km, beyond)) == expected


async def test_a_circle_is_what_the_distance_says() -> None:
    brest = commune("29019")
    assert brest is not None
    inside = found(within(brest.lat, brest.lon, 25))
    around = rows_around(brest.lat, brest.lon, 60)
    assert inside < around
    for row in around:
        assert (distance_km(brest, place_at(row)) <= 25) == (row in inside)


async def test_beyond_a_circle_comes_whatever_is_of_no_place() -> None:
    *ranges, nowhere = within(48.4, -4.5, inf, 100)
    assert nowhere == "spot NOT EXISTS"
    assert len(found(ranges)) + len(rows_around(48.4, -4.5, 100)) == len(table().codes)


async def test_a_circle_of_any_size_is_a_question_of_bounded_length() -> None:
    """Paris has the most communes around it."""
    for km in (5, 10, 25, 50, 100):
        assert len(within(48.8566, 2.3522, km)) <= 120


@pytest.mark.parametrize("lat, lon", [(nan, 2.0), (48.0, inf)])
async def test_nowhere_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        within(lat, lon, 5)


async def test_coordinates_off_the_globe_are_brought_back_to_its_edge() -> None:
    assert spot(91, 181) == spot(90, 180)
    assert within(91, 181, 5) == within(90, 180, 5)
