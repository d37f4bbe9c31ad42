"""The lengths a moderator may look back on, cut into bars a person can read: weeks, or months for a year."""

import enum
from datetime import date, timedelta

import msgspec
from babel.dates import format_date

from app.dates import today
from moderation.figures.periods import Period


class Back(enum.StrEnum):
    """As it stands in an address."""

    four_weeks = "4-semaines"
    twelve_weeks = "12-semaines"
    year = "un-an"


LABEL = {Back.four_weeks: "4 semaines", Back.twelve_weeks: "12 semaines", Back.year: "Un an"}


class Steps(msgspec.Struct, frozen=True):
    """`unit` is PostgreSQL's name of a step, `starts` the first day of each; the last one is not over."""

    unit: str
    starts: tuple[date, ...]

    @property
    def period(self) -> Period:
        return Period(self.starts[0], today())

    @property
    def column(self) -> str:
        return "Semaine" if self.unit == "week" else "Mois"

    @property
    def labels(self) -> list[str]:
        return [self._label(start) for start in self.starts]

    @property
    def short(self) -> list[str]:
        """For the head of a wide table: `3/11`, `nov.`"""
        pattern = "MMM" if self.unit == "month" else "d/M"
        return [format_date(start, pattern, locale="fr") for start in self.starts]

    def _label(self, start: date) -> str:
        if self.unit == "month":
            return format_date(start, "MMMM y", locale="fr")
        return f"semaine du {format_date(start, 'd MMMM', locale='fr')}".replace(" 1 ", " 1er ")


def steps_of(back: Back) -> Steps:
    if back is Back.year:
        return Steps("month", tuple(_months(today())))
    monday = today() - timedelta(days=today().weekday())
    weeks = 4 if back is Back.four_weeks else 12
    return Steps("week", tuple(monday - timedelta(weeks=ago) for ago in range(weeks - 1, -1, -1)))


def _months(last: date) -> list[date]:
    """The first days of twelve months, the last one that of `last`."""
    numbered = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(numbered - 11, numbered + 1)]
