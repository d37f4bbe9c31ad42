"""Around one exchanger: whose homes may fit them and who may fit theirs, looked for by the database.

It only leaves out many who cannot fit; the rules themselves stand in exchanges.matching.fit, which judges the others.
"""

from app import database
from exchanges.matching.entrants import OVERSEAS, SETTING_BIT
from places.communes import commune, table
from places.distance import rows_around

LOOKED_AT = 3_000
"""Of those who may fit, drawn by lot when there are more: enough to keep a share of each sort."""
WIDEST_KM = 300
"""Of a wish."""
_BITS = " ".join(f"WHEN '{one}' THEN {bit}" for one, bit in SETTING_BIT.items())
_SETTING = f"CASE w.setting {_BITS} ELSE 0 END"
# As weeks may be a little earlier or later, who says so is judged whatever weeks they have.
_ABLE = """
guest.party_size <= host.sleeps AND (guest.needs & ~host.allows) = 0 AND (guest.give_or_take + host.give_or_take > 0
    OR (guest.away_low & host.free_low) <> 0 OR (guest.away_high & host.free_high) <> 0)
"""
_AROUND = f"({_SETTING} = 0 OR (host.settings & {_SETTING}) <> 0)"
_IN_AREA = f"""
(w.scope = 'anywhere' OR w.scope = 'region' AND w.area = host.region
    OR w.scope = 'department' AND w.area = host.department
    OR w.scope = 'overseas' AND length(host.department) = {OVERSEAS})
"""
# A box around the commune, a little larger than the circle: 111 km to a degree, and less of them eastwards.
_IN_BOX = """
(w.scope = 'commune' AND abs(host.latitude - box.lat) * 110 <= w.km + 1
    AND abs(host.longitude - box.lon) * 110 * cos(radians(least(abs(box.lat) + 3, 89))) <= w.km + 1)
"""
_LOT = f"ORDER BY hashint8(guest.exchanger # host.exchanger) LIMIT {LOOKED_AT}"
_HOSTS = f"""
SELECT host.exchanger FROM match_entrant guest JOIN match_entrant host ON host.exchanger <> guest.exchanger
WHERE guest.exchanger = $1 AND host.home IS NOT NULL AND {_ABLE} AND EXISTS (
    SELECT FROM wish w LEFT JOIN unnest($2::text[], $3::float8[], $4::float8[]) AS box(area, lat, lon) USING (area)
    WHERE w.exchanger = $1 AND {_AROUND} AND ({_IN_AREA} OR {_IN_BOX}))
{_LOT}
"""
_GUESTS = f"""
SELECT guest.exchanger FROM match_entrant host JOIN (
    SELECT DISTINCT w.exchanger FROM wish w JOIN match_entrant host ON host.exchanger = $1
        LEFT JOIN unnest($2::text[]) AS near(area) ON w.scope = 'commune' AND near.area = w.area
    WHERE {_AROUND} AND ({_IN_AREA} OR near.area IS NOT NULL)
) AS wishing ON wishing.exchanger <> host.exchanger
JOIN match_entrant guest ON guest.exchanger = wishing.exchanger
WHERE host.exchanger = $1 AND host.home IS NOT NULL AND {_ABLE}
{_LOT}
"""


async def perhaps_hosts(exchanger: int) -> list[int]:
    """Exchangers whose home may fit this one, ascending."""
    found = await database.rows("SELECT DISTINCT area FROM wish WHERE exchanger = $1 AND scope = 'commune'", exchanger)
    places = [(row["area"], here.lat, here.lon) for row in found if (here := commune(row["area"]))]
    boxes = [list(column) for column in zip(*places, strict=True)] or [[], [], []]
    return sorted(row["exchanger"] for row in await database.rows(_HOSTS, exchanger, *boxes))


async def perhaps_guests(exchanger: int) -> list[int]:
    """Exchangers whom the home of this one may fit, ascending: wishes around communes too far are left out."""
    row = await database.row("SELECT latitude, longitude FROM match_entrant WHERE exchanger = $1", exchanger)
    if row is None or row["latitude"] is None:
        return []
    widest = await database.value("SELECT max(km) FROM wish WHERE scope = 'commune'") or 0
    near = rows_around(row["latitude"], row["longitude"], min(widest, WIDEST_KM) + 1)
    areas = [table().codes[at] for at in near]
    return sorted(found["exchanger"] for found in await database.rows(_GUESTS, exchanger, areas))
