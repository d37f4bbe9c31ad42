"""`make bench-search`: the search at 10,000, 100,000 and 1,000,000 ads, on Meilisearch and on the embedded engine.

    python -m benchmarks.search_scale [ads…]

One database grows; at each size each engine's index is built and asked. At the largest, changes flow and the index is
built again while members search. Writes benchmarks/RESULTS-SEARCH.md; a million ads take about an hour on two cores.
"""

import asyncio
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
TIMES, WARM = 120, 15
RESULTS = Path(__file__).parent / "RESULTS-SEARCH.md"
FOLDER = Path(os.environ.get("BENCH_DIR") or tempfile.mkdtemp(prefix="entraide-bench-"))
os.environ |= {"STATE_DIR": str(FOLDER), "TRUSTED_PROXIES": "1", "SEARCHES_PER_HOUR": "1000000"}

from app import database  # noqa: E402
from app.demo_crowd.loading import gather  # noqa: E402
from app.migrating import migrate  # noqa: E402
from app.postgres import database_url  # noqa: E402
from app.settings import settings  # noqa: E402
from benchmarks import meilisearch_server, processes  # noqa: E402
from benchmarks.meilisearch_server import megabytes  # noqa: E402
from benchmarks.search_engine import spread  # noqa: E402
from benchmarks.search_pages import Pages, ask, cookies  # noqa: E402
from benchmarks.search_questions import KINDS, addresses  # noqa: E402

Measured = dict[str, Any]
EMBEDDED, MEILISEARCH = "embedded", "Meilisearch"
MOST_GROWTH, MOST_ADDED, MOST_LATE = 1.5, 3.0, 2000.0


async def main(sizes: list[int]) -> None:
    database_url()  # this process owns the embedded server, the others inherit its address
    found: list[Measured] = []
    await migrate()
    try:
        for ads in sizes:
            loaded = await _load(ads)
            for engine in (MEILISEARCH, EMBEDDED):
                if engine == MEILISEARCH and not meilisearch_server.is_there():
                    continue
                at = await _measure(engine, ads, is_last=ads == sizes[-1])
                found.append(at | {"engine": engine, "ads": ads, "loaded a second": loaded})
                RESULTS.write_text(report(found))
                _say(engine, ads, "done")
    finally:
        if "BENCH_DIR" not in os.environ:
            shutil.rmtree(FOLDER, ignore_errors=True)
    print(report(found))


async def _load(ads: int) -> int:
    """How many a second were loaded, the rows of the search included."""
    async with database.connection_pool():
        began = perf_counter()
        added = await gather(0, ads)
        return round(added / (perf_counter() - began))


async def _measure(engine: str, ads: int, *, is_last: bool) -> Measured:
    async with _chosen(engine, ads) as (environment, index):
        _say(engine, ads, "building the index")
        began = perf_counter()
        await _python(
            environment, "-c", "from search.rebuilding import reindex; import asyncio; asyncio.run(reindex())"
        )
        at: Measured = {"indexed a second": round(ads / (perf_counter() - began)), "index MB": megabytes(index)}
        at["layer"] = json.loads(await _python(environment, "-m", "benchmarks.search_layer"))
        async with processes.site(**environment):
            members = await cookies()
            await _ready(members)
            at["pages"] = {kind: await _pages(kind, members) for kind in KINDS}
            if is_last:
                _say(engine, ads, "changing")
                at["following"] = json.loads(await _python(environment, "-m", "benchmarks.search_following"))
                _say(engine, ads, "building the index again while members search")
                at["rebuilding"] = await _rebuild(environment, members)
        return at


@asynccontextmanager
async def _chosen(engine: str, ads: int) -> AsyncIterator[tuple[dict[str, str], Path]]:
    """The environment of a site with this engine, and where its index is."""
    index = settings().index_dir
    if engine == EMBEDDED:
        try:
            yield {}, index
        finally:
            shutil.rmtree(index, ignore_errors=True)
        return
    async with meilisearch_server.server(FOLDER / f"meilisearch-{ads}") as running:
        yield running.settings, running.folder


async def _ready(members: list[str]) -> None:
    """Until the engine answers, not PostgreSQL in its place."""
    for _ in range(300):
        if not (await ask(processes.PORT, ["/annonces?q=chien"], members)).degraded:
            return
        await asyncio.sleep(0.2)
    raise TimeoutError("the engine does not answer")


async def _pages(kind: str, members: list[str]) -> Measured:
    await ask(processes.PORT, addresses(kind, WARM, seed=1), members)
    pages = await ask(processes.PORT, addresses(kind, TIMES, seed=2), members)
    return {**spread(pages.took), "failed": pages.failed, "degraded": pages.degraded, "all": pages.took}


