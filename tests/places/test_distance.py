from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.communes import Place, place_at, table
from places.distance import band, distance_km, nearness, within

places = st.integers(0, len(table().codes) - 1).map(place_at)


def _place(code: str) -> Place:
    return place_at(table().rows[code])


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0, "à moins de 5 km"),
        (4.9, "à moins de 5 km"),
        (5, "à moins de 10 km"),
        (24, "à moins de 25 km"),
        (49.9, "à moins de 50 km"),
        (99, "à moins de 100 km"),
        (100, "à plus de 100 km"),
    ],
)
async def test_a_distance_is_said_in_bands(km, said):
    assert band(km) == said


async def test_one_commune_and_the_arrondissements_of_one_city_are_your_commune():
    assert nearness(_place("29019"), _place("29019")) == "dans votre commune"
    assert nearness(_place("75115"), _place("75101")) == "dans votre commune"
    assert nearness(_place("75115"), _place("75056")) == "dans votre commune"
    assert nearness(_place("29019"), _place("29075")) == "à moins de 10 km"
    assert nearness(_place("29019"), _place("97411")) == "à plus de 100 km"


async def test_known_distances_are_right():
    assert distance_km(_place("29019"), _place("75056")) == pytest.approx(507, abs=5)
    assert distance_km(_place("75056"), _place("97411")) == pytest.approx(9380, abs=50)


@given(places, places)
async def test_it_is_as_far_there_as_back(a, b):
    assert distance_km(a, b) == distance_km(b, a) >= 0
    assert distance_km(a, a) == 0


@settings(max_examples=12, deadline=None)
@given(places, st.sampled_from([5, 10, 25, 50, 100, 300]))
async def test_what_lies_around_is_what_measuring_every_place_gives(place, km):
    everywhere = map(place_at, range(len(table().codes)))
    expected = sorted(
        other.code for other in everywhere if distance_km(place, other) <= km or other.commune == place.commune
    )
    assert list(within(place, km)) == expected


async def test_a_city_is_whole_however_small_the_circle():
    assert {"13055", "13201", "13216"} <= set(within(_place("13201"), 1))


async def test_a_circle_on_the_antimeridian_side_of_the_world_is_small():
    assert within(_place("98613"), 100) == ("98613",)


async def test_what_lies_around_is_found_quickly():
    within(_place("29019"), 100)
    start = process_time()
    found = within(_place("80021"), 100)
    assert process_time() - start < 0.05
    assert len(found) > 3_000
