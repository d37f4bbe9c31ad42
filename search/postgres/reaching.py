"""How far back to look for the newest matches: far enough to find as many as are ranked, no further.

A common word has hundreds of thousands of matches, whose rows take seconds to read, though only their newest are
wanted. PostgreSQL's own statistics say how many there may be, and so since when those wanted were published; where they
were wrong, what was found says better.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from app import database
from search.postgres.asking import MOST_RANKED, Asked, Given, with_words

MARGIN = 1.5
"""Rather a little too far than twice."""
FURTHEST_AT_FIRST = 0.1
"""Estimates of words that go together are several times too low, of beginnings they are no more than a guess."""
SURELY_FEW = 500
WHOLE = 0.5
"""To look through more than this share is to look through all."""

_AGES = """
SELECT histogram_bounds::text::timestamptz[] FROM pg_stats
WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'published_at'
"""


class Ages(Struct, frozen=True):
    """Moments between which there are equally many documents, oldest first; none where nothing is known."""

    bounds: tuple[datetime, ...]

    def since(self, share: float) -> datetime | None:
        """When the newest `share` of the documents began; None for all of them."""
        steps = len(self.bounds) - 1
        back = -(-share * steps // 1)
        return self.bounds[steps - int(back)] if 0 < back <= WHOLE * steps else None

    def share(self, since: datetime) -> float:
        return 1 - self.bounds.index(since) / (len(self.bounds) - 1)


async def known_ages() -> Ages:
    return Ages(tuple(await database.value(_AGES) or ()))


async def expected(sets: Mapping[str, Asked], given: Given) -> Counter[str]:
    """About how many documents there are of each set, which ask for words; only PostgreSQL's plan is asked."""
    each = " UNION ALL ".join(
        f"SELECT '{name}' FROM {one}" for name, asked in sets.items() for one in with_words(asked)
    )
    plan = json.loads(await database.value(f"EXPLAIN (VERBOSE, FORMAT JSON) {each}", *given))[0]["Plan"]
    found: Counter[str] = Counter()
    # A part that can hold nothing is left out of the plan; where one is left, it is the whole plan.
    for part in plan["Plans"] if plan["Node Type"] == "Append" else [plan]:
        (name,) = part["Output"]
        found[name.split("'")[1]] += part["Plan Rows"]
    return found


def at_first(ages: Ages, expected: int, *, is_guess: bool) -> datetime | None:
    """Since when to look where so many are expected."""
    if expected < SURELY_FEW and not is_guess:
        return None
    return ages.since(min(FURTHEST_AT_FIRST, MARGIN * MOST_RANKED / max(expected, 1)))


def further(ages: Ages, since: datetime, found: int) -> datetime | None:
    """Since when to look after too few were `found`."""
    looked_through = ages.share(since)
    return ages.since(max(4 * looked_through, MARGIN * MOST_RANKED / max(found, 1) * looked_through))
