"""A year of weeks being ticked: what the page holds before it is saved."""

import enum
from collections.abc import Iterable
from datetime import date
from typing import Self

import msgspec

from exchanges.calendar.exchanger import Week
from exchanges.calendar.school_weeks import slots
from places.school_zones import SchoolZone


class Mark(enum.StrEnum):
    """What a shortcut notes of its weeks."""

    both = "both"
    home = "home"
    away = "away"
    nothing = "nothing"


MARK = {
    Mark.both: "Les deux",
    Mark.home: "Libre",
    Mark.away: "Départ",
    Mark.nothing: "Rien",
}


class Ticked(msgspec.Struct, frozen=True):
    """The Saturdays from which the home is free, and from which its people can travel."""

    home: frozenset[date] = frozenset()
    away: frozenset[date] = frozenset()

    @classmethod
    def of(cls, weeks: Iterable[Week]) -> Self:
        known = list(weeks)
        return cls(
            frozenset(week.saturday for week in known if week.home_free),
            frozenset(week.saturday for week in known if week.can_travel),
        )

    @classmethod
    def read(cls, home: Iterable[object], away: Iterable[object], saturdays: list[date]) -> Self:
        """What a form sent; a week that is not among `saturdays` is no longer to come, or never was one."""
        known = {day.isoformat(): day for day in saturdays}
        kept = [frozenset(known[one] for one in sent if isinstance(one, str) and one in known) for sent in (home, away)]
        return cls(*kept)

    @property
    def weeks(self) -> list[Week]:
        return [Week(day, day in self.home, day in self.away) for day in sorted(self.home | self.away)]

    def noting(self, saturdays: Iterable[date], mark: Mark) -> Self:
        """With these weeks noted as `mark` says, whatever they were."""
        days = frozenset(saturdays)
        return type(self)(
            self.home | days if mark in (Mark.both, Mark.home) else self.home - days,
            self.away | days if mark in (Mark.both, Mark.away) else self.away - days,
        )


ALL_HOLIDAYS, EVERYTHING = "all", "everything"


def meant_by(shortcut: str, zone: SchoolZone, saturdays: list[date]) -> list[date]:
    """The weeks of a shortcut: a month (`2027-07`), a holiday by its first day, all of them, everything."""
    if shortcut == EVERYTHING:
        return saturdays
    in_month = [day for day in saturdays if f"{day:%Y-%m}" == shortcut]
    of_school = [
        day for slot in slots(zone, saturdays) if shortcut in (ALL_HOLIDAYS, slot.key) for day in slot.saturdays
    ]
    return in_month or of_school
