"""Live pages: what happened reaches open pages by LISTEN/NOTIFY, in every process, after COMMIT and never before."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import msgspec
from litestar import Litestar

from app import database
from app.beside import beside
from app.postgres import database_url

CHANNEL = "entraide_live"
ASK_EVERY, ANSWERS_WITHIN = 30.0, 10.0  # seconds
WAITING = 50  # events kept for a page that reads slowly; it re-reads its state anyway
log = logging.getLogger(__name__)


class Happened(msgspec.Struct, frozen=True):
    """Something a member's open pages should show. Says where to look, never what was written."""

    to: UUID
    what: str
    conversation: UUID | None = None


_pages: dict[UUID, set[asyncio.Queue[Happened]]] = defaultdict(set)
_followed: dict[str, Callable[[], Awaitable[None]]] = {}


async def tell(happened: Happened) -> None:
    """Inside a transaction: delivered at COMMIT, dropped at ROLLBACK."""
    await database.execute("SELECT pg_notify($1, $2)", CHANNEL, msgspec.json.encode(happened).decode())


def follow(channel: str, read_again: Callable[[], Awaitable[None]]) -> None:
    """For what a process keeps of the database: `read_again` runs when the process begins to listen, each time it could
    not for a while, and after each commit that notifies `channel`."""
    _followed[channel] = read_again


async def changed(channel: str) -> None:
    """Inside a transaction: every process reads again what it keeps, once this is committed."""
    await database.execute("SELECT pg_notify($1, '')", channel)


@asynccontextmanager
async def listening_for(member: UUID) -> AsyncIterator[asyncio.Queue[Happened]]:
    """A queue of what happens to one member, for as long as their page is open."""
    page: asyncio.Queue[Happened] = asyncio.Queue(WAITING)
    _pages[member].add(page)
    try:
        yield page
    finally:
        _pages[member].discard(page)
        if not _pages[member]:
            del _pages[member]


@asynccontextmanager
async def live_pages(_app: Litestar) -> AsyncIterator[None]:
    """One LISTEN connection for the whole process, opened again when the database was away."""
    async with beside(_listen()):
        yield


async def _listen() -> None:
    while True:
        try:
            connection = await asyncpg.connect(database_url())
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _, lost=lost: lost.set())
            try:
                await connection.add_listener(CHANNEL, _deliver)
                for channel in _followed:
                    await connection.add_listener(channel, _read_again)
                _look_again()
                for read_again in _followed.values():
                    await read_again()
                await _until_lost(connection, lost)
            finally:
                await connection.close(timeout=1)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            log.warning("live updates: the database is away, trying again")
        await asyncio.sleep(1)


async def _until_lost(connection: asyncpg.Connection, lost: asyncio.Event) -> None:
    """A line that was cut on the way never says so: it is asked now and then. Raises TimeoutError when it is silent."""
    while not lost.is_set():
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ASK_EVERY):
                await lost.wait()
        if not lost.is_set():
            await connection.execute("SELECT 1", timeout=ANSWERS_WITHIN)


def _look_again() -> None:
    """What happened while nobody listened was told to nobody: every open page asks for its state."""
    for member, open_pages in _pages.items():
        for page in open_pages:
            with contextlib.suppress(asyncio.QueueFull):
                page.put_nowait(Happened(to=member, what="badge"))


async def _read_again(_connection: asyncpg.Connection, _pid: int, channel: str, _payload: str) -> None:
    try:
        await _followed[channel]()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        log.warning("live updates: %s could not be read again", channel)


def _deliver(_connection: asyncpg.Connection, _pid: int, _channel: str, payload: str) -> None:
    happened = msgspec.json.decode(payload, type=Happened)
    for page in _pages.get(happened.to, ()):
        with contextlib.suppress(asyncio.QueueFull):
            page.put_nowait(happened)
