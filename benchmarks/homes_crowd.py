"""A large community that exchanges homes, drawn by lot: numbers, not people.

Homes stand where people live; wishes go where people go: to the sea, the mountains, Paris, overseas. Weeks are mostly
those of school holidays. The shares are guesses, written here in one place; what they come to is in the report.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np

from app import database
from exchanges.kinds import Scope, Setting
from exchanges.matching import ring
from places.communes import place_at, table

COAST = "06 11 13 14 17 22 2A 2B 29 30 33 34 35 40 44 50 56 59 62 64 66 76 80 83 85 971 972 973 974 976".split()
HIGH = "04 05 06 09 2A 2B 25 31 38 39 63 64 65 66 73 74 88 15 974".split()
LOVED = {**dict.fromkeys(COAST, 6.0), **dict.fromkeys(HIGH, 4.0), "75": 14.0, "83": 9.0, "06": 9.0, "33": 8.0}
"""How often a department is wished for, beside 1 for the others."""
SUMMER = tuple(range(26, 36))
OTHERS = (42, 43, 51, 52, 7, 8, 9, 15, 16, 17, 19)
"""ISO weeks of holidays, of all zones together."""
_JOIN = """
INSERT INTO member (id, email, password_hash, first_name, commune, joined_at, confirmed_at, trusted_at)
SELECT id, id || '@banc.test', '', 'Anne', commune, now(), now(), now()
FROM unnest($1::uuid[], $2::text[]) AS given(id, commune)
"""
_HOMES = """
INSERT INTO listing (id, author, category, status, title, body, details, commune, department, region, latitude,
    longitude, photos, created_at, updated_at, published_at, expires_at)
SELECT gen_random_uuid(), member, 'home', 'published', 'Un logement', 'Un logement clair.', details::jsonb, commune,
    department, region, lat, lon, '{}', now(), now(), now(), now() + interval '200 days'
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::real[], $7::real[])
    AS given(member, details, commune, department, region, lat, lon)
"""
_EXCHANGE = """
INSERT INTO exchanger (member, party_size, needs, ways, least_weeks, most_weeks, give_or_take, waits_since, changed_at)
SELECT member, party, string_to_array(needs, ' '), string_to_array(ways, ' '), least, most, give, since, now()
FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::smallint[],
    $8::timestamptz[]) AS given(member, party, needs, ways, least, most, give, since)
"""
_WEEKS = """
INSERT INTO planned_week (exchanger, saturday, home_free, can_travel)
SELECT e.id, saturday, home_free, can_travel
FROM unnest($1::uuid[], $2::date[], $3::boolean[], $4::boolean[]) AS given(member, saturday, home_free, can_travel)
    JOIN exchanger e USING (member)
ON CONFLICT DO NOTHING
"""
_WISHES = """
INSERT INTO wish (exchanger, place, scope, area, km, setting)
SELECT e.id, place, scope, area, km, setting
FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::smallint[], $6::text[])
    AS given(member, place, scope, area, km, setting) JOIN exchanger e USING (member)
