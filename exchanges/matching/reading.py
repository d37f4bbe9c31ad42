"""Exchangers read from the database: kept as numbers in `match_entrant`, then as columns."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import numpy as np

from app import database
from app.dates import now
from exchanges.kinds import Need, Reason, Scope, Setting, Way
from exchanges.matching.entrants import (
    NEED_BIT,
    OVERSEAS,
    SCOPES,
    SETTING_BIT,
    WAY_BIT,
    Entrants,
    Ints,
    numbered,
    on_sphere,
    point,
)
from exchanges.matching.putting import People
from exchanges.matching.ring import aligned, first_week
from exchanges.swaps.free import in_a_match
from places.distance import EARTH_KM

DAYS_OF_A_DECLINE = 180
"""For so long a home is not proposed again to who declined it."""


def _bits(conditions: dict[str, int]) -> str:
    return " + ".join(f"CASE WHEN {condition} THEN {bit} ELSE 0 END" for condition, bit in conditions.items())


def _weeks(column: str, place: str) -> str:
    return f"coalesce(bit_or(1::bigint << ({place})) FILTER (WHERE {column}), 0)"


_ALLOWS = {
    "h.details->'access' ? 'step_free'": NEED_BIT[Need.step_free],
    "(h.details->>'pets_welcome')::boolean": NEED_BIT[Need.pets],
    "h.id IS NOT NULL AND (h.details->>'smoking')::boolean IS NOT TRUE": NEED_BIT[Need.no_smoking],
}
_SETTINGS = _bits({f"h.details->'settings' ? '{one}'": SETTING_BIT[one] for one in Setting})
_NEEDS = _bits({f"'{one}' = ANY(e.needs)": NEED_BIT[one] for one in Need})
_WAYS = _bits({f"'{one}' = ANY(e.ways)": WAY_BIT[one] for one in Way})
# Weeks held by a swap that everybody accepted are not offered again. The number of a week: exchanges.matching.ring.
_NOTED = f"""
SELECT {_weeks("home_free AND n < 64", "n % 64")} AS free_low, {_weeks("home_free AND n >= 64", "n % 64")} AS free_high,
    {_weeks("can_travel AND n < 64", "n % 64")} AS away_low, {_weeks("can_travel AND n >= 64", "n % 64")} AS away_high
FROM (SELECT home_free, can_travel, (saturday - DATE '2000-01-01') / 7 % 128 AS n FROM planned_week
    WHERE exchanger = e.id AND saturday >= DATE '2000-01-01' + $1::int * 7 AND NOT EXISTS (SELECT FROM engagement g
        WHERE g.exchanger = e.id AND g.first < saturday + 7 AND g.last > saturday)) AS noted
"""
# Weeks beside those that are held would reach into them: who is held somewhere is matched in the weeks they noted.
_GIVE_OR_TAKE = """
CASE WHEN EXISTS (SELECT FROM engagement g WHERE g.exchanger = e.id AND g.last > DATE '2000-01-01' + $1::int * 7)
    THEN 0 ELSE e.give_or_take END
"""
_NUMBERS = ("member home latitude longitude department region settings allows sleeps party_size needs ways least_weeks"
    " most_weeks give_or_take free_low free_high away_low away_high waits_since").split()  # fmt: skip
_REFRESH = f"""
INSERT INTO match_entrant (exchanger, {", ".join(_NUMBERS)}, wanted_by, wants)
SELECT e.id, e.member, h.id, h.latitude, h.longitude, h.department, h.region, {_SETTINGS}, {_bits(_ALLOWS)},
    coalesce((h.details->>'sleeps')::int, 0), e.party_size, {_NEEDS}, {_WAYS},
    e.least_weeks, e.most_weeks, {_GIVE_OR_TAKE}, free_low, free_high, away_low, away_high, e.waits_since, 0, 0
FROM exchanger e JOIN member m ON m.id = e.member
LEFT JOIN listing h ON h.author = e.member AND h.category = 'home' AND h.status = 'published'
    AND h.expires_at > clock_timestamp() AND h.latitude IS NOT NULL AND h.region IS NOT NULL,
