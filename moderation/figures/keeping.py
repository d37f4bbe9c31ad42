"""What was counted is kept a minute per process, and one count runs at a time, however many ask."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

from app.kept import Kept

KEPT_SECONDS = 60
MOST = 40

V = TypeVar("V")


class KeptFigures(Generic[V]):
    """Figures by what they are of (a period), as they were at most a minute ago."""

    def __init__(self) -> None:
        self._kept = Kept[Hashable, tuple[float, V]](MOST)
        self._turn: asyncio.Lock | None = None

    async def get(self, key: Hashable, count: Callable[[], Awaitable[V]]) -> V:
        if fresh := self._fresh(key):
            return fresh[1]
        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            fresh = self._fresh(key) or self._kept.put(key, (monotonic(), await count()))
            return fresh[1]

    def forget(self) -> None:
        self._kept.clear()

    def _fresh(self, key: Hashable) -> tuple[float, V] | None:
        kept = self._kept.get(key)
        return kept if kept and monotonic() - kept[0] < KEPT_SECONDS else None