"""


async def settle(homes: int, seed: int = 7) -> None:
    """So many members with a home, and one in twenty more who only wants to be hosted."""
    chance = np.random.default_rng(seed)
    count = homes + homes // 20
    members = [UUID(bytes=chance.bytes(16), version=4) for _ in range(count)]
    where = _communes(chance, count)
    party = chance.choice(np.arange(1, 7), count, p=[0.1, 0.34, 0.18, 0.24, 0.1, 0.04])
    for at in range(0, count, 20_000):
        rows = range(at, min(at + 20_000, count))
        await database.execute(_JOIN, [members[row] for row in rows], [where[row].code for row in rows])
        lent = [row for row in rows if row < homes]
        await database.execute(
            _HOMES,
            [members[row] for row in lent],
            [_sheet(chance, where[row].code, where[row].department, int(party[row])) for row in lent],
            [where[row].code for row in lent],
            [where[row].department for row in lent],
            [where[row].region for row in lent],
            [where[row].lat for row in lent],
            [where[row].lon for row in lent],
        )
        await _say(chance, [members[row] for row in rows], [int(party[row]) for row in rows], max(homes - at, 0))
    await database.script("VACUUM ANALYZE member, listing, exchanger, planned_week, wish")


async def _say(chance: np.random.Generator, members: list[UUID], party: list[int], homes: int) -> None:
    least = chance.choice([1, 2], len(members), p=[0.7, 0.3])
    now = datetime.now(UTC)
    await database.execute(
        _EXCHANGE,
        members,
        party,
        [_some(chance, {"step_free": 0.04, "pets": 0.15, "no_smoking": 0.35}) for _ in members],
        [_ways(chance, place < homes) for place in range(len(members))],
        least.tolist(),
        (least + chance.choice([0, 1, 2], len(members), p=[0.3, 0.5, 0.2])).tolist(),
        chance.choice([0, 1, 2], len(members), p=[0.6, 0.3, 0.1]).tolist(),
        [now - timedelta(days=float(days)) for days in chance.exponential(60, len(members))],
    )
    weeks = [(member, *week) for member in members for week in _weeks(chance)]
    await database.execute(_WEEKS, *map(list, zip(*weeks, strict=True)))
    wishes = [(member, place, *wish) for member in members for place, wish in enumerate(_wishes(chance))]
    await database.execute(_WISHES, *map(list, zip(*wishes, strict=True)))


def _communes(chance: np.random.Generator, count: int) -> list:
    people = np.array(table().populations, float)
    return [place_at(int(row)) for row in chance.choice(len(people), count, p=people / people.sum())]


def _sheet(chance: np.random.Generator, commune: str, department: str, party: int) -> str:
    people = table().populations[table().rows[commune]]
    around = {
        "sea": 0.5 if department in COAST else 0.0,
        "mountain": 0.45 if department in HIGH else 0.0,
        "countryside": 0.8 if people < 5_000 else 0.05,
        "town": 0.95 if people > 20_000 else 0.2,
    }
    settings = ", ".join(f'"{one}"' for one in _some(chance, around).split())
    sleeps = max(1, party + int(chance.choice([-1, 0, 1, 2, 3, 4], p=[0.05, 0.2, 0.2, 0.3, 0.15, 0.1])))
    return (
        f'{{"home_kind": "house", "sleeps": {sleeps}, "occupancy": "owner", "settings": [{settings}],'
        f' "access": [{_maybe(chance, 0.25, chr(34) + "step_free" + chr(34))}],'
        f' "pets_welcome": {_maybe(chance, 0.35, "true") or "false"},'
        f' "smoking": {_maybe(chance, 0.1, "true") or "false"}}}'
    )


def _maybe(chance: np.random.Generator, share: float, text: str) -> str:
    return text if chance.random() < share else ""


def _some(chance: np.random.Generator, shares: dict[str, float]) -> str:
    return " ".join(one for one, share in shares.items() if chance.random() < share)


def _ways(chance: np.random.Generator, has_home: bool) -> str:
    if not has_home:
        return "hosted"
    return _some(chance, {"other_weeks": 0.4, "loop": 0.55, "hosting": 0.12, "hosted": 0.2})


def _weeks(chance: np.random.Generator) -> list[tuple[date, bool, bool]]:
    """One to three times of one to four weeks; the home is mostly free when its people are away."""
    found: dict[date, tuple[date, bool, bool]] = {}
    first = ring.saturday(ring.first_week())
    for _ in range(int(chance.choice([1, 2, 3], p=[0.35, 0.4, 0.25]))):
        week = int(chance.choice(SUMMER if chance.random() < 0.6 else OTHERS))
        start = date.fromisocalendar(first.year + 1, week, 6)
        start += timedelta(weeks=int(chance.integers(0, 2)) if week in SUMMER else 0)
        sort = chance.random()
        for place in range(int(chance.choice([1, 2, 3, 4], p=[0.3, 0.35, 0.2, 0.15]))):
            saturday = start + timedelta(weeks=place)
            found.setdefault(saturday, (saturday, sort < 0.88, sort < 0.76 or sort > 0.88))
    return list(found.values())


def _wishes(chance: np.random.Generator) -> list[tuple[str, str | None, int | None, str | None]]:
    return [_wish(chance) for _ in range(int(chance.choice([1, 2, 3, 4, 5], p=[0.25, 0.3, 0.22, 0.13, 0.1])))]


def _wish(chance: np.random.Generator) -> tuple[str, str | None, int | None, str | None]:
    sort = chance.random()
    setting = Setting.sea.value if chance.random() < 0.6 else str(chance.choice(["mountain", "countryside", "town"]))
    if sort < 0.04:
        return Scope.overseas.value, None, None, None
    if sort < 0.14:
        return Scope.anywhere.value, None, None, setting
    if sort < 0.17:
        return Scope.anywhere.value, None, None, None
    row = int(chance.choice(len(_LOVES), p=_LOVES))
    narrowed = setting if chance.random() < 0.15 else None
    place = place_at(row)
    if sort < 0.37:
        return Scope.region.value, place.region, None, narrowed
    if sort < 0.62:
        return Scope.department.value, place.department, None, narrowed
    return Scope.commune.value, place.code, int(chance.choice([15, 25, 40, 60])), None


def _loves() -> np.ndarray:
    rows = range(len(table().codes))
    weights = np.array([table().populations[row] ** 0.5 * LOVED.get(place_at(row).department, 1.0) for row in rows])
    return weights / weights.sum()


_LOVES = _loves()
