"""A member's month, in whole weeks."""

from datetime import date

import msgspec
from msgspec.structs import replace

from agenda.entries import entries_of
from agenda.periods import FURTHEST, Month, Week
from agenda.together import together
from agenda.week import Day, Turns, days_of
from app.dates import DAYS
from members.me import Me

SHOWN = 2
"""Entries of a day; the others are on the page of its week."""


class Row(msgspec.Struct, frozen=True):
    """A week of the month. Days of the neighbouring months are None."""

    number: int
    address: str
    days: list[Day | None]

    @property
    def is_free(self) -> bool:
        return not any(day and (day.entries or day.is_today) for day in self.days)


class MonthShown(msgspec.Struct, frozen=True):
    words: str
    rows: list[Row]
    turns: Turns
    week_address: str
    month_address: str
    day_names: tuple[str, ...] = DAYS
    most: int = SHOWN

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for row in self.rows for day in row.days if day)


async def month_of(me: Me, month: Month, today: date) -> MonthShown:
    """Four queries at most."""
    weeks = month.weeks
    entries = await entries_of(me, month.first, weeks[-1][-1])
    of_today = Month.of(today) == month
    return MonthShown(
        words=month.words,
        rows=[_row(week, days_of(week, entries, today), month) for week in weeks],
        turns=Turns(
            before=month.before.address if today - month.before.first <= FURTHEST else None,
            after=month.after.address if month.after.first - today <= FURTHEST else None,
            now=None if of_today else Month.of(today).address,
        ),
        week_address=(Week.of(today) if of_today else Week.of(month.first)).address,
        month_address=month.address,
    )


def _row(week: list[date], days: list[Day], month: Month) -> Row:
    whole = [replace(day, entries=together(day.entries)) for day in days]
    mine = [day if day.date.month == month.first.month else None for day in whole]
    return Row(week[0].isocalendar().week, Week.of(week[0]).address, mine)
