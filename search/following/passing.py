"""What the passing of time makes of what can be found."""

from app import database
from app.dates import today
from search.documents.ads import Ads
from search.following.deriving import derive

AT_ONCE = 500

# The schedule says whether there is a next day; without one it stays at the day that was.
_PASSED = """
SELECT d.id FROM search_document d JOIN listing l ON l.id = d.id::uuid
WHERE d.soonest_on < $1 AND NOT d.is_gone AND d.id > $2 AND d.type IN ('listing', 'tip') AND l.schedule IS NOT NULL
ORDER BY d.id LIMIT $3
"""


async def let_days_pass() -> None:
    """Ads on several days, or of every week, move on to the next. Can run again, or twice at once, without harm."""
    last = ""
    while ids := [row["id"] for row in await database.rows(_PASSED, today(), last, AT_ONCE)]:
        await derive(Ads(), ids)
        last = ids[-1]
