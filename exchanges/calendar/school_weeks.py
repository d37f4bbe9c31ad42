"""The weeks of the school holidays, as shortcuts for a calendar of Saturdays."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from listings.schedules.holidays import SchoolHoliday, school_calendar, school_holidays
from places.school_zones import SchoolZone

_ARTICLE = re.compile(r"^vacances (de la |de |d’)")


class Slot(NamedTuple):
    """A school holiday and the Saturdays on which a whole week of it begins."""

    holiday: SchoolHoliday
    saturdays: tuple[date, ...]

    @property
    def name(self) -> str:
        """`Hiver 2027`, `Toussaint 2027`."""
        name = _ARTICLE.sub("", self.holiday.name)
        return f"{name[0].upper()}{name[1:]} {self.holiday.first.year}"

    @property
    def key(self) -> str:
        """As a form sends it."""
        return self.holiday.first.isoformat()


def zones() -> list[SchoolZone]:
    """Those whose calendar is known to us."""
    return [zone for zone in SchoolZone if school_calendar(zone)]


def slots(zone: SchoolZone, saturdays: list[date]) -> list[Slot]:
    """The holidays that hold a week of `saturdays`: there is no school from its Monday to its Friday."""
    if not saturdays:
        return []
    holidays = school_holidays(zone, saturdays[0], saturdays[-1] + timedelta(weeks=1))
    found = [Slot(one, tuple(day for day in saturdays if _is_off(one, day))) for one in holidays]
    return [slot for slot in found if slot.saturdays]


def known_until(zone: SchoolZone) -> date | None:
    """The last day of which its calendar speaks."""
    calendar = school_calendar(zone)
    return calendar.until if calendar else None


def _is_off(holiday: SchoolHoliday, saturday: date) -> bool:
    return holiday.first <= saturday + timedelta(days=2) and saturday + timedelta(days=6) <= holiday.last
