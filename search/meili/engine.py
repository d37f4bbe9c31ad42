"""Meilisearch: searches through one pooled asynchronous connection, writes through its own client."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from itertools import pairwise
from time import perf_counter
from typing import Any

import httpx
from msgspec.structs import replace

from search.contract import (
    Answer,
    Document,
    DocumentType,
    EngineUnavailable,
    Hit,
    Query,
    Sort,
    Suggestion,
    distinct_titles,
)
from search.marking import Marker
from search.meili import asking, relaxing
from search.meili.server import Server
from search.meili.settings import INDEX, VERSION
from search.meili.writing import NoIndex, Writer
from search.synonyms import Unit, units
from search.words import clean, fold

log = logging.getLogger(__name__)

NAME = "meilisearch"


class MeilisearchEngine:
    """`budget_ms` bounds each answer, all round trips together; `index` is the index's name on the server.

    `key` writes and reads; `search_key` only searches, and is enough for a process that never writes.
    """

    name = NAME

    def __init__(
        self,
        url: str,
        key: str | None = None,
        index: str = INDEX,
        budget_ms: float = 300,
        search_key: str | None = None,
    ) -> None:
        self._url = url
        self._index = f"{index}-v{VERSION}"
        self._budget = budget_ms / 1000
        self._only_searches = bool(search_key) and not key
        self._writer = Writer(Server(url, key), self._index)
        # A compressed answer leaves the server in small pieces, and each waits 40 ms for the one before
        # to be acknowledged; whole, it is here in 2 ms.
        bearer = search_key or key
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=self._budget, limits=limits)
        self._rebuilding = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._meanwhile: dict[str, Document | None] | None = None
        self._missing = True

    @property
    def identity(self) -> str:
        return f"{NAME} {self._index} {self._url}"

    @property
    def needs_rebuild(self) -> bool:
        return self._missing

    async def prepare(self) -> None:
        if self._only_searches:
            with suppress(NoIndex):
                await self.count()
        else:
            self._missing = not await asyncio.to_thread(self._writer.prepare)

    async def search(self, query: Query) -> Answer:
        started = perf_counter()
        asked = units(clean(query.words))
        conditions = asking.filters(query)
        async with self._within_budget():
            reading, (page, *counts) = await self._found(query, asked, conditions)
            rows = page["hits"]
            if query.sort is Sort.nearest and query.near and rows:
                rings = asking.rings(self._index, query, query.near, reading, conditions)
                rows = await self._nearest(rings, *query.window, page["estimatedTotalHits"])
        marker = Marker.of(asked)
        hits = [Hit(row["id"], marker.title(row["title"]), marker.excerpt(row["body"])) for row in rows]
        counted = {name: values for one in (page, *counts) for name, values in one.get("facetDistribution", {}).items()}
        facets = {facet: counted.get(facet, {}) for facet in query.facets}
        took = (perf_counter() - started) * 1000
        return Answer(hits=hits, total=page["estimatedTotalHits"], facets=facets, took_ms=took, engine=NAME)

    async def _found(
        self, query: Query, asked: list[Unit], conditions: asking.Filters
    ) -> tuple[asking.Reading, list[dict[str, Any]]]:
        """The first way of reading the words in which something is found, and what is found."""
        for one in asking.tries(asked):
            found = await self._multi(asking.searches(self._index, query, one, conditions))
            if found[0]["estimatedTotalHits"] or not asked:
                return one, found
        for one in relaxing.readings(asked, await self._counts(relaxing.questions(asked))):
            found = await self._multi(asking.searches(self._index, query, one, conditions))
            if found[0]["estimatedTotalHits"]:
                break
        return one, found

    async def _counts(self, questions: list[str]) -> list[int]:
        asked = [
            {"indexUid": self._index, "ways": (asking.Way(question),), "limit": 0, "matchingStrategy": "all"}
            for question in questions
        ]
        return [found["estimatedTotalHits"] for found in await self._multi(asked)]

    async def grouped(self, query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
        asked = [replace(query, type=type, page=1, size=size, facets=()) for type, size in sizes.items()]
        return dict(zip(sizes, await asyncio.gather(*map(self.search, asked)), strict=True))

    async def suggest(self, query: Query, limit: int = 5) -> list[Suggestion]:
        words = " ".join(word for unit in units(clean(query.words)) for word in unit.words)
        if not words:
            return []
        search = {
            "indexUid": self._index,
            "ways": (asking.Way(words),),
            "filter": list(asking.filters(query).values()),
            "attributesToSearchOn": ["title_words"],
            "attributesToRetrieve": ["id", "title"],
            "matchingStrategy": "all",
            "sort": asking.NEWEST,
            "limit": limit * 4,
        }
        async with self._within_budget():
            (found,) = await self._multi([search])
        return distinct_titles(((row["title"], row["id"]) for row in found["hits"]), limit, fold)

    async def put(self, documents: Iterable[Document]) -> None:
        await self._change({document.id: document for document in documents})

    async def remove(self, ids: Iterable[str]) -> None:
        await self._change(dict.fromkeys(ids))

    async def begin(self) -> str:
        return await asyncio.to_thread(self._writer.begin)

    async def holds(self, beside: str) -> bool:
        return await asyncio.to_thread(self._writer.holds, beside)

    async def add(self, beside: str, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        await asyncio.to_thread(self._writer.add, beside, list(documents), list(gone))

    async def swap(self, beside: str) -> None:
        await asyncio.to_thread(self._writer.swap, beside)
        self._missing = False

    async def abandon(self, beside: str) -> None:
        await asyncio.to_thread(self._writer.abandon, beside)

    async def versions(self) -> AsyncIterator[list[tuple[str, int]]]:
        seen = 0
        while found := await asyncio.to_thread(self._writer.versions, seen):
            yield found
            seen += len(found)

    async def rebuild(
        self, batches: AsyncIterator[list[Document]], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        async with self._rebuilding:
            beside = await self.begin()
            self._meanwhile, done = {}, 0
            try:
                async for batch in batches:
                    await self.add(beside, batch)
                    done += len(batch)
                    progress(done)
                async with self._writing:
                    await self.add(beside, *_apart(self._meanwhile))
                    await self.swap(beside)
            except BaseException:
                # In a thread of its own and unawaited: a cancelled rebuild, too, must drop what it began.
                asyncio.get_running_loop().run_in_executor(None, self._writer.abandon, beside)
                raise
            finally:
                self._meanwhile = None

    async def count(self) -> int:
        async with self._within_budget():
            (found,) = await self._multi([{"indexUid": self._index, "ways": (asking.Way(""),), "limit": 0}])
        return int(found["estimatedTotalHits"])

    async def close(self) -> None:
        await self._http.aclose()

    async def _change(self, changes: dict[str, Document | None]) -> None:
        async with self._writing:
            if self._meanwhile is not None:
                self._meanwhile |= changes
            try:
                await asyncio.to_thread(self._writer.change, *_apart(changes))
            except NoIndex:
                self._missing = True
                if self._meanwhile is None:
                    raise

    def _within_budget(self) -> "_Budget":
        return _Budget(self._budget)

    async def _nearest(self, rings: asking.Rings, offset: int, size: int, total: int) -> list[dict[str, Any]]:
        """The page over all rings one after the other: how many each holds, then the slices that are seen."""
        within = [found["estimatedTotalHits"] for found in await self._multi(rings.circles)] if rings.circles else []
        slices = []
        for ring, (inner, outer) in zip(rings.searches, pairwise([0, *within, total]), strict=True):
            here = outer - inner
            if size and offset < here:
                slices.append(ring | {"offset": offset, "limit": size})
                size = max(0, size - (here - offset))
            offset = max(0, offset - here)
        return [row for found in await self._multi(slices) for row in found["hits"]] if slices else []

    async def _multi(self, searches: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answer to each, in as few round trips as they take, side by side."""
        requests = asking.requests(searches)
        answers = await asyncio.gather(*(self._post(request) for _, request in requests))
        found = {
            number: one
            for (numbers, _), answer in zip(requests, answers, strict=True)
            for number, one in zip(numbers, answer.get("results", [answer]), strict=True)
        }
        return [found[number] for number in range(len(searches))]

    async def _post(self, request: dict[str, Any]) -> dict[str, Any]:
        response = await self._http.post("/multi-search", json=request)
        answer = response.json()
        if response.is_success:
            self._missing = False
            return dict(answer)
        if answer.get("code") == "index_not_found":
            self._missing = True
            raise NoIndex("The search index waits for its first build.")
        log.warning("Meilisearch refused: %s %s", response.status_code, response.text[:500])
        raise EngineUnavailable(f"Meilisearch answered {response.status_code}")


def _apart(changes: dict[str, Document | None]) -> tuple[list[Document], list[str]]:
    """What to add or replace, and what to remove."""
    put = [document for document in changes.values() if document is not None]
    return put, [key for key, document in changes.items() if document is None]


class _Budget:
    """Within it, a server that is down, slow or babbling is unavailable."""

    def __init__(self, seconds: float) -> None:
        self._timeout = asyncio.timeout(seconds)

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError as late:
            raise EngineUnavailable("Meilisearch did not answer in time") from late
        if isinstance(error, httpx.HTTPError | ValueError | KeyError):
            raise EngineUnavailable(f"Meilisearch could not be asked: {error!r}") from error
