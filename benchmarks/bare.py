"""What the site is compared with: one Litestar route that runs the query of the list and returns two bytes."""

from litestar import Litestar, get

from app import database
from app.database import connection_pool

QUERY = """
    SELECT listing.id, listing.version, listing.category, listing.kind, listing.title, listing.commune,
        listing.price_cents, listing.published_at, member.first_name
    FROM listing JOIN member ON member.id = listing.author
    WHERE listing.status = 'published' ORDER BY listing.published_at DESC, listing.id DESC LIMIT 25
"""


@get("/", media_type="text/plain")
async def bare() -> str:
    await database.rows(QUERY)
    return "ok"


def site() -> Litestar:
    return Litestar(route_handlers=[bare], lifespan=[connection_pool], openapi_config=None, logging_config=None)
