"""Building the whole index again: beside the live one, then swapped."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app import database
from app.jobs import defer
from app.postgres import database_url
from search.contract import Engine, EngineUnavailable
from search.documents import every_document, how_many
from search.engine import configured, engine

CHANNEL = "entraide_reindex"
NOBODY_ANSWERS = 30.0  # seconds without a word from the process that holds the index


class Progressed(msgspec.Struct):
    """Said by the process that rebuilds: documents done so far, or the end and whether it went well."""

    done: int
    is_over: bool = False
    failed: bool = False


async def rebuild(engine: Engine, progress: Callable[[int], None] = lambda done: None) -> None:
    """`progress` is told how many documents are done. Raises `EngineUnavailable`; the live index then stays."""
    await engine.rebuild(every_document(), progress)


async def rebuild_and_tell() -> None:
    """In the process that holds the index, for who asked from another one."""
    done = 0

    def keep(so_far: int) -> None:
        nonlocal done
        done = so_far

    telling = asyncio.create_task(_tell_each_second(lambda: done))
    failed = True
    try:
        await rebuild(engine(), keep)
        failed = False
    finally:
        telling.cancel()
        await _tell(Progressed(done, is_over=True, failed=failed))


async def reindex() -> None:
    """The `entraide reindex` command. When the running site holds the index, it is asked to do it."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    async with database.connection_pool():
        with Progress(*columns) as bar:
            task = bar.add_task("Indexing", total=await how_many())

            def show(done: int) -> None:
                bar.update(task, completed=done)

            own = configured()
            try:
                await own.prepare()
            except EngineUnavailable:
                await _ask_the_site(show)
            else:
                await rebuild(own, show)
            finally:
                await own.close()


async def _ask_the_site(show: Callable[[int], None]) -> None:
    from search.jobs import rebuild_index

    async with _heard() as words:
        await defer(rebuild_index, lock="index")
        while True:
            try:
                said = await asyncio.wait_for(words.get(), NOBODY_ANSWERS)
            except TimeoutError as silence:
                raise EngineUnavailable("Another process holds the index and does not answer.") from silence
            show(said.done)
            if said.failed:
                raise EngineUnavailable("The rebuild failed; the site's log says why. The former index still serves.")
            if said.is_over:
                return


@asynccontextmanager
async def _heard() -> AsyncIterator[asyncio.Queue[Progressed]]:
    words: asyncio.Queue[Progressed] = asyncio.Queue()
    connection = await asyncpg.connect(database_url())
    try:
        await connection.add_listener(
            CHANNEL, lambda *said: words.put_nowait(msgspec.json.decode(said[-1], type=Progressed))
        )
        yield words
    finally:
        await connection.close()


async def _tell_each_second(done: Callable[[], int]) -> None:
    while True:
        await _tell(Progressed(done()))
        await asyncio.sleep(1)


async def _tell(said: Progressed) -> None:
    await database.execute("SELECT pg_notify($1, $2)", CHANNEL, msgspec.json.encode(said).decode())
