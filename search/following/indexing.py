"""The index follows the database: one loop in one process at a time, beside the worker of the queue.

Every change is a row of `search_document` whose `version` the index does not have yet. A row is sent, then marked with
the version that was sent: whatever dies in between, it is sent again, and nothing older ever comes after something
newer, for one process sends and each time what the row says now.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import asyncpg
from litestar import Litestar

from app import database
from app.beside import beside
from app.postgres import database_url
from search.contract import Engine, EngineUnavailable, HeldElsewhere
from search.documents.sources import sources
from search.engine import engine, prepare
from search.following import rebuilding
from search.following.deriving import derive_all
from search.following.handing_over import IS_PENDING, hand_over
from search.following.reading_rows import FIELDS
from search.keeping import CHANNEL

log = logging.getLogger(__name__)
BATCH = 500
LOOK_AGAIN = 5.0  # seconds; a notification may be lost with its connection
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
GIVES_WAY = 3 * SHORTEST_PAUSE  # those who wait for the lock ask every SHORTEST_PAUSE
LOCK = 0x656E7473  # one process at a time holds it, for as long as its connection lives

_BEGIN_TO_SEND = """
UPDATE search_document SET indexed = 0 WHERE id IN (
    SELECT id FROM search_document WHERE indexed IS NULL AND NOT is_gone ORDER BY version LIMIT $1
    FOR UPDATE SKIP LOCKED)
"""
_NEVER_SENT = """
DELETE FROM search_document WHERE id IN (
    SELECT id FROM search_document WHERE indexed IS NULL AND is_gone ORDER BY version LIMIT $1
    FOR UPDATE SKIP LOCKED)
"""
_PENDING = f"""
SELECT {FIELDS}, is_gone FROM search_document
WHERE {IS_PENDING} AND indexed IS NOT NULL ORDER BY version LIMIT $1
"""
_BEHIND = f"SELECT TRUE FROM search_document WHERE {IS_PENDING} AND version < $1 LIMIT 1"
_SENT = """
WITH sent AS (SELECT * FROM unnest($1::varchar[], $2::bigint[]) AS s(id, version)), held AS (
    SELECT d.id FROM search_document d JOIN sent USING (id) ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
), forgotten AS (
    DELETE FROM search_document d USING sent, held
    WHERE d.id = held.id AND sent.id = d.id AND d.is_gone AND d.version = sent.version
)
UPDATE search_document d SET indexed = sent.version FROM sent, held
WHERE d.id = held.id AND sent.id = d.id AND NOT (d.is_gone AND d.version = sent.version) AND d.version >= sent.version
"""


async def drain(engine: Engine, beside: str = "") -> int:
    """Brings the index, and the one being built beside it, up to all that was committed; answers how many rows.

    Running it again changes nothing. Raises `EngineUnavailable`, what was sent before is then marked.
    """
    done = 0
    while True:
        await database.execute(_NEVER_SENT, BATCH)
        await database.execute(_BEGIN_TO_SEND, BATCH)
        if rows := await database.rows(_PENDING, BATCH):
            await mark_sent(await _send(engine, beside, rows))
        done += len(rows)
        if len(rows) < BATCH:  # what came meanwhile comes next: changes that never cease must not keep a rebuild
            return done


async def mark_sent(rows: Sequence[Any]) -> None:
    """As they were when they were read: what changed since is sent again."""
    await database.execute(_SENT, [row["id"] for row in rows], [row["version"] for row in rows])


async def _send(engine: Engine, beside: str, rows: Sequence[Any]) -> list[Any]:
    """The rows that the index, and the one beside it, now have."""
    there, gone = [row for row in rows if not row["is_gone"]], [row for row in rows if row["is_gone"]]
    forgotten = [row["id"] for row in gone]
    if not (beside and engine.needs_rebuild):
        await engine.remove(forgotten)
        there = await hand_over(there, engine.put)
    if beside:
        await engine.add(beside, (), forgotten)
        there = await hand_over(there, partial(engine.add, beside))
    return [*there, *gone]


async def until_followed() -> None:
    """Waits until the index has all that was committed before; for ever, when nobody brings it there."""
    last = await database.value("SELECT nextval('search_change')")
    while await database.value(_BEHIND, last):  # noqa: ASYNC110 - the database cannot set an event of ours
        await asyncio.sleep(0.05)


async def work_through(engine: Engine) -> None:
    """All there is to do now: the index made anew when it has to be, or brought up to date."""
    if await rebuilding.is_due(engine):
        await rebuilding.ask()
    if not await rebuilding.go_on(engine):
        await drain(engine)


@asynccontextmanager
async def indexing_beside(_app: Litestar | None = None) -> AsyncIterator[None]:
    """In each process that runs the queue's jobs."""
    async with beside(follow_changes()):
        yield


async def follow_changes() -> None:
    """For ever: in this process or, as long as another one does it, ready to take over."""
    while True:
        try:
            async with _alone() as line:
                await _follow(line)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as away:
            log.warning("search: the database is away (%s), trying again", type(away).__name__)
        except HeldElsewhere as away:
            log.warning("search: left to the process that has the index (%s)", away)
            await asyncio.sleep(GIVES_WAY)
        except EngineUnavailable as away:
            log.warning("search: no engine yet (%s)", away)
        except Exception:
            log.exception("search: the index stopped following; starting again")
        await asyncio.sleep(SHORTEST_PAUSE)


class _Line:
    """The connection that holds the lock and hears of changes."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._heard = asyncio.Event()

    async def listen(self) -> None:
        await self._connection.add_listener(CHANNEL, lambda *_: self._heard.set())

    async def wait(self, seconds: float) -> None:
        """Until something changes, or so long. Raises when the connection, and the lock with it, does not answer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._heard.wait()
        self._heard.clear()
        await self._connection.execute("SELECT 1", timeout=LOOK_AGAIN)


@asynccontextmanager
async def _alone() -> AsyncIterator[_Line]:
    """Waits for the lock. Raises TimeoutError in the middle of what is done with it once it is lost: from then on
    another process sends."""
    connection = await asyncpg.connect(database_url())
    try:
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):  # noqa: ASYNC110
            await asyncio.sleep(SHORTEST_PAUSE)
        async with asyncio.timeout(None) as held, _told(connection, lambda *_: held.reschedule(0)):
            line = _Line(connection)
            await line.listen()
            yield line
    finally:
        await connection.close(timeout=1)


@asynccontextmanager
async def _told(connection: asyncpg.Connection, when_lost: Callable[..., None]) -> AsyncIterator[None]:
    connection.add_termination_listener(when_lost)
    try:
        yield
    finally:
        connection.remove_termination_listener(when_lost)


async def _follow(line: _Line) -> None:
    """What another process would have to do over again is begun anew with each holder of the lock."""
    pause = 0.0
    is_ready = False
    while True:
        try:
            if not is_ready:
                await prepare(engine())
                await derive_all(source for source in sources() if source.is_fixed)
                is_ready = True
            await work_through(engine())
            pause = 0.0
        except HeldElsewhere:
            raise  # let that process have the lock
        except EngineUnavailable as away:
            pause, is_ready = min(max(pause * 2, SHORTEST_PAUSE), LONGEST_PAUSE), False
            log.warning("search: the engine is away (%s), trying again in %s s", away, pause)
            await asyncio.sleep(pause)
        await line.wait(0 if pause else LOOK_AGAIN)
