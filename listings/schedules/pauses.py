"""What a weekly schedule leaves out, and why: said to people, so that a missing day surprises nobody."""

from collections.abc import Iterator
from datetime import date

import msgspec

from listings.schedules.holidays import public_holidays_between, school_holidays
from listings.schedules.occurrences import wanted_days
from listings.schedules.schedule import Weekly


class Pause(msgspec.Struct, frozen=True):
    """Days in a row, both ends included, that take something away. `why`: `vacances de Noël (zone B)`."""

    first: date
    last: date
    why: str


def pauses(weekly: Weekly, first: date, last: date) -> list[Pause]:
    """Those that fall on a day the week asks for from `first` to `last`, in their order; holidays are whole."""
    wanted = wanted_days(weekly, first, last)
    school = [one for one in _school(weekly, first, last) if any(one.first <= day <= one.last for day in wanted)]
    public = [
        one
        for one in _public(weekly, first, last)
        if one.first in wanted and not any(other.first <= one.first <= other.last for other in school)
    ]
    return sorted([*school, *public], key=lambda one: one.first)


def _school(weekly: Weekly, first: date, last: date) -> Iterator[Pause]:
    if zone := weekly.except_holidays:
        for one in school_holidays(zone, first, last):
            yield Pause(one.first, one.last, f"{one.name} ({zone.words})")


def _public(weekly: Weekly, first: date, last: date) -> Iterator[Pause]:
    if weekly.except_public_holidays:
        for day, name in sorted(public_holidays_between(weekly.department, first, last).items()):
            yield Pause(day, day, f"jour férié ({name})")
