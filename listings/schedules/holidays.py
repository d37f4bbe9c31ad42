"""Days without school and public holidays, by where people live."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from places.school_zones import SchoolZone

_FILE = Path(__file__).parent / "data" / "school_holidays.toml"


class SchoolHoliday(msgspec.Struct, frozen=True):
    """Days without school in a row, both ends included. `name` as in `vacances de la Toussaint`."""

    name: str
    first: date
    last: date


class Calendar(msgspec.Struct, frozen=True):
    """What is officially known of one school zone: nothing is said of the days before `since` and after `until`."""

    since: date
    until: date
    holidays: tuple[SchoolHoliday, ...]


def school_calendar(zone: SchoolZone) -> Calendar | None:
    """None when its calendar is not known to us. The dates and their sources are in data/school_holidays.toml."""
    return _calendars().get(zone.value)


def school_holidays(zone: SchoolZone, first: date, last: date) -> list[SchoolHoliday]:
    """Those that touch the days from `first` to `last`, in their order."""
    calendar = school_calendar(zone)
    return [one for one in calendar.holidays if one.last >= first and one.first <= last] if calendar else []


def is_known(zone: SchoolZone, day: date) -> bool:
    """Whether anybody can say today if there is school that day."""
    calendar = school_calendar(zone)
    return calendar is not None and calendar.since <= day <= calendar.until


def days_off_school(zone: SchoolZone, first: date, last: date) -> set[date]:
    return {
        day for one in school_holidays(zone, first, last) for day in _days(max(one.first, first), min(one.last, last))
    }


@lru_cache(500)
def public_holidays(department: str | None, year: int) -> dict[date, str]:
    """Day → its French name: those of the department, of Alsace-Moselle and overseas too."""
    from holidays.countries.france import France  # 7 MB, and only ads that ask for it need it

    found = France(years=year, subdiv=_PROVINCES.get(department or ""), language="fr")
    return {day: name.replace("'", "’") for day, name in found.items()}


def public_holidays_between(department: str | None, first: date, last: date) -> dict[date, str]:
    years = range(first.year, last.year + 1)
    named = [(day, name) for year in years for day, name in public_holidays(department, year).items()]
    return {day: name for day, name in named if first <= day <= last}


_PROVINCES = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "984": "TF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@cache
def _calendars() -> dict[str, Calendar]:
    known = tomllib.loads(_FILE.read_text(encoding="utf-8"))["zones"]
    return {zone: msgspec.convert(said, Calendar) for zone, said in known.items()}
