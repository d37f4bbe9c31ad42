"""Weeks and months as the agenda's addresses name them: `2026-W48`, `2026-11`."""

import re
from calendar import Calendar
from datetime import date, timedelta
from typing import Self

import msgspec
from babel.dates import format_date

FURTHEST = timedelta(days=366)
"""No week further from today has an address: nothing is agreed so far ahead, and a calendar has an end."""


class Week(msgspec.Struct, frozen=True):
    """`monday` is its first day."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def read(cls, typed: str | None, today: date) -> Self:
        """The week named, or today's: people edit addresses and follow old links."""
        named = re.fullmatch(r"(\d{4})-W(\d{2})", typed or "", re.ASCII)
        try:
            monday = date.fromisocalendar(int(named[1]), int(named[2]), 1) if named else today
        except ValueError:
            monday = today
        return cls.of(monday if abs(monday - today) <= FURTHEST else today)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def name(self) -> str:
        return f"{self.monday:%G-W%V}"

    @property
    def address(self) -> str:
        return f"/agenda?semaine={self.name}"

    @property
    def before(self) -> "Week":
        return Week(self.monday - timedelta(days=7))

    @property
    def after(self) -> "Week":
        return Week(self.monday + timedelta(days=7))

    @property
    def words(self) -> str:
        """`Du 28 novembre au 4 décembre 2026`, the month once when it is the same."""
        first = _number(self.monday) if self.monday.month == self.sunday.month else _day(self.monday)
        return f"Du {first} au {_day(self.sunday)} {self.sunday.year}"


class Month(msgspec.Struct, frozen=True):
    """`first` is its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, typed: str | None, today: date) -> Self:
        """The month named, or today's."""
        named = re.fullmatch(r"(\d{4})-(\d{2})", typed or "", re.ASCII)
        try:
            first = date(int(named[1]), int(named[2]), 1) if named else today
        except ValueError:
            first = today
        return cls.of(first if abs(first - today) <= FURTHEST else today)

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks: the first and the last may hold days of its neighbours."""
        return Calendar().monthdatescalendar(self.first.year, self.first.month)

    @property
    def address(self) -> str:
        return f"/agenda?mois={self.first:%Y-%m}"

    @property
    def before(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        return Month.of(self.first + timedelta(days=31))

    @property
    def words(self) -> str:
        """`Novembre 2026`."""
        return format_date(self.first, "MMMM y", locale="fr").capitalize()


def _day(day: date) -> str:
    return f"{_number(day)} {format_date(day, 'MMMM', locale='fr')}"


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
