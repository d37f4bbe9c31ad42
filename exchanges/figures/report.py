"""What the figures of exchanges are made of: the same on the page and in the file, kept once a day.

Nobody is to be found in them. A number under five, zero too, is "fewer than five"; where that would still be known from
a total, the next smallest keeps it company. A wait is told of five households or more.
"""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

FEW = 5


class Number(msgspec.Struct, frozen=True):
    """`value` is None when it is under five (`is_small`), or kept quiet for another that is."""

    key: str
    label: str
    value: int | None
    is_small: bool = False

    @property
    def words(self) -> str:
        return (
            "moins de 5" if self.is_small else "–" if self.value is None else f"{self.value:,}".replace(",", "\u202f")
        )

    @property
    def short(self) -> str:
        return "<\u00a05" if self.is_small else self.words


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """Days, the median and what nine in ten did not exceed; None for fewer than five households."""

    households: Number
    median: int | None
    most: int | None


class Share(msgspec.Struct, frozen=True):
    """Whole percent; None when either part is under five."""

    key: str
    label: str
    percent: int | None

    @property
    def words(self) -> str:
        return "–" if self.percent is None else f"{self.percent}\u00a0%"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`day` is the day it was made; what it counts happened in the year before, but for `waiting`, which is of now.

    `months` are the twelve last ones, the present one too, as (`2026-11`, number).
    """

    day: date
    made_at: datetime
    waiting: Number
    waits: tuple[Wait, ...]
    served: Number
    served_waits: tuple[Wait, ...]
    forms: tuple[Number, ...]
    form_shares: tuple[Share, ...]
    months: tuple[Number, ...]
    proposals: tuple[Number, ...]
    rates: tuple[Share, ...]
    reasons: tuple[Number, ...]
    regions: tuple[Number, ...]
    calls: tuple[Number, ...]


def told(key: str, label: str, number: int) -> Number:
    return Number(key, label, None, True) if number < FEW else Number(key, label, number)


def divided(numbers: Iterable[tuple[str, str, int]]) -> tuple[Number, ...]:
    """The parts of a total that is told too: one alone under five would be what is missing."""
    parts = [(told(key, label, number), number) for key, label, number in numbers]
    quiet = [one for one, _ in parts if one.is_small]
    shown = sorted((number, place) for place, (one, number) in enumerate(parts) if not one.is_small)
    if len(quiet) == 1 and shown:
        place = shown[0][1]
        parts[place] = replace(parts[place][0], value=None), parts[place][1]
    return tuple(one for one, _ in parts)


def share(key: str, label: str, part: int, whole: int) -> Share:
    is_told = (part >= FEW and whole - part >= FEW) or part == whole >= FEW
    return Share(key, label, round(100 * part / whole) if is_told else None)


def waited(key: str, label: str, households: int, median: float | None, most: float | None) -> Wait:
    is_told = households >= FEW and median is not None and most is not None
    return Wait(
        households=told(key, label, households),
        median=round(median or 0) if is_told else None,
        most=round(most or 0) if is_told else None,
    )
