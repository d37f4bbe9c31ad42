"""Searches, through one pooled asynchronous connection."""

import asyncio
import logging
from collections.abc import AsyncIterator
from itertools import islice, pairwise
from time import monotonic, perf_counter
from typing import Any, NamedTuple

import httpx

from search.contract import (
    Answer,
    DocumentType,
    EngineUnavailable,
    Hit,
    Query,
    Sort,
    Suggestion,
    TooSlow,
    distinct_titles,
)
from search.meili import asking, relaxing
from search.meili.server import NoIndex
from search.meili.slips import has_each_thing
from search.words.forms import clean, fold
from search.words.marking import Marker
from search.words.synonyms import Unit, units

log = logging.getLogger(__name__)

NAME = "meilisearch"
COUNTED_FOR, MISSED_FOR, MOST_COUNTED = 60.0, 1.0, 20_000  # seconds, seconds, words
_ALL = frozenset(DocumentType)

Search = dict[str, Any]
Readings = AsyncIterator[tuple[asking.Reading, frozenset[str]]]
"""Each with the types in which it may find something."""
Rows = list[dict[str, Any]]


class Found(NamedTuple):
    """The answers to a plan of `asking`, in its order; what is not asked yet is missing."""

    reading: asking.Reading
    plan: asking.Plan
    answers: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return int(self.answers[0]["estimatedTotalHits"])

    @property
    def inside(self) -> dict[str, Any] | None:
        """What lies in the circle that comes first, where one does."""
        return self.answers[1] if self.plan.inside else None