LATERAL ({_NOTED}) noted
WHERE {{those}} AND e.paused_at IS NULL AND coalesce(m.suspended_until <= clock_timestamp(), TRUE)
ORDER BY e.id
ON CONFLICT (exchanger) DO UPDATE SET ({", ".join(_NUMBERS)}) = ({", ".join(f"excluded.{one}" for one in _NUMBERS)})
RETURNING exchanger
"""
_FORGET = """
DELETE FROM match_entrant e
WHERE {those} AND NOT EXISTS (SELECT FROM unnest($1::bigint[]) AS still WHERE still = exchanger)
"""
_READ = """
SELECT array_agg(exchanger) AS ids, array_agg(latitude) AS latitude, array_agg(longitude) AS longitude,
    array_agg(department) AS department, array_agg(region) AS region, array_agg(settings) AS settings,
    array_agg(allows) AS allows, array_agg(sleeps) AS sleeps, array_agg(party_size) AS party, array_agg(needs) AS needs,
    array_agg(ways) AS ways, array_agg(least_weeks) AS least, array_agg(most_weeks) AS most,
    array_agg(give_or_take) AS give, array_agg(free_low) AS free_low, array_agg(free_high) AS free_high,
    array_agg(away_low) AS away_low, array_agg(away_high) AS away_high,
    array_agg(extract(epoch FROM waits_since)::bigint) AS since
FROM (SELECT * FROM match_entrant WHERE {those} ORDER BY exchanger) AS e
"""
_WISHES = """
SELECT array_agg(exchanger) AS exchanger, array_agg(scope) AS scope, array_agg(area) AS area, array_agg(km) AS km,
    array_agg(setting) AS setting
