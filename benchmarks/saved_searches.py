"""One new ad against 100,000 saved searches: whom it is for, found and noted in one statement of PostgreSQL.

Prints p50, p95 and worst in milliseconds, and how many each ad was for.
"""

import asyncio
import os
import tempfile
from random import Random
from statistics import mean, median, quantiles
from time import perf_counter
from typing import Any
from uuid import UUID

os.environ.setdefault("STATE_DIR", tempfile.mkdtemp(prefix="entraide-bench-"))

from app import database
from app.demo_crowd.loading import gather
from app.migrating import migrate
from listings.kinds import ADS as CATEGORIES
from listings.kinds import Kind
from listings.reading.filters import Filters
from members.me import Me
from search.saved.criteria import Criteria
from search.saved.deriving import as_kept, criteria
from search.saved.matching import match
from search.words.forms import DATA

SEARCHES, MEMBERS, ADS = 100_000, 20_000, 2_000
TRIED = 500
GOAL = 50.0  # ms
WORDS = [line for line in (DATA / "searches.txt").read_text("utf-8").splitlines() if line]


async def measured(searches: int = SEARCHES, members: int = MEMBERS, ads: int = ADS) -> dict[str, float]:
    """Milliseconds of one ad's match, and how many members it was for."""
    await migrate()
    async with database.connection_pool():
        await database.execute(_BODY)
        await gather(members, ads)
        await save_many(searches)
        found = await database.rows("SELECT id FROM listing WHERE status = 'published' ORDER BY id LIMIT $1", TRIED)
        for row in found[:10]:
            await match(row["id"])
        await database.execute("DELETE FROM search_alert")
        await database.execute("VACUUM ANALYZE search_alert")
        spent, told = [], []
        for row in found:
            began = perf_counter()
            told.append(await match(row["id"]))
            spent.append((perf_counter() - began) * 1000)
    return {
        "p50": median(spent),
        "p95": quantiles(spent, n=20)[-1],
        "p99": quantiles(spent, n=100)[-1],
        "worst": max(spent),
        "told": mean(told),
        "told at most": float(max(told)),
    }


async def save_many(how_many: int) -> None:
    """Searches of the crowd's members: two thirds with words, most near home, the rest by category and place."""
    if await database.value("SELECT count(*) FROM saved_search") >= how_many:
        return  # of a run that was interrupted
    chance = Random(7)
    members = await database.rows("SELECT id, commune FROM member ORDER BY id")
    kept: dict[tuple[str, str], Criteria] = {}
    rows: dict[tuple[UUID, str], tuple[Any, ...]] = {}
    while len(rows) < how_many:
        member = members[chance.randrange(len(members))]
        filters = _filters(chance, member["commune"])
        asked = as_kept(filters)
        known = (asked, member["commune"] if filters.rayon else "")
        if known not in kept:
            kept[known] = criteria(_me(member), filters, both_places=False)
        made = kept[known]
        pace = chance.choice(("at_once", "daily", "weekly"))
        rows[member["id"], asked] = (member["id"], asked, pace, list(made.keys), made.wanted, *_circles(made))
    given = list(rows.values())
    for start in range(0, len(given), 5_000):
        await database.execute(_INSERT, *_columns(given[start : start + 5_000]))
    for table in ("saved_search", "search_document", "member"):
        await database.execute(f"VACUUM ANALYZE {table}")


def _filters(chance: Random, home: str) -> Filters:
    where = chance.random()
    place: dict[str, Any] = {}
    if where < 0.55:
        place = {"rayon": chance.choice((10, 25, 25, 50))}
    elif where < 0.75:
        place = {"departement": home[:3] if home.startswith("97") else home[:2]}
    if chance.random() < 0.66:
        return Filters(q=chance.choice(WORDS), **place)
    return Filters(categorie=chance.choice(CATEGORIES), **(place or {"type": Kind.offer, "rayon": 100}))


def _me(member: Any) -> Me:
    return Me(
        id=member["id"],
        session=member["id"],
        first_name="",
        commune=member["commune"],
        is_trusted=True,
        is_moderator=False,
        is_administrator=False,
        categories=(),
        departments=(),
        unread_messages=0,
        unread_notifications=0,
    )


def _circles(made: Criteria) -> tuple[Any, ...]:
    """One circle at most, as numbers: arrays of arrays would have to be all of one length."""
    return (made.lats or (None,))[0], (made.lons or (None,))[0], (made.kms or (None,))[0]


def _columns(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    columns[3] = ["\x1f".join(keys) for keys in columns[3]]
    return columns


_BODY = "INSERT INTO body (name, kind, created_at) VALUES ('Banc', 'employer', now()) ON CONFLICT DO NOTHING"
_INSERT = """
INSERT INTO saved_search (member, asked, pace, keys, wanted, lats, lons, kms, saved_at, changed_at, derived_with)
SELECT g.member, g.asked, g.pace, string_to_array(g.keys, E'\\x1f'), nullif(g.wanted, '')::tsquery,
    CASE WHEN g.km IS NULL THEN '{}' ELSE ARRAY[g.lat] END, CASE WHEN g.km IS NULL THEN '{}' ELSE ARRAY[g.lon] END,
    CASE WHEN g.km IS NULL THEN '{}' ELSE ARRAY[g.km] END, now() - interval '1 year', now() - interval '1 year', ''
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::float8[])
    AS g(member, asked, pace, keys, wanted, lat, lon, km)
"""


def main() -> None:
    out = asyncio.run(measured())
    said = ", ".join(f"{name} {value:.1f}" for name, value in out.items())
    print(f"one ad against {SEARCHES:,} saved searches: {said}")


if __name__ == "__main__":
    main()
