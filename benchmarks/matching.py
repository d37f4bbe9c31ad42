"""`make bench-matching`: the search for everybody and after one change, with 5,000 and 50,000 homes in PostgreSQL.

Writes benchmarks/RESULTS-MATCHING.md. What the community is made of stands in benchmarks/homes_crowd.py. Nothing is
proposed: how long that takes is the protocol's matter, and it is done once for each exchange.
"""

import asyncio
import os
import platform
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

os.environ.setdefault("STATE_DIR", tempfile.mkdtemp(prefix="entraide-bench-"))

import numpy as np

from app import database
from app.database import transaction
from app.migrating import migrate
from benchmarks.homes_crowd import settle
from exchanges.matching import following, reading
from exchanges.matching.apart import searched
from exchanges.matching.everybody import rows_of
from exchanges.matching.fit import calendar
from exchanges.matching.graph import build
from exchanges.matching.keeping import keep_all
from exchanges.matching.searching import Found, search

RESULTS = Path(__file__).parent / "RESULTS-MATCHING.md"
SIZES = {5_000: 10.0, 50_000: 120.0}
"""Homes, and the seconds a search for everybody may take."""
CHANGE = 500.0
"""Milliseconds after one change, at most."""
CHANGES = 60


@dataclass(frozen=True)
class Measured:
    homes: int
    seconds: float
    changes: list[float]
    fits: int
    kept: int
    possible: int
    compared: list[Found]


async def measured(homes: int) -> Measured:
    await _empty()
    await settle(homes)
    began = perf_counter()
    async with transaction():
        await reading.refresh()
    e = await reading.entrants()
    apart = rows_of(e, await reading.away_from_each_other())
    found = await searched(e, await reading.free(e.ids), apart, await reading.dislikes(e))
    await keep_all(e, found)
    seconds = perf_counter() - began
    await database.script("VACUUM ANALYZE match_entrant, match_fit")
    weeks, free = calendar(e), np.ones(len(e), np.bool_)
    graph = build(e, weeks)
    return Measured(
        homes=homes,
        seconds=seconds,
        changes=await _changes(),
        fits=int(graph.wants.sum()),
        kept=len(found.guest),
        possible=int(((graph.wants > 0) & (graph.wanted_by > 0)).sum()),
        compared=[search(e, weeks, graph, free, longest=longest) for longest in (2, 3, 4)],
    )


async def _changes() -> list[float]:
    """Milliseconds of a search after one change, its proposal left out as it is in the search for everybody."""
    members = await database.rows("SELECT member FROM match_entrant ORDER BY hashint8(exchanger) LIMIT $1", CHANGES)
    spent = []
    for row in members:
        began = perf_counter()
        async with transaction():
            await following.offers_of(row["member"])
        spent.append((perf_counter() - began) * 1000)
    return spent


async def _empty() -> None:
    await database.script("TRUNCATE member, exchanger, listing CASCADE")


def _report(results: list[Measured]) -> str:
    lines = [
        "# Matching homes",
        "",
        f"Written by `make bench-matching` on {date.today():%Y-%m-%d}; {os.cpu_count()} cores, Python"  # noqa: DTZ011
        f" {platform.python_version()}, embedded PostgreSQL. The community is drawn by lot (benchmarks/homes_crowd.py):"
        " homes where people live, wishes where people go, weeks mostly of holidays, one member in two for loops.",
        "",
        "| what | measured | goal | reached |",
        "|---|---|---|---|",
    ]
    for one in results:
        goal = SIZES[one.homes]
        lines.append(
            f"| {one.homes:,} homes, search for everybody: read, compared, chosen, kept | {one.seconds:.1f} s |"
            f" < {goal:.0f} s | {_mark(one.seconds < goal)} |"
        )
    for one in results:
        worst = quantiles(one.changes, n=20)[-1]
        lines.append(
            f"| {one.homes:,} homes, after one change | p50 {median(one.changes):.0f} ms, p95 {worst:.0f} ms,"
            f" worst {max(one.changes):.0f} ms | < {CHANGE:.0f} ms | {_mark(max(one.changes) < CHANGE)} |"
        )
    lines += [
        "",
        "Households served, of the same community, by what may be proposed. No choice among the exchanges looked at"
        " could serve more than the bound. At best could be served who fits some home and whose home fits somebody.",
        "",
        "| homes | could be served at best | pairs only | bound | and loops of 3 | bound | and loops of 4 | bound |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        cells = " | ".join(f"{found.served:,} | {found.bound:,}" for found in one.compared)
        lines.append(f"| {one.homes:,} | {one.possible:,} | {cells} |")
    lines += ["", "How far from the bound, and what the choice is made of:", ""]
    for one in results:
        last = one.compared[-1]
        sizes = np.bincount(last.exchanges.size, minlength=5)
        lines.append(
            f"- {one.homes:,} homes: {one.fits:,} fits, {one.kept:,} kept; {last.looked_at:,} exchanges looked at;"
            f" {sizes[2]:,} pairs, {sizes[3]:,} loops of three, {sizes[4]:,} of four;"
            f" {1 - last.served / max(last.bound, 1):.2%} below the bound,"
            f" {'exact' if last.exact else 'not proved best'}."
        )
    return "\n".join([*lines, ""])


def _mark(reached: bool) -> str:
    return "yes" if reached else "**no**"


async def measure() -> list[Measured]:
    await migrate()
    async with database.connection_pool():
        return [await measured(homes) for homes in SIZES]


def main() -> None:
    report = _report(asyncio.run(measure()))
    RESULTS.write_text(report)
    print(report)


if __name__ == "__main__":
    main()
