"""Who may be asked to be the host: near the lost home, willing, with their own home free on those days.

The same rules as for a match (exchanges/matching), on one guest: what a home offers, what the guest needs, blocks,
pauses, sanctions, days already held, homes the guest declined.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import asyncpg
import msgspec

from app import database
from members.visibility import not_blocked
from places.communes import commune
from places.distance import distance_km, within

NEAR_KM = 60
MOST_LOOKED_AT = 500
DECLINED_FOR = timedelta(days=180)


class Neighbour(msgspec.Struct, frozen=True):
    """`is_apart` from the guest, by a block: they are not asked, now or later."""

    host: UUID
    home: UUID
    km: float
    is_apart: bool


def saturdays(first: date, last: date) -> list[date]:
    """Those that begin the weeks a stay touches; `last` is the day it ends."""
    return list(_saturdays(first, last))


def _saturdays(first: date, last: date) -> Iterator[date]:
    saturday = first - timedelta(days=(first.weekday() - 5) % 7)
    while saturday < last:
        yield saturday
        saturday += timedelta(weeks=1)


async def neighbours(call: asyncpg.Record, most: int) -> list[Neighbour]:
    """The `most` nearest of them, not asked for this call yet and not waiting to answer another; before them, all whom
    a block keeps from the guest. `call` is a row of `hospitality_call`."""
    centre = commune(call["commune"])
    near = within(centre, NEAR_KM) if centre else ()
    weeks = saturdays(call["first"], call["last"])
    found = await database.rows(
        _NEIGHBOURS,
        call["id"],
        call["guest"],
        call["department"],
        list(near),
        weeks,
        len(weeks),
        call["first"],
        call["last"],
        DECLINED_FOR,
    )
    those = [Neighbour(row["host"], row["home"], _km(centre, row["commune"]), row["is_apart"]) for row in found]
    near_first = sorted(those, key=lambda one: (one.km, one.host))
    return [one for one in near_first if one.is_apart] + [one for one in near_first if not one.is_apart][:most]


def _km(centre: object, code: str) -> float:
    there = commune(code)
    return distance_km(centre, there) if centre and there else float(NEAR_KM)  # type: ignore[arg-type]


_NEIGHBOURS = f"""
SELECT l.author AS host, l.id AS home, l.commune, NOT {not_blocked("l.author", "$2::uuid")} AS is_apart
FROM listing l JOIN exchanger h ON h.member = l.author JOIN member m ON m.id = l.author
JOIN exchanger g ON g.member = $2
WHERE l.category = 'home' AND l.status = 'published' AND (l.department = $3 OR l.commune = ANY($4::text[]))
    AND h.ways @> ARRAY['hosting']::varchar[] AND h.paused_at IS NULL AND l.author <> $2
    AND (m.suspended_until IS NULL OR m.suspended_until <= now())
    AND (l.details->>'sleeps')::int >= g.party_size
    AND (NOT 'step_free' = ANY(g.needs) OR coalesce(l.details->'access', '[]') ? 'step_free')
    AND (NOT 'pets' = ANY(g.needs) OR coalesce((l.details->>'pets_welcome')::bool, FALSE))
    AND (NOT 'no_smoking' = ANY(g.needs) OR NOT coalesce((l.details->>'smoking')::bool, FALSE))
    AND (SELECT count(*) FROM planned_week w
        WHERE w.exchanger = h.id AND w.home_free AND w.saturday = ANY($5::date[])) = $6
    AND NOT EXISTS (SELECT FROM engagement n WHERE n.exchanger = h.id AND n.first < $8 AND n.last > $7)
    AND NOT EXISTS (SELECT FROM home_declined d
        WHERE d.exchanger = g.id AND d.home = l.id AND d.declined_at > now() - $9::interval)
    AND NOT EXISTS (SELECT FROM swap_party p JOIN stay t ON t.swap = p.swap JOIN hospitality_call c ON c.stay = t.id
        WHERE c.id = $1 AND p.member = l.author AND p.answer = 'withdrawn')
    AND NOT EXISTS (SELECT FROM hospitality_asked a WHERE a.call = $1 AND a.host = l.author)
    AND NOT EXISTS (SELECT FROM hospitality_asked a JOIN hospitality_call c ON c.id = a.call
        WHERE a.host = l.author AND a.said IS NULL AND c.closed_at IS NULL)
ORDER BY l.author LIMIT {MOST_LOOKED_AT}
"""
