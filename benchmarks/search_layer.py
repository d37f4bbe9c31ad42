"""What the site adds to an engine's own time: `search.finding.find` from end to end, less the engine's part of it.

The engine's part is, with Meilisearch, the HTTP requests to it; with the embedded engine, its own answer. Prints JSON.
"""

import asyncio
import json
from collections.abc import Callable
from random import Random
from statistics import median
from time import perf_counter, thread_time
from typing import Any

from app import database
from app.demo_crowd.people import somewhere
from benchmarks.search_questions import CATEGORIES, DEPARTMENTS, words
from benchmarks.spread import spread
from search.contract import FACETS, DocumentType, Engine, Near, Query
from search.engine import engine, open_engine
from search.finding import find

TIMES = 150
ADS = (DocumentType.listing, DocumentType.tip)
COUNTED = tuple(facet for facet in FACETS if facet != "type")


def questions(chance: Random) -> dict[str, list[Query]]:
    def near() -> Near:
        place = somewhere(chance)
        return Near(place.lat, place.lon, 25)

    kinds: dict[str, Callable[[], Query]] = {
        "words": lambda: Query(words=words(chance), type=ADS, facets=COUNTED),
        "words, two filters": lambda: Query(
            words=words(chance),
            type=ADS,
            category=chance.choice(CATEGORIES),
            department=chance.choice(DEPARTMENTS),
            facets=COUNTED,
        ),
        "words, near": lambda: Query(words=words(chance), type=ADS, near=near(), facets=COUNTED),
        "no words": lambda: Query(type=ADS, days=(chance.randrange(7),), facets=COUNTED),
    }
    return {kind: [made() for _ in range(TIMES)] for kind, made in kinds.items()}


class Timed:
    """Adds up the milliseconds spent in an engine while one question is answered, and those of this thread's CPU."""

    def __init__(self, serving: Engine) -> None:
        self.own = self.cpu = 0.0
        http = getattr(serving, "_http", None)
        if http is None:
            self._watch(serving, "search")
        else:
            self._watch(http, "post")

    def _watch(self, thing: Any, name: str) -> None:
        asked = getattr(thing, name)

        async def timed(*args: Any, **named: Any) -> Any:
            began, busy = perf_counter(), thread_time()
            try:
                return await asked(*args, **named)
            finally:
                self.own += (perf_counter() - began) * 1000
                self.cpu += (thread_time() - busy) * 1000

        setattr(thing, name, timed)


async def measured() -> dict[str, Any]:
    async with database.connection_pool(), open_engine():
        while engine().needs_rebuild:
            await asyncio.sleep(0.1)
            await engine().prepare()
        watch, found = Timed(engine()), dict[str, Any]()
        for kind, asked in questions(Random(3)).items():
            took, added, cpu = [], [], []
            for query in asked:
                watch.own = watch.cpu = 0.0
                began, busy = perf_counter(), thread_time()
                answer = await find(query)
                whole, worked = (perf_counter() - began) * 1000, (thread_time() - busy) * 1000
                if answer.degraded:  # past its budget, or left in peace after that
                    continue
                took.append(whole)
                added.append(whole - watch.own)
                cpu.append(worked - watch.cpu)
            found[kind] = {"find": spread(took), "added": round(median(added), 2), "cpu": round(median(cpu), 2)}
            found[kind]["answered"] = len(took) / TIMES
        return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured())))
