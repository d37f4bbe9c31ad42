"""Bringing the database to the shape this version needs; safe when several machines start at once."""

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards

from app.database import connection_pool
from app.jobs import queue
from app.postgres import database_url

LOCK = 0x656E7472  # Piccolo has no lock of its own between machines that migrate at the same time


async def migrate() -> None:
    """Runs every pending migration, then creates the queue's tables if they are missing."""
    guard = await asyncpg.connect(database_url())
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", LOCK)
        async with connection_pool():
            response = await run_forwards("all")
        if not response.success:
            raise RuntimeError(f"Migrations stopped: {response.message}")
        if not await guard.fetchval("SELECT to_regclass('procrastinate_jobs')"):
            await _create_queue()
    finally:
        await guard.close()


async def _create_queue() -> None:
    async with queue.open_async():
        await queue.schema_manager.apply_schema_async()
