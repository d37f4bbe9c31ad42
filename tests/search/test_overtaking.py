"""Who types on wants no answer to what they had typed before."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from search.overtaking import _under_way, unless_overtaken

PATIENCE = 5


async def stays() -> Any:
    await asyncio.Event().wait()


async def leaves() -> dict[str, str]:
    await asyncio.sleep(0.01)
    return {"type": "http.disconnect"}


class Slow:
    """Work that waits to be let go, and tells that it was cancelled."""

    def __init__(self) -> None:
        self.go, self.was_cancelled = asyncio.Event(), False

    async def __call__(self) -> str:
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        return "done"


async def test_work_that_is_not_overtaken_gives_its_answer():
    slow = Slow()
    slow.go.set()
    assert await unless_overtaken(uuid4(), stays, slow()) == "done"
    assert not _under_way


async def test_the_same_who_asks_again_cancels_the_work_before():
    who, first, second = uuid4(), Slow(), Slow()
    second.go.set()
    async with asyncio.timeout(PATIENCE):
        before = asyncio.create_task(unless_overtaken(who, stays, first()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert await unless_overtaken(who, stays, second()) == "done"
        assert await before is None
    assert first.was_cancelled
    assert not _under_way


async def test_somebody_else_cancels_nothing():
    first, second = Slow(), Slow()
    second.go.set()
    async with asyncio.timeout(PATIENCE):
        before = asyncio.create_task(unless_overtaken(uuid4(), stays, first()))
        await asyncio.sleep(0)
        assert await unless_overtaken(uuid4(), stays, second()) == "done"
        first.go.set()
        assert await before == "done"


async def test_work_for_somebody_who_left_is_cancelled():
    slow = Slow()
    async with asyncio.timeout(PATIENCE):
        assert await unless_overtaken(uuid4(), leaves, slow()) is None
    assert slow.was_cancelled
    assert not _under_way


async def test_a_body_that_comes_in_pieces_is_no_farewell():
    slow, pieces = Slow(), [True, True, False]

    async def receive() -> Any:
        if pieces:
            return {"type": "http.request", "body": b"", "more_body": pieces.pop(0)}
        slow.go.set()
        return await stays()

    async with asyncio.timeout(PATIENCE):
        assert await unless_overtaken(uuid4(), receive, slow()) == "done"


async def test_what_goes_wrong_is_told():
    async def fails() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError):
        await unless_overtaken(uuid4(), stays, fails())
    assert not _under_way
