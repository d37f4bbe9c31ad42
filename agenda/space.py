"""A member's own space: what waits for them, the days to come, their ads."""

from datetime import timedelta
from typing import Any

from agenda.entries import entries_of
from agenda.waiting import what_waits
from listings.own_ads import SHELF, Shelf, ads_on, shelves_of
from members.me import Me
from places.zones import today_in

WAITS_SHOWN = 12
DAYS_AHEAD = timedelta(days=6)
ENTRIES_SHOWN = 6


async def space_of(me: Me, wanted: str | None) -> dict[str, Any]:
    """`wanted` names the shelf of their ads to show. Seven queries at most."""
    today = today_in(me.place.department)
    counts = await shelves_of(me.id)
    shelf = _shelf(wanted, counts)
    entries = await entries_of(me, today, today + DAYS_AHEAD)
    return {
        "waiting": await what_waits(me, most=WAITS_SHOWN),
        "shelf": shelf,
        "shelves": [(SHELF[one], f"/mon-espace?annonces={one}#annonces", one is shelf, counts[one]) for one in Shelf],
        "ads": await ads_on(me.id, shelf) if counts[shelf] else [],
        "ads_left": counts[shelf],
        "has_ads": any(counts.values()),
        "entries": entries[:ENTRIES_SHOWN],
        "entries_left": max(0, len(entries) - ENTRIES_SHOWN),
    }


def _shelf(wanted: str | None, counts: dict[Shelf, int]) -> Shelf:
    """The one asked for, or the first that holds something."""
    if wanted in set(Shelf):
        return Shelf(wanted)
    return next((shelf for shelf in Shelf if counts[shelf]), Shelf.online)
