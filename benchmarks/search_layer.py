"""What the site adds to an engine's own time: `search.finding.find` from end to end, less the engine's part of it.

The engine's part is, with Meilisearch, the HTTP requests to it; with the embedded engine, its own answer. Prints JSON.
"""

import asyncio
import json
from collections.abc import Callable
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from app import database
from app.demo_crowd.people import somewhere
from benchmarks.search_engine import spread
from benchmarks.search_questions import CATEGORIES, DEPARTMENTS, words
from search.contract import DocumentType, Engine, Near, Query
from search.engine import engine, open_engine
from search.finding import find

TIMES = 150
ADS = (DocumentType.listing, DocumentType.tip)


def questions(chance: Random) -> dict[str, list[Query]]:
    def near() -> Near:
        place = somewhere(chance)
        return Near(place.lat, place.lon, 25)

    kinds: dict[str, Callable[[], Query]] = {
        "words": lambda: Query(words=words(chance), type=ADS),
        "words, two filters": lambda: Query(
            words=words(chance), type=ADS, category=chance.choice(CATEGORIES), department=chance.choice(DEPARTMENTS)
        ),
        "words, near": lambda: Query(words=words(chance), type=ADS, near=near()),
        "no words": lambda: Query(type=ADS, days=(chance.randrange(7),)),
    }
    return {kind: [made() for _ in range(TIMES)] for kind, made in kinds.items()}


class Timed:
    """Adds up the milliseconds spent in an engine while one question is answered."""

    def __init__(self, serving: Engine) -> None:
        self.own = 0.0
        http = getattr(serving, "_http", None)
        if http is None:
            self._watch(serving, "search")
        else:
            self._watch(http, "post")

    def _watch(self, thing: Any, name: str) -> None:
        asked = getattr(thing, name)

        async def timed(*args: Any, **named: Any) -> Any:
            began = perf_counter()
            try:
                return await asked(*args, **named)
            finally:
                self.own += (perf_counter() - began) * 1000

        setattr(thing, name, timed)


async def measured() -> dict[str, Any]:
    async with database.connection_pool(), open_engine():
        while engine().needs_rebuild:
            await asyncio.sleep(0.1)
            await engine().prepare()
        watch, found = Timed(engine()), dict[str, Any]()
        for kind, asked in questions(Random(3)).items():
            took, added = [], []
            for query in asked:
                watch.own, began = 0.0, perf_counter()
                answer = await find(query)
                whole = (perf_counter() - began) * 1000
                if answer.degraded:
                    raise RuntimeError("PostgreSQL answered instead of the engine")
                took.append(whole)
                added.append(whole - watch.own)
            found[kind] = {"find": spread(took), "added": round(median(added), 2)}
        return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured())))
