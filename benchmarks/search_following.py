"""How soon a change is findable while many flow: each is written as the site writes it, by a process of its own.

    python -m benchmarks.search_following [changes_a_second] [seconds]

A change is findable once the process that keeps the index has put it there and says so; prints JSON.
"""

import asyncio
import json
import sys
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

from app import database
from benchmarks.spread import spread
from search.keeping import keep_indexed

LOOK = 0.05  # seconds; looking more often would take from what is measured
AT_ONCE = 6
PATIENCE = 60.0  # seconds, after the last change


class Changing:
    """`waiting` holds, by ad, the version and the moment of each commit the index has yet to follow."""

    def __init__(self, ads: list[UUID]) -> None:
        self._ads, self._chance = ads, Random(9)
        self.waiting: dict[str, list[tuple[int, float]]] = {}
        self.took: list[float] = []

    async def change(self, number: int) -> None:
        ad = self._chance.choice(self._ads)
        async with database.transaction():
            await database.execute(
                "UPDATE listing SET body = left(body, 500) || ' Mise à jour ' || $2::text, version = version + 1"
                " WHERE id = $1",
                ad,
                str(number),
            )
            await keep_indexed(ad)
            version = await database.value("SELECT version FROM search_document WHERE id = $1", str(ad))
        self.waiting.setdefault(str(ad), []).append((version, perf_counter()))

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if self.waiting:
                await self._look()

    async def _look(self) -> None:
        found = await database.rows(
            "SELECT id, indexed FROM search_document WHERE id = ANY($1::varchar[]) AND indexed IS NOT NULL",
            list(self.waiting),
        )
        now = perf_counter()
        for row in found:
            left = []
            for version, began in self.waiting[row["id"]]:
                if version <= row["indexed"]:
                    self.took.append((now - began) * 1000)
                else:
                    left.append((version, began))
            if left:
                self.waiting[row["id"]] = left
            else:
                del self.waiting[row["id"]]


async def measured(rate: int, seconds: int) -> dict[str, Any]:
    async with database.connection_pool():
        rows = await database.rows(
            "SELECT id::uuid FROM search_document WHERE NOT is_gone AND type = 'listing' ORDER BY id LIMIT 20000"
        )
        changing = Changing([row["id"] for row in rows])
        watching = asyncio.create_task(changing.watch())
        began, number = perf_counter(), 0
        busy = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> None:
            async with busy:
                await changing.change(number)

        async with asyncio.TaskGroup() as changes:
            for number in range(rate * seconds):
                due = began + number / rate
                if (wait := due - perf_counter()) > 0:
                    await asyncio.sleep(wait)
                changes.create_task(one(number))
        flowed = perf_counter() - began
        until = perf_counter() + PATIENCE
        while changing.waiting and perf_counter() < until:
            await asyncio.sleep(LOOK)
        watching.cancel()
        return {
            "changes": rate * seconds,
            "a second": round(rate * seconds / flowed),
            "findable ms": spread(changing.took),
            "slowest ms": round(max(changing.took)),
            "lost": sum(map(len, changing.waiting.values())),
        }


if __name__ == "__main__":
    rate, seconds = (int(one) for one in (*sys.argv[1:3], *("200", "30")[len(sys.argv[1:3]) :]))
    print(json.dumps(asyncio.run(measured(rate, seconds))))
