"""What would make the first reader wait is read while nobody does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from benefits.catalogue.reading import guides, sheets
from benefits.simulators.scales import scales
from places.finding import prepare


@asynccontextmanager
async def read_rights(_app: Litestar) -> AsyncIterator[None]:
    """The catalogue of rights and the scales; one file that cannot be read stops the start, and says which."""
    sheets()
    guides()
    scales()
    yield


@asynccontextmanager
async def warm_places(_app: Litestar) -> AsyncIterator[None]:
    """The names of communes, about 0.15 s, in a thread beside the first requests."""
    reading = asyncio.create_task(asyncio.to_thread(prepare))
    try:
        yield
    finally:
        await reading
