"""Runs the queue: inside the site's own process, or alone with `entraide worker`."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from app.beside import beside
from app.jobs import queue

log = logging.getLogger(__name__)
AT_ONCE = 4


@asynccontextmanager
async def worker_beside(_app: Litestar | None = None) -> AsyncIterator[None]:
    """A worker as a task of this process, started again if it dies (the database was away)."""
    async with beside(_keep_working()):
        yield


async def _keep_working() -> None:
    while True:
        try:
            async with queue.open_async():
                await queue.run_worker_async(
                    install_signal_handlers=False, concurrency=AT_ONCE, delete_jobs="successful", wait=True
                )
        except Exception:
            log.exception("the worker stopped; starting it again")
        await asyncio.sleep(2)
