"""So many changes a day and a week: who tries a thousand calendars could otherwise learn when homes are free."""

from datetime import timedelta
from uuid import UUID

from app.refusals import TooOften
from app.throttle import throttle

A_DAY, A_WEEK = 20, 60
WORDS = (
    "Vous avez enregistré beaucoup de changements en peu de temps. Reprenez demain : ce qui est déjà enregistré reste"
    " en place. Cette limite protège les logements de tout le monde."
)


async def slow_down(member: UUID) -> None:
    """Counts a change of weeks, wishes or pause, whatever came of it. Raises TooOften."""
    try:
        await throttle("exchange.day", str(member), limit=A_DAY, every=timedelta(days=1))
        await throttle("exchange.week", str(member), limit=A_WEEK, every=timedelta(weeks=1))
    except TooOften:
        raise TooOften(WORDS) from None
