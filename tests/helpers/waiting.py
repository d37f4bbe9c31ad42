"""Waits that end: what does not come in time fails the test, and nothing is left waiting."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE = 30.0  # seconds; what is waited for takes milliseconds, also on a busy machine


async def until(asked: Callable[[], Awaitable[object]], seconds: float = PATIENCE) -> None:
    """Asks again and again, until the answer is true."""
    async with asyncio.timeout(seconds):
        while not await asked():  # noqa: ASYNC110 - the database cannot set an event of ours
            await asyncio.sleep(0.01)
