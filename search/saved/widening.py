"""A search that finds nothing for a month: its member is told once, and shown what a wider one would be."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from app import database
from app.database import transaction
from app.dates import now
from app.sweeping import Sweep
from listings.reading.chips import in_words
from listings.reading.filters import Filters
from listings.reading.holding import RADII
from notifications.notifying import notify
from notifications.topics import Topic
from search.saved.naming import name_of
from search.saved.reading import NOTHING_FOR
from search.saved.saving import narrows

MOST = 4


async def propose_wider() -> None:
    """To members whose search has found nothing for thirty days; once, until they change it. May run at any time."""
    async with Sweep("propose_wider") as sweep:
        for row in await database.rows(_DRY, now() - NOTHING_FOR, now()):
            await sweep.take(row["id"], _propose(row["id"]))


async def _propose(search: Any) -> None:
    async with transaction():
        told = await database.row(
            "UPDATE saved_search SET widen_told_at = $2 WHERE id = $1 AND widen_told_at IS NULL"
            " RETURNING member, asked",
            search,
            now(),
        )
        if told:
            path, about = f"/moi/recherches/{search}", name_of(told["asked"])
            await notify(told["member"], Topic.search_dry, thing=search, about=about, path=path)


_DRY = """
SELECT s.id FROM saved_search s JOIN member m ON m.id = s.member
WHERE s.widen_told_at IS NULL AND s.pace <> 'paused' AND s.changed_at <= $1
    AND (s.on_or_before IS NULL OR s.on_or_before >= ($2 AT TIME ZONE 'Europe/Paris')::date)
    AND (m.suspended_until IS NULL OR m.suspended_until <= $2)
    AND NOT EXISTS (SELECT FROM search_alert a WHERE a.member = s.member AND s.id = ANY(a.searches) AND a.found_at > $1)
ORDER BY s.member, s.id
"""


def wider(filters: Filters) -> list[tuple[str, Filters]]:
    """What could be asked for instead, in words, and the filters then."""
    return list(islice(_ways(filters), MOST))


def _ways(filters: Filters) -> Iterator[tuple[str, Filters]]:
    if further := [km for km in RADII if filters.rayon and km > filters.rayon]:
        yield f"Jusqu’à {further[0]} km", msgspec.structs.replace(filters, rayon=further[0])
    for words, without in in_words(filters):
        if narrows(without):
            is_far = filters.rayon and not without.rayon
            yield "Sans limite de distance" if is_far else f"Sans « {words.strip('« »')} »", without
