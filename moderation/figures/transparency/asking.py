"""Which days somebody asks the report of."""

from datetime import date, timedelta

from app.dates import in_words, today
from app.forms import Errors, Form
from moderation.figures.periods import Period

DAYS_KEPT = 364
"""Decisions and notices are erased after a year (moderation.cases.retention): older periods would look empty."""


class PeriodForm(Form):
    """`du` and `au`, both included. Untouched, they say this year so far."""

    du: date | None = None
    au: date | None = None

    @property
    def period(self) -> Period:
        last = self.au or today()
        return Period(self.du or max(date(last.year, 1, 1), earliest()), last)


def earliest() -> date:
    return today() - timedelta(days=DAYS_KEPT)


def period_of(form: PeriodForm | None, errors: Errors) -> tuple[Period, Errors]:
    """The days asked for, or those of an untouched form and a message beside each field that does not fit."""
    if form is None:
        return PeriodForm().period, errors
    found = _problems(form.period)
    return (PeriodForm().period, found) if found else (form.period, {})


def _problems(period: Period) -> Errors:
    if period.last > today():
        return {"au": "Choisissez un jour qui n’est pas encore à venir."}
    if period.first > period.last:
        return {"au": f"La fin vient avant le début, {in_words(period.first)}\u202f: choisissez un jour plus tard."}
    if period.first < earliest():
        return {
            "du": f"Choisissez au plus tôt {in_words(earliest())}\u202f: les décisions plus anciennes sont effacées."
            " Pour les années passées, lisez les rapports annuels."
        }
    return {}
