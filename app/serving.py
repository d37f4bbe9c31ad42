"""Production server: granian, one process by default."""

import logging
import os
from contextlib import AsyncExitStack

import click
from litestar import Litestar

from app.postgres import database_url
from app.settings import settings

WITH_JOBS = "ENTRAIDE_RUNS_JOBS"
ALONE = (
    "The embedded search engine lives in the one process that runs the jobs. Set MEILISEARCH_URL to run more than one"
    " process, then try again."
)


def serve(host: str, port: int, workers: int, jobs: bool) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    if not settings().meilisearch_url and (workers > 1 or not jobs):
        raise click.ClickException(ALONE)
    database_url()  # starts the embedded server here, before the workers inherit its address
    os.environ[WITH_JOBS] = "1" if jobs else ""
    Server(
        "app.serving:site",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        factory=True,
        websockets=False,
        respawn_failed_workers=True,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


def site() -> Litestar:
    """What each web process runs."""
    from app.site import create_app
    from app.worker import worker_beside
    from search.following.indexing import indexing_beside

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return create_app(also=[worker_beside, indexing_beside] if os.environ.get(WITH_JOBS) else [])


async def work() -> None:
    from app.database import connection_pool
    from app.jobs import queue
    from search.engine import open_engine
    from search.following.indexing import indexing_beside

    if not settings().meilisearch_url:
        raise click.ClickException(ALONE)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(connection_pool())
        await stack.enter_async_context(open_engine())
        await stack.enter_async_context(indexing_beside())
        await stack.enter_async_context(queue.open_async())
        await queue.run_worker_async(concurrency=4, delete_jobs="successful")
