"""When help is needed or offered: some dates, or certain days of every week."""

from datetime import date, time
from typing import ClassVar

import msgspec

from app.dates import DAYS, hour, in_words
from places.school_zones import SchoolZone


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    """One date, with hours when they matter (local time, `ends` after `starts`)."""

    on: date
    starts: time | None = None
    ends: time | None = None


class Weekly(msgspec.Struct, frozen=True, omit_defaults=True):
    """The same days every week: 0 is Monday. Without `until` it goes on.

    `except_holidays` is the school zone whose holidays are left out, `department` the one whose public holidays are
    when `except_public_holidays` says so.
    """

    days: tuple[int, ...]
    starts: time | None = None
    ends: time | None = None
    since: date | None = None
    until: date | None = None
    except_holidays: SchoolZone | None = None
    except_public_holidays: bool = False
    department: str | None = None


class Schedule(msgspec.Struct, frozen=True, omit_defaults=True):
    """Either `slots` or `weekly`. `NAMED` dates are said one by one, the others counted."""

    NAMED: ClassVar[int] = 3
    slots: tuple[Slot, ...] = ()
    weekly: Weekly | None = None

    @property
    def starts_on(self) -> date | None:
        return self.weekly.since if self.weekly else min((slot.on for slot in self.slots), default=None)

    @property
    def ends_on(self) -> date | None:
        return self.weekly.until if self.weekly else max((slot.on for slot in self.slots), default=None)

    @property
    def size(self) -> int:
        """How many slots it has, at least one: the days of the week, or the dates."""
        return max(1, len(self.weekly.days) if self.weekly else len({slot.on for slot in self.slots}))

    @property
    def is_shared_out(self) -> bool:
        """Whether it has a week of its own, in which several people may take turns."""
        return self.weekly is not None or self.size > 1

    def in_brief(self) -> str:
        """For a card: dates are counted, `3 dates, à partir du samedi 12 décembre`, a week leaves its end to the page.

        `chaque mardi et jeudi, 16 h 30, hors vacances et jours fériés`.
        """
        if self.weekly:
            return _weekly_in_brief(self.weekly)
        if self.starts_on is None or len(self.slots) < 2:
            return self.in_words()
        return f"{len(self.slots)} dates, à partir du {in_words(self.starts_on)}"

    def in_words(self, *, pauses: bool = True) -> str:
        """`chaque mardi et jeudi, de 16 h 30 à 18 h, hors vacances de la zone B, jusqu’au vendredi 3 juillet`.

        A search does without the `pauses`: who looks for help during the holidays must not find those who say no.
        """
        if self.weekly:
            return _weekly_in_words(self.weekly, pauses)
        shown = [f"{in_words(slot.on)}{hours_in_words(slot.starts, slot.ends)}" for slot in self.slots[: self.NAMED]]
        more = len(self.slots) - len(shown)
        return " ; ".join(shown) + (
            f" et {more} autre{'s' if more > 1 else ''} date{'s' if more > 1 else ''}" if more else ""
        )


def _weekly_in_words(weekly: Weekly, pauses: bool) -> str:
    until = f", jusqu’au {in_words(weekly.until)}" if weekly.until else ""
    left_out = _left_out(weekly) if pauses else ""
    return f"{_days(weekly.days)}{hours_in_words(weekly.starts, weekly.ends)}{left_out}{_since(weekly)}{until}"


def _weekly_in_brief(weekly: Weekly) -> str:
    named = [("vacances", weekly.except_holidays), ("jours fériés", weekly.except_public_holidays)]
    left_out = " et ".join(name for name, is_left_out in named if is_left_out)
    pauses = f", hors {left_out}" if left_out else ""
    return f"{_days(weekly.days)}{hours_in_words(weekly.starts, weekly.ends)}{pauses}{_since(weekly)}"


def _days(days: tuple[int, ...]) -> str:
    """`chaque mardi et jeudi`, `du lundi au vendredi`, `tous les jours`."""
    if len(days) == 7:
        return "tous les jours"
    if len(days) >= 4 and days[-1] - days[0] == len(days) - 1:
        return f"du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    names = [DAYS[day] for day in days]
    return "chaque " + " et ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _since(weekly: Weekly) -> str:
    return f", à partir du {in_words(weekly.since)}" if weekly.since else ""


def _left_out(weekly: Weekly) -> str:
    school = f"hors {weekly.except_holidays.holidays}" if weekly.except_holidays else ""
    public = "hors jours fériés" if weekly.except_public_holidays else ""
    said = " et ".join(filter(None, (school, public)))
    return f", {said}" if said else ""


def hours_in_words(starts: time | None, ends: time | None) -> str:
    """`, de 16 h 30 à 18 h`, `, 16 h 30`, or nothing."""
    if starts and ends:
        return f", de {hour(starts)} à {hour(ends)}"
    return f", {hour(starts)}" if starts else ""
