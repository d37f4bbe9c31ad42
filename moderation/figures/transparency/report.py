"""What a transparency report is made of: the same on the page, in the CSV and in the JSON, live or frozen."""

import enum
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from moderation.figures.transparency.words import FEWER_THAN_TWO

SMALL = 5


class Unit(enum.StrEnum):
    things = "things"
    hours = "hours"
    percent = "percent"


class Figure(msgspec.Struct, frozen=True):
    """`number` is None when there was nothing to measure, or when it `is_small`: fewer than five, not said exactly.

    A share that `has_small_parts` would tell such a number to who knows the total.
    """

    key: str
    label: str
    number: float | None
    unit: Unit = Unit.things
    is_small: bool = False
    has_small_parts: bool = False

    @property
    def beside(self) -> str:
        """Its label as a page says it after the number."""
        return FEWER_THAN_TWO.get(self.label, self.label) if (self.number or 0) < 2 else self.label


class Breakdown(msgspec.Struct, frozen=True):
    """How a total divides, along one line."""

    key: str
    title: str
    rows: tuple[Figure, ...]

    @property
    def said(self) -> tuple[Figure, ...]:
        """The rows a page shows: neither those where nothing happened nor those too small to say."""
        return tuple(row for row in self.rows if row.number)

    @property
    def has_small(self) -> bool:
        return any(row.is_small for row in self.rows)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """`article` is of regulation (EU) 2022/2065; `words` what no figure says."""

    key: str
    title: str
    article: str
    words: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """From `first` to `last`, both included, days of Paris. `is_exact`: small numbers are said too."""

    first: date
    last: date
    made_at: datetime
    is_exact: bool
    sections: tuple[Section, ...]


def without_small_numbers(report: Report) -> Report:
    """As anyone may ask for any days.

    Totals stay exact: who saw an ad go, and asks for that very day, learns from them nothing new. How a total divides
    would tell them why it went: there, every number under five, zero too, is "fewer than five", so that taking one
    period from another that is a day longer tells nothing either on a small site, and on a large one a day holds many
    decisions. A frozen year is exact: its days were chosen by nobody. No report crosses two of its divisions, nor
    knows of a department, a category of ads, an author or a moderator.
    """
    return replace(report, is_exact=False, sections=tuple(_blurred(section) for section in report.sections))


def _blurred(section: Section) -> Section:
    return replace(
        section,
        figures=tuple(_blurred_share(figure) for figure in section.figures),
        breakdowns=tuple(
            replace(breakdown, rows=tuple(_blurred_row(row) for row in breakdown.rows))
            for breakdown in section.breakdowns
        ),
    )


def _blurred_share(figure: Figure) -> Figure:
    return replace(figure, number=None, is_small=True) if figure.has_small_parts else figure


def _blurred_row(row: Figure) -> Figure:
    return replace(row, number=None, is_small=True) if (row.number or 0) < SMALL else row
