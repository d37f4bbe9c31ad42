"""So many searches and suggestions a member and hour: nobody reads more by hand, and a program would copy everything.

Counted in PostgreSQL, so that more processes or devices give no more; so many at a time, because a write at each page
would cost more than the page. A process may let a few too many through.
"""

from datetime import timedelta
from uuid import UUID

from app.kept import Kept
from app.refusals import TooOften
from app.settings import settings
from app.throttle import throttle
from members.me import Me

HOUR = timedelta(hours=1)
AT_ONCE = 10
SUGGESTIONS_A_SEARCH = 10
WORDS = (
    "Vous avez fait beaucoup de recherches en une heure. Soufflez un peu : dans une heure au plus, tout reprend. Cette"
    " limite empêche qu’un programme recopie les annonces de tout le monde."
)

_uncounted = Kept[tuple[str, UUID], int](20_000)


async def slow_down(me: Me) -> None:
    """Counts a page of results. Raises TooOften beyond `SEARCHES_PER_HOUR`."""
    await _count("searches", me, settings().searches_per_hour)


async def slow_down_suggestions(me: Me) -> None:
    """Counts one answer of what is proposed while one types; a search takes about ten."""
    await _count("suggestions", me, settings().searches_per_hour * SUGGESTIONS_A_SEARCH)


async def _count(what: str, me: Me, limit: int) -> None:
    waiting = (_uncounted.get((what, me.id)) or 0) + 1
    if waiting < AT_ONCE:
        _uncounted.put((what, me.id), waiting)
        return
    try:
        await throttle(what, str(me.id), limit=limit, every=HOUR, by=AT_ONCE)
    except TooOften:
        _uncounted.put((what, me.id), AT_ONCE - 1)  # the next one asks again
        raise TooOften(WORDS) from None
    _uncounted.put((what, me.id), 0)