class Reader:
    """`budget_seconds` bounds each answer, all round trips together. `is_missing` as long as no index was seen."""

    def __init__(self, url: str, key: str | None, index: str, budget_seconds: float) -> None:
        self._index, self._budget = index, budget_seconds
        self.is_missing = True
        self._counted: dict[str, tuple[relaxing.Count, float]] = {}
        # A compressed answer leaves the server in small pieces, and each waits 40 ms for the one before
        # to be acknowledged; whole, it is here in 2 ms.
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=budget_seconds, limits=limits)

    async def close(self) -> None:
        await self._http.aclose()

    async def answers(self, queries: list[Query]) -> list[Answer]:
        """To questions of the same words, asked side by side."""
        started = perf_counter()
        asked = units(clean(queries[0].words))
        async with _Budget(self._budget):
            found = await self._found(queries, self._readings(asked, _types(queries)))
            rows = await self._rows(queries, found)
            await self._hear(queries, asked, found, rows)
        marker = Marker.of(asked)
        hits = [[_hit(row, marker) for row in seen] for seen in rows]
        took = (perf_counter() - started) * 1000
        return [
            Answer(
                hits=seen,
                total=one.total,
                facets=_counted(query, one.answers),
                took_ms=took,
                engine=NAME,
            )
            for query, seen, one in zip(queries, hits, found, strict=True)
        ]

    async def _hear(self, queries: list[Query], asked: list[Unit], found: list[Found], rows: list[Rows]) -> None:
        """Puts what sounds the same in the place of what is only a slip away, where something does."""
        whole = asking.tries(asked)
        forgiven = [number for number, one in enumerate(found) if one.total and one.reading in whole]
        if not (asked and forgiven) or has_each_thing((row for number in forgiven for row in rows[number]), asked):
            return
        again = [queries[number] for number in forgiven]
        reading = relaxing.as_heard(asked, await self._counts(relaxing.questions(asked), _types(again)))
        if not reading:
            return
        heard = await self._found(again, _only(reading))
        for number, one, seen in zip(forgiven, heard, await self._rows(again, heard), strict=True):
            if one.total:
                found[number], rows[number] = one, seen

    async def _found(self, queries: list[Query], readings: Readings) -> list[Found]:
        """For each the first way of reading the words in which something is found: one round trip for all a way."""
        conditions = [asking.filters(query) for query in queries]
        found: dict[int, Found] = {}
        left = list(range(len(queries)))
        async for reading, has_enough in readings:
            here = [
                number for number in left if not has_enough.isdisjoint(queries[number].chosen("type") or has_enough)
            ]
            plans = [asking.plan(self._index, queries[number], reading, conditions[number]) for number in here]
            # In several ways each search is as many: the facets chosen are only counted once it is known in which.
            first = [[one.page, *one.inside, *([] if len(reading) > 1 else one.counts)] for one in plans]
            for number, plan, answers in zip(here, plans, await self._planned(first), strict=True):
                found[number] = Found(reading, plan, answers)
            left = [number for number in left if not found[number].total]
            if not left:
                break
        several = [one for one in found.values() if len(one.reading) > 1]
        for one, counts in zip(several, await self._planned([one.plan.counts for one in several]), strict=True):
            one.answers.extend(counts)
        return [found[number] for number in range(len(queries))]

    async def _planned(self, plans: list[list[Search]]) -> list[list[dict[str, Any]]]:
        """The answers to each plan, all in one round trip."""
        answers = iter(await self._multi([search for plan in plans for search in plan]))
        return [list(islice(answers, len(plan))) for plan in plans]

    async def _readings(self, asked: list[Unit], types: frozenset[str]) -> Readings:
        """All the words, then fewer, where some document of a type has enough of them."""
        for reading in asking.tries(asked):
            yield reading, types or _ALL
        if not asked:
            return
        counts = await self._counts(relaxing.questions(asked), types)
        occurring = relaxing.occurring(asked, counts)
        for reading, at_least in relaxing.readings(asked, counts):
            yield reading, frozenset(type for type, things in occurring.items() if things >= at_least)

    async def _rows(self, queries: list[Query], found: list[Found]) -> list[Rows]:
        """Of each page. What stands outside of the circles that come first is asked for in one round trip."""
        rows = [await self._first_rows(query, one) for query, one in zip(queries, found, strict=True)]
        left = [
            (seen, search)
            for query, one, seen in zip(queries, found, rows, strict=True)
            if one.inside and one.total and (search := self._outside(query, one))
        ]
        for (seen, _), (answer,) in zip(left, await self._planned([[search] for _, search in left]), strict=True):
            seen.extend(answer["hits"])
        return rows

    async def _first_rows(self, query: Query, found: Found) -> Rows:
        page = found.inside or found.answers[0]
        if query.sort is not Sort.nearest or not query.near or not page["hits"]:
            return list(page["hits"])
        rings = asking.rings(self._index, query, query.near, found.reading, asking.filters(query))
        return await self._nearest(rings, *query.window, found.total)

    def _outside(self, query: Query, found: Found) -> Search | None:
        """Nothing where all there is stands inside."""
        inside = int(found.inside["estimatedTotalHits"]) if found.inside else 0
        if inside >= found.total:
            return None
        return asking.outside(self._index, query, found.reading, asking.filters(query), inside)

    async def _counts(self, questions: list[str], types: frozenset[str]) -> list[relaxing.Count]:
        """In about how many documents each is found: kept for a while, as it only tells rare words from others. What is
        in nothing of one of the `types` is soon asked again, it may have come."""
        now = monotonic()
        counts = {question: kept for question in questions if (kept := self._kept_count(question, types, now))}
        if asked := [question for question in dict.fromkeys(questions) if question not in counts]:
            found = await self._multi([self._count_of(question) for question in asked])
            fresh = {question: _count(one) for question, one in zip(asked, found, strict=True)}
            if len(self._counted) > MOST_COUNTED:
                self._counted.clear()
            self._counted |= {question: (count, now) for question, count in fresh.items()}
            counts |= fresh
        return [counts[question] for question in questions]

    def _kept_count(self, question: str, types: frozenset[str], now: float) -> relaxing.Count | None:
        if question not in self._counted:
            return None
        count, counted_at = self._counted[question]
        kept_for = COUNTED_FOR if count.types and types <= count.types else MISSED_FOR
        return count if now < counted_at + kept_for else None

    def _count_of(self, question: str) -> Search:
        one = {"indexUid": self._index, "ways": (asking.Way(question),), "limit": 0, "matchingStrategy": "all"}
        return one | {"facets": ["type"]}

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
        async with _Budget(self._budget):
            (found,) = await self._multi([search])
        return distinct_titles(((row["title"], row["id"]) for row in found["hits"]), limit, fold)

    async def count(self) -> int:
        async with _Budget(self._budget):
            (found,) = await self._multi([{"indexUid": self._index, "ways": (asking.Way(""),), "limit": 0}])
        return int(found["estimatedTotalHits"])

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

    async def _multi(self, searches: list[Search]) -> list[dict[str, Any]]:
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
        if not isinstance(answer, dict):
            raise ValueError("not an answer of Meilisearch")
        if response.is_success:
            self.is_missing = False
            return answer
        if answer.get("code") == "index_not_found":
            self.is_missing = True
            raise NoIndex("The search index waits for its first build.")
        # Its message repeats the question: what was searched, and who is hidden from whom.
        log.warning("Meilisearch refused: %s %s", response.status_code, answer.get("code"))
        raise EngineUnavailable(f"Meilisearch answered {response.status_code}")


async def _only(reading: asking.Reading) -> Readings:
    yield reading, _ALL


def _types(queries: list[Query]) -> frozenset[str]:
    return frozenset[str]().union(*(query.chosen("type") for query in queries))


def _count(answer: dict[str, Any]) -> relaxing.Count:
    return relaxing.Count(answer["estimatedTotalHits"], frozenset(answer["facetDistribution"].get("type", ())))


def _hit(row: dict[str, Any], marker: Marker) -> Hit:
    return Hit(row["id"], marker.title(row["title"]), marker.excerpt(row["body"]))


def _counted(query: Query, answers: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    counted = {facet: values for one in answers for facet, values in one.get("facetDistribution", {}).items()}
    return {facet: counted.get(facet, {}) for facet in query.facets}


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
            raise TooSlow("Meilisearch did not answer in time") from late
        if isinstance(error, httpx.TimeoutException):
            raise TooSlow("Meilisearch did not answer in time") from error
        if isinstance(error, httpx.HTTPError | ValueError | KeyError):
            raise EngineUnavailable(f"Meilisearch could not be asked: {error!r}") from error
