"""What the site is compared with: one Litestar route that runs the query of the list and returns two bytes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from litestar import Litestar, Request, get

from app.postgres import database_url

QUERY = """
    SELECT listing.*, member.first_name, member.commune AS author_commune
    FROM listing JOIN member ON member.id = listing.author
    WHERE listing.status = 'published' ORDER BY listing.published_at DESC, listing.id DESC LIMIT 25
"""
"""What a list needs when nothing is kept: the 25 newest ads, whole, with their authors."""


@asynccontextmanager
async def pool(app: Litestar) -> AsyncIterator[None]:
    """asyncpg's pool as it comes."""
    async with asyncpg.create_pool(database_url(), min_size=2, max_size=10) as app.state.pool:
        yield


@get("/", media_type="text/plain")
async def bare(request: Request) -> str:
    await request.app.state.pool.fetch(QUERY)
    return "ok"


def site() -> Litestar:
    return Litestar(route_handlers=[bare], lifespan=[pool], openapi_config=None, logging_config=None)
