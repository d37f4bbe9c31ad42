"""Weeks from a Saturday to the next: which are to come, which follow one another."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

WEEK = timedelta(weeks=1)
SATURDAY = 5
AHEAD = relativedelta(months=18)


class Run(NamedTuple):
    """Weeks in a row: from the Saturday `first`, for `weeks` weeks."""

    first: date
    weeks: int

    @property
    def last(self) -> date:
        """The Saturday on which the last week ends."""
        return self.first + self.weeks * WEEK


def runs(saturdays: Iterable[date]) -> list[Run]:
    """The longest runs of weeks that follow one another, in their order; each Saturday counts once."""
    found: list[Run] = []
    for saturday in sorted(set(saturdays)):
        if found and found[-1].last == saturday:
            found[-1] = Run(found[-1].first, found[-1].weeks + 1)
        else:
            found.append(Run(saturday, 1))
    return found


def coming(today: date) -> list[date]:
    """The Saturdays of the next eighteen months, today included when it is one."""
    first = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
    until = today + AHEAD
    return [first + n * WEEK for n in range((until - first).days // 7 + 1)]
