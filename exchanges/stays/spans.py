"""The days a guest is there: all of them, or for a room in the week only some of each week."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

DAY = timedelta(days=1)


def spans(first: date, last: date, weekdays: Sequence[int]) -> Iterator[tuple[date, date]]:
    """First and last day of each time they are there, between these two; `weekdays` (0 Monday) empty is every day."""
    there = [day for day in days(first, last) if not weekdays or day.weekday() in weekdays]
    start = None
    for day, after in zip_longest(there, there[1:]):
        start = start or day
        if after != day + DAY:
            yield start, day
            start = None


def days(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days + 1))