async def _rebuild(environment: dict[str, str], members: list[str]) -> Measured:
    """Pages that are never empty asked all the while, one after the other."""
    asked = [f"/annonces?q={word}" for word in ("chien", "vélo", "garde", "table", "courses", "poussette", "jardin")]
    pages, began = Pages(), perf_counter()
    again = asyncio.create_task(_python(environment, "-m", "app", "reindex"))
    while not again.done():
        await ask(processes.PORT, asked, members, pages)
    await again
    took = perf_counter() - began
    counted = {"searches": len(pages.took) + pages.failed, "failed": pages.failed, "empty": pages.empty}
    return {**counted, "degraded": pages.degraded, "seconds": round(took), **spread(pages.took)}


async def _python(environment: dict[str, str], *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", *arguments, env=os.environ | environment, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return out.decode()


def report(found: list[Measured]) -> str:
    return "\n".join([*_head(), *_goals(found), *_engines(found), *_by_kind(found), ""])


def _head() -> list[str]:
    return [
        "# Results of the search",
        "",
        f"Written by `make bench-search` on {date.today():%Y-%m-%d}; {os.cpu_count()} cores, Python"  # noqa: DTZ011
        f" {platform.python_version()}. Ratios are of one run; absolute figures are the machine's. Pages are asked of a"
        " running site, one after the other, each address once, so that nothing kept answers them; milliseconds.",
        "",
    ]


def _goals(found: list[Measured]) -> list[str]:
    lines = ["| goal | measured | wanted | reached |", "|---|---|---|---|"]
    for engine in (MEILISEARCH, EMBEDDED):
        here = [at for at in found if at["engine"] == engine]
        if not here:
            continue
        first, last = here[0], here[-1]
        growth = _whole(last)["p95"] / _whole(first)["p95"]
        wanted = f"≤ {MOST_GROWTH} ×" if engine == MEILISEARCH else "for comparison"
        said = f"{growth:.2f} × ({_whole(first)['p95']:.1f} → {_whole(last)['p95']:.1f} ms)"
        lines.append(
            _goal(
                f"{engine}: p95 of a search page, {last['ads']:,} ads against {first['ads']:,}",
                said,
                wanted,
                growth <= MOST_GROWTH or engine != MEILISEARCH,
            )
        )
        for at in here:
            added = max(kind["added"] for kind in at["layer"].values())
            said = f"{added:.2f} ms, {max(kind['cpu'] for kind in at['layer'].values()):.2f} of them CPU"
            what = f"{engine}, {at['ads']:,} ads: added to the engine's own time, median of the worst kind"
            lines.append(_goal(what, said, f"≤ {MOST_ADDED:.0f} ms", added <= MOST_ADDED))
        if "following" in last:
            lines += _moving(engine, last)
    return [*lines, ""]


def _moving(engine: str, at: Measured) -> list[str]:
    seen, again = at["following"], at["rebuilding"]
    late = seen["findable ms"]["p99"]
    said = (
        f"p50 {seen['findable ms']['p50']:.0f}, p99 {late:.0f} ms at {seen['a second']} changes/s; {seen['lost']} lost"
    )
    what = f"{engine}, {at['ads']:,} ads: a change is findable while 200 a second flow"
    bad = again["failed"] + again["empty"]
    counted = (
        f"{again['failed']} failed, {again['empty']} empty, {again['degraded']} by PostgreSQL of {again['searches']}"
        f" searches in {again['seconds']} s (p95 {again['p95']:.0f} ms)"
    )
    all_along = f"{engine}, {at['ads']:,} ads: searches while the index is built again"
    return [
        _goal(what, said, "p99 ≤ 2 s, 0 lost", late <= MOST_LATE and not seen["lost"]),
        _goal(all_along, counted, "none failed or empty", not bad),
    ]


def _goal(what: str, measured: str, wanted: str, reached: bool) -> str:
    return f"| {what} | {measured} | {wanted} | {'yes' if reached else '**no**'} |"


def _engines(found: list[Measured]) -> list[str]:
    head = "| engine | ads | ads loaded/s | documents indexed/s | index, MB | search page p50 | p95 | p99 |"
    lines = [head, "|---|---|---|---|---|---|---|---|"]
    for at in found:
        whole = _whole(at)
        cells = [at["engine"], f"{at['ads']:,}", at["loaded a second"], at["indexed a second"], at["index MB"]]
        lines.append(f"| {' | '.join(map(str, (*cells, whole['p50'], whole['p95'], whole['p99'])))} |")
    return [*lines, ""]


def _by_kind(found: list[Measured]) -> list[str]:
    lines = ["| page | engine | ads | p50 | p95 | p99 | not 200 | by PostgreSQL |", "|---|---|---|---|---|---|---|---|"]
    for kind in KINDS:
        for at in found:
            page = at["pages"][kind]
            cells = [kind, at["engine"], f"{at['ads']:,}"]
            cells += [page[name] for name in ("p50", "p95", "p99", "failed", "degraded")]
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def _whole(at: Measured) -> dict[str, float]:
    """Over all kinds of pages but the suggestions, which are no page."""
    return spread([took for kind, page in at["pages"].items() if kind != "suggestions" for took in page["all"]])


def _say(engine: str, ads: int, what: str) -> None:
    print(f"{engine}, {ads:,} ads: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    asyncio.run(main([int(one) for one in sys.argv[1:]] or list(SIZES)))
