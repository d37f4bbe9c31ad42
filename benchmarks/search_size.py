"""The search at one size, in the database of STATE_DIR; prints JSON.

    python -m benchmarks.search_size prepare ADS ENGINE…
    python -m benchmarks.search_size pages ADS ENGINE
    python -m benchmarks.search_size following ADS ENGINE
    python -m benchmarks.search_size rebuilding ADS ENGINE

`prepare` fills the database and builds the index of each engine, once; `pages` asks a running site; `following` lets
changes flow; `rebuilding` builds the index again while members search.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from app import database
from app.demo_crowd.loading import gather
from app.migrating import migrate
from app.postgres import database_url
from app.settings import settings
from benchmarks import meilisearch_server, processes
from benchmarks.meilisearch_server import megabytes
from benchmarks.search_pages import Pages, ask, cookies
from benchmarks.search_questions import KINDS, addresses
from benchmarks.search_report import AWAY, EMBEDDED, Measured
from benchmarks.spread import spread

TIMES, WARM = 120, 15
NOWHERE = "http://127.0.0.1:9"
SEARCHED = ("chien", "vélo", "garde", "table", "courses", "poussette", "jardin")
"""Words that some ad always has."""
_BUILT_BY = "UPDATE search_rebuild SET engine = $1, ended_at = clock_timestamp() WHERE id = 1"


async def prepare(ads: int, *engines: str) -> dict[str, Measured]:
    """What was measured meanwhile, by engine; read from the folder where it was prepared before."""
    kept = settings().state_dir / "prepared.json"
    ready: dict[str, Measured] = json.loads(kept.read_text()) if kept.exists() else {}
    await migrate()
    loaded = None if ready else await _load(ads)
    for engine in engines:
        if engine not in ready:
            async with _chosen(engine) as (environment, index):
                began = perf_counter()
                built_by = await _python(environment, "-m", "benchmarks.search_size", "index")
                rate = round(ads / (perf_counter() - began))
                ready[engine] = {"loaded a second": loaded, "indexed a second": rate, "index MB": megabytes(index)}
                ready[engine]["built by"] = built_by.splitlines()[-1]
            kept.write_text(json.dumps(ready))
    return ready


async def pages(engine: str) -> Measured:
    """The site's own part of an answer, then whole pages of each kind."""
    async with _site(engine) as (environment, members):
        asked = {kind: await _pages(kind, members) for kind in KINDS}
    if engine == AWAY:
        return {"pages": asked}
    async with _chosen(engine) as (environment, _):
        return {"pages": asked, "layer": json.loads(await _python(environment, "-m", "benchmarks.search_layer"))}


async def following(engine: str) -> Measured:
    async with _site(engine) as (environment, _):
        return {"following": json.loads(await _python(environment, "-m", "benchmarks.search_following"))}


async def rebuilding(engine: str) -> Measured:
    async with _site(engine) as (environment, members):
        return {"rebuilding": await _rebuild(environment, members)}


async def index() -> None:
    """Builds the one of the configured engine and prints what it is known by; the documents are those there are."""
    from search.engine import configured, prepare, use
    from search.following.rebuilding import ask, go_on, kept_as

    async with database.connection_pool():
        own = configured()
        use(own)
        await prepare(own)
        await ask()
        await go_on(own)
        await own.close()
        print(kept_as(own))


async def _load(ads: int) -> int:
    """How many a second were loaded, the rows of the search included."""
    async with database.connection_pool():
        began = perf_counter()
        added = await gather(0, ads)
        return round(added / (perf_counter() - began))


@asynccontextmanager
async def _chosen(engine: str) -> AsyncIterator[tuple[dict[str, str], Path]]:
    """The environment of a site with this engine, and where its index is."""
    if engine == EMBEDDED:
        yield {}, settings().index_dir
        return
    if engine == AWAY:
        yield {"MEILISEARCH_URL": NOWHERE, "MEILISEARCH_KEY": "of a server that is away"}, settings().state_dir
        return
    async with meilisearch_server.server(settings().state_dir / "meilisearch", is_kept=True) as running:
        yield running.settings, running.folder


@asynccontextmanager
async def _site(engine: str) -> AsyncIterator[tuple[dict[str, str], list[str]]]:
    """One that runs with the index that was prepared, and members signed in."""
    ready = json.loads((settings().state_dir / "prepared.json").read_text())
    async with _chosen(engine) as (environment, _):
        if engine != AWAY:
            async with database.connection_pool():
                await database.execute(_BUILT_BY, ready[engine]["built by"])
        async with processes.site(**environment):
            members = await cookies()
            if engine != AWAY:
                await _until_ready(members)
            yield environment, members


async def _until_ready(members: list[str]) -> None:
    """Until the engine answers, not PostgreSQL in its place."""
    for _ in range(300):
        if not (await ask(processes.PORT, ["/annonces?q=chien"], members)).degraded:
            return
        await asyncio.sleep(0.2)
    raise TimeoutError("the engine does not answer")


async def _pages(kind: str, members: list[str]) -> Measured:
    await ask(processes.PORT, addresses(kind, WARM, seed=1), members)
    asked = await ask(processes.PORT, addresses(kind, TIMES, seed=2), members)
    return {**spread(asked.took), "failed": asked.failed, "degraded": asked.degraded, "all": asked.took}


async def _rebuild(environment: dict[str, str], members: list[str]) -> Measured:
    """Pages that are never empty asked all the while, one after the other."""
    asked = [f"/annonces?q={word}" for word in SEARCHED]
    seen, began = Pages(), perf_counter()
    again = asyncio.create_task(_python(environment, "-m", "app", "reindex"))
    while not again.done():
        await ask(processes.PORT, asked, members, seen)
    await again
    took = perf_counter() - began
    counted = {"searches": len(seen.took) + seen.failed, "failed": seen.failed, "empty": seen.empty}
    return {**counted, "degraded": seen.degraded, "seconds": round(took), **spread(seen.took)}


async def _python(environment: dict[str, str], *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "ignore", *arguments), env=os.environ | environment, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return out.decode()


if __name__ == "__main__":
    if sys.argv[1] == "index":
        asyncio.run(index())
    else:
        database_url()  # this process owns the embedded server, the others inherit its address
        step, ads, engines = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
        steps = {"pages": pages, "following": following, "rebuilding": rebuilding}
        doing = prepare(ads, *engines) if step == "prepare" else steps[step](*engines)
        print(json.dumps(asyncio.run(doing)))
