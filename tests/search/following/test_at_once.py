"""Several at once: who follows the index waits for nobody that may wait for them, and leaves off without the lock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

import search.engine
from app import database
from app.beside import beside
from app.postgres import database_url
from search.contract import EngineUnavailable
from search.documents.ads import Ads
from search.embedded import EmbeddedEngine
from search.following import indexing, rebuilding
from search.following.checking import Drift, lag, mend
from search.following.deriving import derive
from search.following.indexing import drain, follow_changes, work_through
from search.keeping import EMPTY, write
from tests.helpers.ads import published
from tests.helpers.failing import SometimesAway
from tests.helpers.finding import indexed
from tests.search.following.test_following import own, rows, versions

pytestmark = pytest.mark.commits
AT_ONCE = 5  # seconds; who waited for the other would wait for ever
WITHDRAWN = f"UPDATE search_document SET {EMPTY} WHERE id = 'two'"
LINE = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1::bigint::oid"


@pytest.fixture
async def engine(tmp_path) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path / "index")
    await engine.prepare()
    yield engine
    await engine.close()


@asynccontextmanager
async def somebody_changes(statement: str) -> AsyncIterator[asyncpg.Connection]:
    """In a transaction of their own, which is committed at the end."""
    connection = await asyncpg.connect(database_url())
    try:
        async with connection.transaction():
            await connection.execute(statement)
            yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def the_engine_is(chosen) -> AsyncIterator[None]:
    usual = search.engine.engine()
    search.engine.use(chosen)
    try:
        yield
    finally:
        search.engine.use(usual)


async def test_deriving_waits_for_no_change(anne):
    await write([own("one", "Tondeuse"), own("two", "Tondeuse"), own("three", "Tondeuse")])
    async with somebody_changes(WITHDRAWN), asyncio.timeout(AT_ONCE):
        assert await derive(Ads(), ["one", "two", "three"]) == 2
    assert list(await rows()) == []


async def test_a_check_waits_for_no_change(engine):
    await work_through(engine)
    await write([own("one", "Tondeuse"), own("two", "Tondeuse")])
    await drain(engine)
    await engine.put([own("one", "Avant", version=1), own("two", "Avant", version=1)])
    async with somebody_changes(WITHDRAWN), asyncio.timeout(AT_ONCE):
        await mend(engine)
    await drain(engine)
    assert await versions(engine) == await rows()


async def test_a_check_that_is_cut_keeps_what_it_mended(engine, anne):
    class Cut(SometimesAway):
        async def versions(self):
            async for batch in self.engine.versions():
                yield batch
            raise EngineUnavailable("after all was read, for the test")

    wrong, stale, lost = [await published(anne, title=f"Tondeuse {name}") for name in ("autre", "ancienne", "perdue")]
    await work_through(engine)
    await database.execute("UPDATE search_document SET title = 'Autre' WHERE id = $1", str(wrong.id))
    await engine.put([own(str(stale.id), "Avant", version=1), own("nobody-s", "Tondeuse fantôme", version=2)])
    await engine.remove([str(lost.id)])
    with pytest.raises(EngineUnavailable):
        await mend(Cut(engine))
    await drain(engine)
    assert sorted(await indexed(engine, "tondeuse")) == ["Tondeuse ancienne", "Tondeuse autre"]
    assert await mend(engine) == Drift(lost=1)
    await drain(engine)
    assert await versions(engine) == await rows()
    assert not await mend(engine)


@pytest.mark.parametrize("is_first", [True, False])
async def test_a_rebuild_waits_for_no_change_and_takes_it_in_after(engine, is_first):
    await rebuilding.take_as_derived()
    if not is_first:
        await work_through(engine)
    await write([own("one", "Tondeuse"), own("two", "Tondeuse"), own("three", "Tondeuse")])
    await rebuilding.ask()
    async with somebody_changes(WITHDRAWN), asyncio.timeout(AT_ONCE):
        await work_through(engine)
    await drain(engine)
    assert await versions(engine) == await rows()
    assert (await lag()).pending == 0


async def test_without_the_lock_what_was_begun_is_left(engine):
    reached, left = asyncio.Event(), asyncio.Event()

    class Slow(SometimesAway):
        async def put(self, documents):
            reached.set()
            try:
                await asyncio.sleep(60)
            finally:
                left.set()

    await work_through(engine)
    await write([own("one", "Tondeuse")])
    async with the_engine_is(Slow(engine)), beside(follow_changes()), asyncio.timeout(AT_ONCE):
        await reached.wait()
        await database.execute(LINE, indexing.LOCK)
        await left.wait()
    assert (await lag()).pending == 1


async def test_who_cannot_hold_the_index_lets_the_one_who_does_follow(engine, tmp_path):
    asked = asyncio.Event()

    class Other(SometimesAway):
        async def prepare(self):
            asked.set()
            await self.engine.prepare()

    await work_through(engine)
    async with the_engine_is(Other(EmbeddedEngine(tmp_path / "index"))), beside(follow_changes()):
        async with asyncio.timeout(AT_ONCE):
            await asked.wait()
        async with asyncio.timeout(AT_ONCE), indexing._alone():
            pass
