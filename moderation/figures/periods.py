"""Days of Paris from one to another, both included, as moments the indexes understand."""

from datetime import date, datetime, time, timedelta

import msgspec

from app.dates import today
from app.settings import PARIS


class Period(msgspec.Struct, frozen=True):
    first: date
    last: date

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.first, time(), PARIS)

    @property
    def ends(self) -> datetime:
        """Just after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), PARIS)

    @property
    def mondays(self) -> list[date]:
        """The first day of every week the period touches."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + timedelta(weeks=n) for n in range((self.last - monday).days // 7 + 1)]


def last_weeks(weeks: int) -> Period:
    """So many whole weeks, of which the last is not over."""
    monday = today() - timedelta(days=today().weekday())
    return Period(monday - timedelta(weeks=weeks - 1), today())


def of_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
