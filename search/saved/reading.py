"""The searches a member keeps, as their page shows them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from app import database, dates
from app.dates import now, today
from app.refusals import NotHere
from listings.reading.filters import Filters
from members.me import Me
from moving.places import places_of
from search.contract import Sort
from search.saved.deriving import filters_of
from search.saved.naming import words_of
from search.saved.paces import PACE, Pace

NOTHING_FOR = timedelta(days=30)
"""After so long without anything, a wider search is proposed."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One saved search. `found` counts the ads of the last thirty days."""

    id: UUID
    filters: Filters
    both_places: bool
    pace: Pace
    changed_at: datetime
    found: int
    last_at: datetime | None

    @property
    def name(self) -> str:
        return words_of(self.filters)

    @property
    def pace_text(self) -> str:
        return PACE[self.pace]

    @property
    def address(self) -> str:
        """The list, what appeared last first."""
        return msgspec.structs.replace(self.filters, tri=Sort.newest).address()

    @property
    def found_text(self) -> str:
        if not self.last_at:
            return "Rien trouvé pour l’instant"
        last = f"la dernière {dates.since(self.last_at)}"
        return (
            f"{self.found} annonce{'s' if self.found > 1 else ''} en trente jours, {last}"
            if self.found
            else last.capitalize()
        )

    @property
    def is_over(self) -> bool:
        """Its last day has passed: it will find nothing more."""
        return self.filters.au is not None and self.filters.au < today()

    @property
    def is_dry(self) -> bool:
        since = max(filter(None, (self.last_at, self.changed_at)))
        return self.pace is not Pace.paused and not self.is_over and since <= now() - NOTHING_FOR


async def searches_of(member: UUID) -> list[Kept]:
    """The latest first."""
    found = await database.rows(f"{_KEPT} ORDER BY s.saved_at DESC, s.id", member)
    return [_kept(row) for row in found]


async def own_search(member: UUID, search: UUID) -> Kept:
    """Raises NotHere when it is not theirs."""
    row = await database.row(f"{_KEPT} AND s.id = $2", member, search)
    if row is None:
        raise NotHere
    return _kept(row)


def has_a_choice_of_places(me: Me, filters: Filters) -> bool:
    """Whether distances could count from both of the member's places."""
    return len(places_of(me)) > 1 and filters.rayon is not None and filters.commune is None


def _kept(row: asyncpg.Record) -> Kept:
    given: dict[str, Any] = {**row}
    filters, pace = filters_of(given.pop("asked")), Pace(given.pop("pace"))
    return Kept(filters=filters, pace=pace, **given)


_KEPT = """
SELECT s.id, s.asked, s.both_places, s.pace, s.changed_at, coalesce(found.number, 0) AS found, found.last_at
FROM saved_search s LEFT JOIN (
    SELECT search, count(*) FILTER (WHERE a.found_at > now() - interval '30 days')::int AS number,
        max(a.found_at) AS last_at
    FROM search_alert a, unnest(a.searches) AS search WHERE a.member = $1 AND a.due_at IS NOT NULL GROUP BY search
) AS found ON found.search = s.id
WHERE s.member = $1
"""
