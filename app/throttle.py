"""A brake where someone would try a thousand times. Counted in PostgreSQL: more processes give no more tries."""

import hashlib
import hmac
from datetime import timedelta

from app import database
from app.refusals import TooOften
from app.settings import settings


async def throttle(what: str, who: str, *, limit: int, every: timedelta, by: int = 1) -> None:
    """Counts `by` tries of `what` by `who`. Raises `TooOften` past `limit` tries in a window of `every`.

    `who` (an address, an e-mail) is kept only hashed with the site's secret: addresses are few enough to be tried.
    """
    tries = await database.value(
        """
        INSERT INTO throttle AS t (bucket, since, tries) VALUES ($1, clock_timestamp(), $3)
        ON CONFLICT (bucket) DO UPDATE SET
            tries = CASE WHEN t.since < clock_timestamp() - $2::interval THEN $3 ELSE t.tries + $3 END,
            since = CASE WHEN t.since < clock_timestamp() - $2::interval THEN clock_timestamp() ELSE t.since END
        RETURNING tries
        """,
        bucket(what, who),
        every,
        by,
    )
    if tries > limit:
        raise TooOften("Trop d’essais en peu de temps. Patientez quelques minutes, puis recommencez.")


async def forget(what: str, who: str) -> None:
    """After a success the next mistakes count from zero."""
    await database.execute("DELETE FROM throttle WHERE bucket = $1", bucket(what, who))


async def sweep() -> None:
    """Removes counters nobody will look at again."""
    await database.execute("DELETE FROM throttle WHERE since < now() - interval '8 days'")


def bucket(what: str, who: str) -> str:
    """Under which these tries are counted."""
    return f"{what}:{hmac.new(settings().secret.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]}"
