"""Connections, one unit of work, and plain SQL where the ORM is too slow.

Piccolo builds and converts rows in Python; on the pages everybody reads that is most of their cost (a select of 25
rows: 2.8 ms against 0.35 ms). Those pages use `rows`, `row` and `value`; they share Piccolo's pool and transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import asyncpg
from litestar import Litestar
from piccolo.engine.postgres import PostgresTransaction

from app.piccolo_conf import DB

POOL = {"min_size": 2, "max_size": 10}
CLOSES_WITHIN = 10.0  # seconds; asyncpg alone would wait for ever for what still uses a connection
LARGEST_ID = 2**63 - 1  # of a row numbered by the database; PostgreSQL refuses to look for a larger one
asked: int = 0  # how many plain SQL queries this process has run; the query budgets of the tests read it


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Our connections carry no session state, so the reset query between two uses (a round trip) is not needed."""


@asynccontextmanager
async def connection_pool(_app: Litestar | None = None) -> AsyncIterator[None]:
    await DB.start_connection_pool(**POOL, reset=_leave_as_it_is)
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(CLOSES_WITHIN):
                await DB.close_connection_pool()
        except TimeoutError:
            DB.pool = None  # a connection was still in use; asyncpg has cut them all


@asynccontextmanager
async def transaction() -> AsyncIterator[PostgresTransaction]:
    """One unit of work. An inner one joins the outer.

    Deferred constraints are checked before COMMIT: Piccolo 1.38 does not give the connection back when COMMIT fails.
    """
    outermost = not DB.transaction_exists()
    async with DB.transaction() as tx:
        yield tx
        if outermost:
            await tx.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


@asynccontextmanager
async def snapshot() -> AsyncIterator[None]:
    """What is read inside is as it was at one moment, and nothing is written. A transaction goes on."""
    if DB.transaction_exists():
        yield
        return
    async with DB.transaction() as tx:
        await tx.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _door() -> asyncpg.Connection | asyncpg.Pool:
    """What runs the next query: the transaction's connection, or the pool, which takes one for each query."""
    global asked
    asked += 1
    current = DB.current_transaction.get()
    return current.connection if current is not None else _pool()


def _pool() -> asyncpg.Pool:
    if DB.pool is None:
        raise RuntimeError("No connection pool: open `connection_pool()` around this.")
    return DB.pool


async def rows(sql: str, *args: Any) -> list[asyncpg.Record]:
    return await _door().fetch(sql, *args)


async def row(sql: str, *args: Any) -> asyncpg.Record | None:
    return await _door().fetchrow(sql, *args)


async def value(sql: str, *args: Any) -> Any:
    return await _door().fetchval(sql, *args)


async def execute(sql: str, *args: Any) -> str:
    return await _door().execute(sql, *args)


async def script(sql: str) -> None:
    """Several statements at once, without parameters (migrations)."""
    await _door().execute(sql)


async def copy(table: str, columns: Sequence[str], lines: bytes) -> None:
    """Many rows at once, in COPY's text format, in the present transaction."""
    async with transaction() as tx:
        await tx.connection.copy_to_table(table, source=BytesIO(lines), columns=columns)
