"""A member's week, day by day."""

from datetime import date

import msgspec
from babel.dates import format_date

from agenda.entries import Entry, entries_of
from agenda.periods import FURTHEST, Month, Week
from members.me import Me


class Day(msgspec.Struct, frozen=True):
    date: date
    is_today: bool
    is_past: bool
    entries: list[Entry]

    @property
    def name(self) -> str:
        """`mardi 24 novembre`."""
        return format_date(self.date, "EEEE d MMMM", locale="fr").replace(" 1 ", " 1er ")

    @property
    def number(self) -> str:
        return "1er" if self.date.day == 1 else str(self.date.day)


class Turns(msgspec.Struct, frozen=True):
    """The ways to the periods around; None at the edge of what has an address."""

    before: str | None
    after: str | None
    now: str | None


class WeekShown(msgspec.Struct, frozen=True):
    words: str
    days: list[Day]
    turns: Turns
    week_address: str
    month_address: str

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for day in self.days)


async def week_of(me: Me, week: Week, today: date) -> WeekShown:
    """Four queries at most."""
    entries = await entries_of(me, week.monday, week.sunday)
    before, after = week.before, week.after
    return WeekShown(
        words=week.words,
        days=days_of(week.days, entries, today),
        turns=Turns(
            before=before.address if today - before.monday <= FURTHEST else None,
            after=after.address if after.monday - today <= FURTHEST else None,
            now=None if today in week.days else "/agenda",
        ),
        week_address=week.address,
        month_address=Month.of(today if today in week.days else week.monday).address,
    )


def days_of(days: list[date], entries: list[Entry], today: date) -> list[Day]:
    return [Day(day, day == today, day < today, [one for one in entries if one.day == day]) for day in days]
