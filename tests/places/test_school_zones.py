"""Which school calendar a department lives by."""

import pytest

from places.departments import departments
from places.school_zones import SchoolZone, school_zone


@pytest.mark.parametrize(
    ("department", "zone"),
    [
        ("29", "B"),
        ("13", "B"),
        ("59", "B"),
        ("67", "B"),
        ("14", "B"),
        ("75", "C"),
        ("31", "C"),
        ("34", "C"),
        ("95", "C"),
        ("33", "A"),
        ("69", "A"),
        ("25", "A"),
        ("2A", "corse"),
        ("2B", "corse"),
        ("974", "reunion"),
        ("977", "guadeloupe"),
        ("978", "guadeloupe"),
        ("988", "nouvelle_caledonie"),
    ],
)
async def test_a_department_has_its_zone(department, zone):
    assert school_zone(department) == SchoolZone(zone)


async def test_every_department_with_schools_has_a_zone():
    assert {one.code for one in departments() if school_zone(one.code) is None} == {"984", "989"}
    assert school_zone(None) is None


async def test_zones_are_said_in_words():
    assert SchoolZone.b.holidays == "vacances de la zone B"
    assert SchoolZone.corse.holidays == "vacances scolaires de Corse"
    assert all(zone.words and zone.holidays for zone in SchoolZone)
