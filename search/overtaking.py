"""Work for somebody who types is worth doing only until they type on."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")
Receive = Callable[[], Awaitable[Any]]

_under_way: dict[UUID, asyncio.Task[Any]] = {}


async def unless_overtaken(who: UUID, receive: Receive, work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` gives; None when `who` asks again before it is done, or leaves: it is then cancelled.

    `receive` is that of the request.
    """
    task = asyncio.create_task(work)
    if before := _under_way.get(who):
        before.cancel()
    _under_way[who] = task
    watch = asyncio.create_task(_cancel_when_gone(receive, task))
    try:
        await asyncio.wait([task])
    finally:
        watch.cancel()
        task.cancel()
        if _under_way.get(who) is task:
            del _under_way[who]
    return None if task.cancelled() else task.result()


async def _cancel_when_gone(receive: Receive, task: asyncio.Task[Any]) -> None:
    message = await receive()
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
    if message["type"] == "http.request":
        message = await receive()
    if message["type"] == "http.disconnect":
        task.cancel()
