"""Meilisearch, or the process that brings it after the database, is killed at the worst moments.

Nothing is lost, nothing stays as it was before, and who searches meanwhile is answered.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import meilisearch
import pytest

from app import database
from search import finding, keeping
from search.contract import Document, EngineUnavailable, Query
from search.engine import engine, use
from search.following import rebuilding
from search.following.indexing import drain
from search.meili import MeilisearchEngine
from search.meili.examining import LIVE
from tests.helpers.finding import nothing
from tests.helpers.meilisearch import MeilisearchServer
from tests.helpers.waiting import until
from tests.helpers.worker import THAT_INDEXES_ON_A_SERVER, process

pytestmark = [pytest.mark.commits, pytest.mark.meilisearch]

KILLS = 20
CATCHES_UP_WITHIN = 90.0  # seconds; some seconds on a machine with nothing else to do


@pytest.fixture
def server(tmp_path: Path) -> Any:
    server = MeilisearchServer(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
async def serving(app: Any, server: MeilisearchServer) -> AsyncIterator[MeilisearchEngine]:
    """The site's engine while the test lasts, built and empty; the rows of this test are derived from nothing."""
    usual, own = engine(), MeilisearchEngine(server.url, server.key)
    await own.rebuild(nothing())
    await rebuilding.ask()
    asked = await database.value("SELECT asked_at FROM search_rebuild")
    await database.execute(rebuilding._END, rebuilding.kept_as(own), "", asked)
    use(own)
    finding.forget_failures()
    yield own
    use(usual)
    await own.close()


def an_ad(number: int, state: int) -> Document:
    return Document(
        id=f"ad-{number}",
        category="classifieds",
        title=f"Poussette numéro {number}",
        body=f"Son état est etat{state}.",
        published_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


async def forget(*numbers: int) -> None:
    await database.row(keeping._FORGET, [f"ad-{number}" for number in numbers])


async def what_should_be() -> dict[str, tuple[int, str]]:
    rows = await database.rows("SELECT id, version, body FROM search_document WHERE NOT is_gone")
    return {row["id"]: (row["version"], row["body"]) for row in rows}


async def what_is(server: MeilisearchServer) -> dict[str, tuple[int, str]]:
    """Read without our engine."""
    index = meilisearch.Client(server.url, server.key).index(LIVE)
    found = await asyncio.to_thread(index.get_documents, {"limit": 100_000, "fields": ["id", "version", "body"]})
    return {one.id: (one.version, one.body) for one in found.results}


async def nothing_is_behind() -> bool:
    return not await database.value("SELECT count(*) FROM search_document WHERE indexed IS DISTINCT FROM version")


async def test_killed_in_the_middle_of_a_batch_everything_follows_its_return(serving, server):
    await keeping.write([an_ad(number, 1) for number in range(400)])
    draining = asyncio.create_task(drain(serving))
    await asyncio.sleep(0.05)
    server.kill()
    with pytest.raises(EngineUnavailable):
        await draining
    assert not await nothing_is_behind()
    await keeping.write([an_ad(number, 2) for number in range(100)])
    await forget(*range(300, 400))
    server.start()
    await drain(serving)
    assert await nothing_is_behind()
    assert await what_is(server) == await what_should_be()
    assert len(await what_should_be()) == 300


async def test_killed_in_the_middle_of_searches_the_database_answers_then_the_server_again(serving, server):
    await keeping.write([an_ad(number, 1) for number in range(50)])
    await drain(serving)
    asking = [asyncio.create_task(finding.find(Query(words="poussette"))) for _ in range(30)]
    await asyncio.sleep(0.01)
    server.kill()
    for answer in await asyncio.gather(*asking):
        assert answer.total == 50
    away = await finding.find(Query(words="poussette", category="classifieds", facets=("category",)))
    assert (away.degraded, away.total, away.facets) == (True, 50, {"category": {"classifieds": 50}})

    server.start()

    async def served_again() -> bool:
        return not (await finding.find(Query(words="poussette"))).degraded

    await until(served_again)


async def test_a_rebuild_goes_on_where_a_killed_process_left_it(serving, server):
    await keeping.write([an_ad(number, 1) for number in range(2_500)])
    await rebuilding.ask()
    async with process(THAT_INDEXES_ON_A_SERVER.format(url=server.url, key=server.key)) as killed:
        await until(lambda: _has_done(1_000))
        killed.kill()
        await killed.wait()
    left = await rebuilding.present()
    assert left and left["ended_at"] is None
    assert await serving.holds(left["beside"])
    assert await rebuilding.go_on(serving)
    gone_on = await rebuilding.present()
    assert gone_on and not gone_on["failed"]
    await drain(serving)
    assert await what_is(server) == await what_should_be()


async def _has_done(documents: int) -> bool:
    row = await rebuilding.present()
    return row is not None and (row["done"] >= documents or row["ended_at"] is not None)


@pytest.mark.parametrize("seed", [5])
async def test_twenty_kills_lose_nothing_and_leave_nothing_stale(serving, server, seed):
    chance = Random(seed)
    done = asyncio.Event()

    async def keep_changing() -> None:
        state = 0
        while not done.is_set():
            state += 1
            await keeping.write([an_ad(number, state) for number in chance.sample(range(800), 3)])
            await forget(chance.randrange(800))
            await asyncio.sleep(0.005)

    async def kill_them() -> None:
        worker = THAT_INDEXES_ON_A_SERVER.format(url=server.url, key=server.key)
        left = KILLS
        while left:
            async with process(worker) as following:
                while left:
                    left -= 1
                    await asyncio.sleep(chance.uniform(0.1, 1.5))
                    if left % 7 == 0:
                        await rebuilding.ask()
                    if chance.random() < 0.4:
                        break  # the process goes, the server stays
                    await asyncio.to_thread(server.kill)
                    await asyncio.sleep(chance.uniform(0, 0.3))
                    await asyncio.to_thread(server.start)
                following.kill()
        done.set()

    await asyncio.gather(keep_changing(), kill_them())
    async with process(THAT_INDEXES_ON_A_SERVER.format(url=server.url, key=server.key)):
        await until(nothing_is_behind, CATCHES_UP_WITHIN)
        await until(_is_whole, CATCHES_UP_WITHIN)
    assert await what_is(server) == await what_should_be()


async def _is_whole() -> bool:
    row = await rebuilding.present()
    return row is not None and row["ended_at"] is not None