FROM (SELECT w.* FROM wish w JOIN match_entrant USING (exchanger) WHERE {those} ORDER BY exchanger, place) AS w
"""


async def refresh(members: Iterable[UUID] | None = None) -> list[int]:
    """Keeps what these members, or all, now say of themselves; answers the exchangers among them who may be matched."""
    those = "TRUE" if members is None else "e.member = ANY($2::uuid[])"
    given = [] if members is None else [list(members)]
    found = await database.rows(_REFRESH.format(those=those), first_week(), *given)
    ids = [row["exchanger"] for row in found]
    await database.execute(_FORGET.format(those=those), ids, *given)
    return ids


async def entrants(ids: Iterable[int] | None = None) -> Entrants:
    """The rows kept of these exchangers, or of all."""
    those = "TRUE" if ids is None else "exchanger = ANY($1::bigint[])"
    given = [] if ids is None else [list(ids)]
    row = await database.row(_READ.format(those=those), *given)
    wishes = await database.row(_WISHES.format(those=those), *given)
    assert row is not None and wishes is not None  # noqa: S101 - aggregates always answer
    return _columns(_lists(row), _lists(wishes))


def _lists(row: Any) -> dict[str, list[Any]]:
    return {name: found or [] for name, found in row.items()}


def _columns(row: dict[str, list[Any]], wishes: dict[str, list[Any]]) -> Entrants:
    numbers, first = numbered(), first_week()

    def column(name: str, kind: type) -> Ints:
        return np.array(row[name], kind)

    since = column("since", np.int64)
    at = [point(area) if area and scope == Scope.commune else (-90.0, 0.0) for area, scope in _places(wishes)]
    return Entrants(
        ids=column("ids", np.int64),
        at=on_sphere(*(np.array([one or 0.0 for one in row[name]]) for name in ("latitude", "longitude"))),
        department=np.array([numbers[f"d{code}"] if code else -1 for code in row["department"]], np.int16),
        region=np.array([numbers[f"r{code}"] if code else -1 for code in row["region"]], np.int16),
        overseas=np.array([len(code or "") == OVERSEAS for code in row["department"]], np.bool_),
        settings=column("settings", np.uint8),
        allows=column("allows", np.uint8),
        sleeps=column("sleeps", np.int16),
        party=column("party", np.int16),
        needs=column("needs", np.uint8),
        ways=column("ways", np.uint8),
        least=column("least", np.int8),
        most=column("most", np.int8),
        give=column("give", np.int8),
        free=aligned(column("free_low", np.int64), column("free_high", np.int64), first),
        away=aligned(column("away_low", np.int64), column("away_high", np.int64), first),
        waited=np.maximum(now().timestamp() - since, 0) / 86_400,
        wishes_from=np.searchsorted(np.array(wishes["exchanger"], np.int64), [*row["ids"], 2**62]),
        wish_scope=np.array([SCOPES.index(Scope(one)) for one in wishes["scope"]], np.int8),
        wish_area=np.array([_area(numbers, scope, area) for area, scope in _places(wishes)], np.int16),
        wish_at=on_sphere(*np.array(at, float).reshape(-1, 2).T),
        wish_reach=(2 * np.sin(np.array([km or 0 for km in wishes["km"]], float) / EARTH_KM / 2)) ** 2,
        wish_setting=np.array([SETTING_BIT[Setting(one)] if one else 0 for one in wishes["setting"]], np.uint8),
    )


def _places(wishes: dict[str, list[Any]]) -> Iterable[tuple[str | None, str]]:
    return zip(wishes["area"], wishes["scope"], strict=True)


def _area(numbers: dict[str, int], scope: str, area: str | None) -> int:
    """-1, which no home has among those that are published, for a wish that is of no department or region."""
    return numbers.get(f"{scope[0]}{area}", -1) if scope in (Scope.department, Scope.region) else -1


async def away_from_each_other(ids: Iterable[int] | None = None) -> list[tuple[int, int]]:
    """Guests and hosts, as exchangers, whom a block or a home declined lately keeps apart: of these, or of all."""
    those = "TRUE" if ids is None else "(g.id = ANY($1::bigint[]) OR h.id = ANY($1::bigint[]))"
    found = await database.rows(
        f"""
        SELECT g.id AS guest, h.id AS host FROM block b JOIN exchanger g ON g.member IN (b.blocker, b.blocked)
            JOIN exchanger h ON h.member IN (b.blocker, b.blocked) AND h.id <> g.id WHERE {those}
        UNION
        SELECT g.id, h.id FROM home_declined d JOIN exchanger g ON g.id = d.exchanger JOIN listing l ON l.id = d.home
            JOIN exchanger h ON h.member = l.author
        WHERE {those} AND d.declined_at > clock_timestamp() - interval '{DAYS_OF_A_DECLINE} days'
        """,
        *([] if ids is None else [list(ids)]),
    )
    return [(row["guest"], row["host"]) for row in found]


async def dislikes(e: Entrants) -> Ints:
    """What these entrants said when they declined a home lately, as lines for exchanges.matching.fit.lowered."""
    found = await database.rows(
        f"""
        SELECT d.exchanger, d.reason, l.department, coalesce((l.details->>'sleeps')::int, 0) AS sleeps
        FROM home_declined d JOIN listing l ON l.id = d.home
        WHERE d.exchanger = ANY($1::bigint[]) AND d.reason IN ('place', 'size') AND l.department IS NOT NULL
            AND d.declined_at > clock_timestamp() - interval '{DAYS_OF_A_DECLINE} days'
        ORDER BY d.id
        """,
        e.ids.tolist(),
    )
    lines = [
        (
            int(np.searchsorted(e.ids, row["exchanger"])),
            numbered()[f"d{row['department']}"] if row["reason"] == Reason.place else -1,
            row["sleeps"] if row["reason"] == Reason.size else 0,
        )
        for row in found
    ]
    return np.array(lines, np.int64).reshape(-1, 3)


async def free(ids: Ints) -> Ints:
    """Which of these exchangers, in their order, nothing the server found keeps waiting."""
    held = await database.rows(
        f"SELECT e.id FROM exchanger e WHERE e.id = ANY($1::bigint[]) AND {in_a_match('e.member')}", ids.tolist()
    )
    return ~np.isin(ids, [row["id"] for row in held])


async def people(ids: Ints) -> People:
    """Who these exchangers are, in their order, as kept in `match_entrant`."""
    row = await database.row(
        "SELECT array_agg(member) AS members, array_agg(home) AS homes"
        " FROM (SELECT member, home FROM match_entrant WHERE exchanger = ANY($1::bigint[]) ORDER BY exchanger) AS e",
        ids.tolist(),
    )
    assert row is not None  # noqa: S101 - an aggregate always answers
    return People(row["members"] or [], row["homes"] or [])


async def degrees(ids: Ints) -> tuple[Ints, Ints]:
    """How many fit the home of each of these exchangers, in their order, and how many homes fit each."""
    found = await database.rows(
        "SELECT wanted_by, wants FROM match_entrant WHERE exchanger = ANY($1::bigint[]) ORDER BY exchanger",
        ids.tolist(),
    )
    columns = np.array([(row["wanted_by"], row["wants"]) for row in found], np.int32).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]
