"""Days of Paris from one to another, both included, as moments the indexes understand."""

from datetime import date, datetime, time, timedelta

import msgspec

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


def of_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
