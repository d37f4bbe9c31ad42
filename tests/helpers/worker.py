"""A worker as the site runs it, for one round; and one in a process of its own, to be killed."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

from app import database
from app.jobs import queue
from tests.helpers.source import PROJECT
from tests.helpers.waiting import PATIENCE

LATER = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"
STATES = "SELECT status::text, count(*)::int FROM procrastinate_jobs GROUP BY status"

THAT_HANGS = """
import asyncio
import sys

from app import database
from app.jobs import queue
from search import engine


class Hanging:
    name = "hanging"

    async def versions(self):
        print("started", flush=True)
        await asyncio.sleep(600)
        yield []


async def work():
    engine.use(Hanging())
    queue.perform_import_paths()
    queue.periodic_registry.periodic_tasks.clear()
    async with database.connection_pool(), queue.open_async():
        await queue.run_worker_async(concurrency=1, update_heartbeat_interval=1)


asyncio.run(work())
"""
"""Takes the job that checks the search index and stays in the middle of it."""

THAT_INDEXES = """
import asyncio

from app import database
from search import engine
from search.following import indexing
from search.embedded import EmbeddedEngine


async def follow():
    engine.use(EmbeddedEngine({folder!r}))
    async with database.connection_pool():
        await indexing.follow_changes()


asyncio.run(follow())
"""
"""Brings the index in a folder after the database until it is killed."""

THAT_INDEXES_ON_A_SERVER = """
import asyncio

from app import database
from search import engine
from search.following import indexing
from search.meili import MeilisearchEngine


async def follow():
    indexing.SHORTEST_PAUSE, indexing.LONGEST_PAUSE = 0.1, 0.5
    engine.use(MeilisearchEngine({url!r}, {key!r}))
    async with database.connection_pool():
        await indexing.follow_changes()


asyncio.run(follow())
"""
"""Brings the index of a Meilisearch server after the database until it is killed; less patient than the site."""


async def one_round() -> None:
    """Every job that is due, by a real worker that commits; then it goes home. Periodic jobs are left for others."""
    async with queue.open_async():
        with patch.object(queue.periodic_registry, "periodic_tasks", {}):
            await queue.run_worker_async(
                wait=False, listen_notify=False, install_signal_handlers=False, concurrency=1, delete_jobs="successful"
            )


async def jobs() -> dict[str, int]:
    """How many jobs stand in each state."""
    return {row["status"]: row["count"] for row in await database.rows(STATES)}


@asynccontextmanager
async def process(code: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process of this project with the test's database; killed at the end if it is still there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        async with asyncio.timeout(PATIENCE):
            await process.wait()
