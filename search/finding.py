"""The only door to a search: the engine within its budget, else PostgreSQL, and in both nothing that is not to be seen.

The index follows a commit after a moment. What changed or went since is left out of the question itself, so that it is
in no result, no count and no suggestion from the very commit on; so is what has expired by now.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from app import database
from app.breaker import Breaker
from app.dates import now
from places.communes import Place
from search import postgres
from search.contract import Answer, DocumentType, Engine, EngineUnavailable, Near, Query, Suggestion, TooSlow
from search.engine import engine

FAVOURED_KM = 50
MOST_HIDDEN = 500
"""With more rows than this ahead of the index, PostgreSQL answers: the question would grow too long."""

T = TypeVar("T")
_breakers: dict[Engine, Breaker] = {}


def around(place: Place) -> Near:
    """Where answers to words come first from: what is further is rarely fetched, and nobody helps from there."""
    return Near(place.lat, place.lon, FAVOURED_KM)


async def find(query: Query) -> Answer:
    """One page of results, and counts for `query.facets`."""
    answer, degraded = await _asked(query, lambda engine, asked: engine.search(asked), postgres.search)
    return replace(answer, degraded=True) if degraded else answer


async def find_grouped(query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
    """The first so many of each type; no facets."""
    answers, degraded = await _asked(
        query, lambda engine, asked: engine.grouped(asked, sizes), lambda asked: postgres.grouped(asked, sizes)
    )
    return {type: replace(answer, degraded=True) for type, answer in answers.items()} if degraded else answers


async def suggest(query: Query, limit: int = 5) -> list[Suggestion]:
    """Titles that complete `query.words`."""
    titles, _ = await _asked(
        query, lambda engine, asked: engine.suggest(asked, limit), lambda asked: postgres.suggest(asked, limit)
    )
    return titles


def forget_failures() -> None:
    """Between tests."""
    _breakers.clear()


async def _asked(
    query: Query, ask: Callable[[Engine, Query], Awaitable[T]], instead: Callable[[Query], Awaitable[T]]
) -> tuple[T, bool]:
    """The answer, and whether it is PostgreSQL's."""
    alive = replace(query, alive_at=now())
    hidden = await ahead_of_the_index()
    if len(hidden) <= MOST_HIDDEN:
        try:
            serving = engine()
            with _breaker(serving).asking():
                return await ask(serving, replace(alive, hidden_ids=(*query.hidden_ids, *hidden))), False
        except EngineUnavailable:
            pass
    return await instead(alive), True


async def ahead_of_the_index() -> tuple[str, ...]:
    """What the index may have in another state than the database: at most one more than `MOST_HIDDEN`."""
    # In this order it is read from the index of what changed, however many rows PostgreSQL believes there are.
    found = await database.rows(
        "SELECT id FROM search_document WHERE indexed <> version ORDER BY version LIMIT $1", MOST_HIDDEN + 1
    )
    return tuple(row["id"] for row in found)


def _breaker(engine: Engine) -> Breaker:
    """Of this very engine: another one starts afresh."""
    if engine not in _breakers:
        _breakers.clear()
        _breakers[engine] = Breaker(EngineUnavailable, TooSlow)
    return _breakers[engine]
