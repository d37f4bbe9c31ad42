"""How old a child is, and from which month the law sees it.

Code de la sécurité sociale, article L. 552-1: a benefit is due from the first day of the month after its conditions are
met, and stops on the first day of the month in which they no longer are.
"""

from datetime import date

from dateutil.relativedelta import relativedelta


def age_on(born: date, on: date) -> int:
    """In whole years; below 0 before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day a person becomes that old; of 29 February, 28 February in a common year."""
    return born + relativedelta(years=years)


def month_of(day: date) -> date:
    return day.replace(day=1)


def due_from(event: date, on: date) -> bool:
    """Whether what `event` gives right to is due for the month of `on`: from the month after it."""
    return month_of(event) < month_of(on)


def counts_until(born: date, years: int, on: date) -> bool:
    """Whether a child born then counts for the month of `on`, until the month before they are `years` old."""
    return due_from(born, on) and month_of(on) < month_of(birthday(born, years))
