"""Since when a second place holds: a season and its year, never a date, for a date would tell when a home is empty."""

import enum
from datetime import date
from typing import Self

import msgspec
from dateutil.relativedelta import relativedelta


class Season(enum.StrEnum):
    spring = "spring"
    summer = "summer"
    autumn = "autumn"
    winter = "winter"


BEGINS = {Season.spring: 3, Season.summer: 6, Season.autumn: 9, Season.winter: 12}
"""The month each begins in; winter is named by the year of its December."""
LASTS = relativedelta(months=6)
OFFERED = 9  # two years ahead, and the season we are in

_FROM = {
    Season.spring: "du printemps",
    Season.summer: "de l’été",
    Season.autumn: "de l’automne",
    Season.winter: "de l’hiver",
}
_NAME = {Season.spring: "printemps", Season.summer: "été", Season.autumn: "automne", Season.winter: "hiver"}

ENDS_ON = "(make_date(year, CASE season {} END, 1) + interval '6 months')::date".format(
    " ".join(f"WHEN '{season}' THEN {month}" for season, month in BEGINS.items())
)
"""`Since.ends` of a row of the table `moving`, for a query."""


class Since(msgspec.Struct, frozen=True):
    """A season of a year. It holds for two seasons: from `starts` up to the day before `ends`."""

    season: Season
    year: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The season a day is in."""
        season = next((one for one in reversed(Season) if BEGINS[one] <= day.month), Season.winter)
        return cls(season, day.year if day.month >= BEGINS[Season.spring] else day.year - 1)

    @property
    def starts(self) -> date:
        return date(self.year, BEGINS[self.season], 1)

    @property
    def ends(self) -> date:
        return self.starts + LASTS

    @property
    def next(self) -> Self:
        return type(self).of(self.starts + relativedelta(months=3))

    @property
    def key(self) -> str:
        """`summer-2027`, as a form sends it."""
        return f"{self.season}-{self.year}"

    @property
    def in_words(self) -> str:
        """`à partir de l’été 2027`; a winter has two years."""
        return f"à partir {_FROM[self.season]} {self._years}"

    @property
    def name(self) -> str:
        """`été 2027`."""
        return f"{_NAME[self.season]} {self._years}"

    @property
    def _years(self) -> str:
        return f"{self.year}-{self.year + 1}" if self.season is Season.winter else str(self.year)


def coming(today: date) -> list[Since]:
    """The seasons one may declare: the present one, then those of two years."""
    seasons = [Since.of(today)]
    while len(seasons) < OFFERED:
        seasons.append(seasons[-1].next)
    return seasons
