"""Answer a query from one state of the embedded index."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from time import perf_counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from tantivy import FieldType, Order, Searcher
from tantivy import Query as Asked

from search.contract import Answer, DocumentType, Hit, Query, Sort, Suggestion, distinct_titles
from search.embedded import asking
from search.embedded.nearby import Places
from search.embedded.schema import schema
from search.words.forms import clean, fold
from search.words.marking import Marker
from search.words.synonyms import Unit, units

NAME = "embedded"
VALUES = 250
LAST_VERSION = 2**62


@cache
def _counting() -> ThreadPoolExecutor:
    """tantivy lets go of Python while it works: hits and counts of one question are found side by side."""
    return ThreadPoolExecutor(2, thread_name_prefix="facets")


# Threads do not follow into a forked server process, and the first count would wait for them for ever.
os.register_at_fork(after_in_child=_counting.cache_clear)


def answer(searcher: Searcher, places: Places, query: Query) -> Answer:
    started = perf_counter()
    asked = units(clean(query.words))
    conditions = asking.filters(query, places)
    for text in _texts(searcher, asked):
        counted = _counting().submit(_facets, searcher, text, conditions, query)
        found = _page(searcher, places, query, text, conditions, ranked=bool(asked))
        if found.count:
            break
    marker = Marker.of(asked)
    hits = [_hit(searcher.doc(address), marker) for _, address in found.hits] if query.window[1] else []
    return Answer(
        hits=hits, total=found.count, facets=counted.result(), took_ms=(perf_counter() - started) * 1000, engine=NAME
    )


def grouped(
    searcher: Searcher, places: Places, query: Query, sizes: Mapping[DocumentType, int]
) -> dict[DocumentType, Answer]:
    return {
        type: answer(searcher, places, replace(query, type=type, page=1, size=size, facets=()))
        for type, size in sizes.items()
    }


def suggestions(searcher: Searcher, places: Places, query: Query, limit: int) -> list[Suggestion]:
    asked = units(clean(query.words))
    conditions = asking.filters(query, places)
    for text in asking.beginnings(asked, searcher) if asked else ():
        narrowed = asking.narrowed(text, conditions)
        if hits := searcher.search(narrowed, limit * 4, count=False, order_by_field="newest").hits:
            found = (searcher.doc(address) for _, address in hits)
            return distinct_titles(((_first(one, "shown_title"), _first(one, "id")) for one in found), limit, fold)
    return []


def versions(searcher: Searcher, last: int, seen: int) -> list[tuple[str, int]]:
    """The next 1,000 ids with their versions, from the version `last` on, of which `seen` are known already."""
    wanted = Asked.range_query(schema(), "version", FieldType.Integer, max(last, 0), LAST_VERSION)
    hits = searcher.search(wanted, 1000, offset=seen, count=False, order_by_field="version", order=Order.Asc).hits
    return [(_first(searcher.doc(address), "id"), int(version)) for version, address in hits]


def _texts(searcher: Searcher, asked: list[Unit]) -> Iterator[Asked]:
    """All the words; where no ad has them all, all but one, then half of them, then any."""
    if not asked:
        yield Asked.all_query()
        return
    yield asking.every(asked, searcher)
    for at_least in sorted({len(asked) - 1, (len(asked) + 1) // 2, 1} - {0, len(asked)}, reverse=True):
        yield asking.some(asked, searcher, at_least)


def _page(
    searcher: Searcher, places: Places, query: Query, text: Asked, conditions: asking.Filters, ranked: bool
) -> Any:
    narrowed = asking.narrowed(text, conditions)
    offset, size = query.window
    length = max(size, 1)
    if query.sort is Sort.nearest and query.near:
        banded = asking.by_band(narrowed, query.near, places)
        return searcher.search(banded, length, offset=offset, weight_by_field="freshness")
    if ranked and query.favoured:
        return _near_first(searcher, text, conditions, query, asking.beside(query.favoured, places))
    if query.sort is Sort.relevance and ranked:
        return searcher.search(narrowed, length, offset=offset, weight_by_field="freshness")
    if query.sort is Sort.soonest:
        return searcher.search(narrowed, length, offset=offset, order_by_field="soonest", order=Order.Asc)
    return searcher.search(narrowed, length, offset=offset, order_by_field="newest", order=Order.Desc)


class _Found(Struct):
    """As tantivy answers: score and address of each."""

    hits: list[Any]
    count: int


def _near_first(
    searcher: Searcher,
    text: Asked,
    conditions: asking.Filters,
    query: Query,
    sides: tuple[asking.Filters, asking.Filters],
) -> _Found:
    """The page over what lies inside, then outside, each in the order of relevance."""
    offset, size = query.window
    page = _Found([], 0)
    for side in sides:
        narrowed = asking.narrowed(text, conditions | side)
        left = size - len(page.hits)
        found: Any = searcher.search(
            narrowed, max(left, 1), offset=max(0, offset - page.count), weight_by_field="freshness"
        )
        page.hits += found.hits[:left]
        page.count += found.count
    return page


def _hit(document: Any, marker: Marker) -> Hit:
    title, body = _first(document, "shown_title"), _first(document, "shown_body")
    return Hit(_first(document, "id"), marker.title(title), marker.excerpt(body))


def _facets(searcher: Searcher, text: Asked, conditions: asking.Filters, query: Query) -> dict[str, dict[str, int]]:
    """One pass for the facets that are free, one more for each that is chosen, without its own filter."""
    counted = _counts(searcher, asking.narrowed(text, conditions), query.counted_together)
    for facet in query.counted_apart:
        counted |= _counts(searcher, asking.narrowed(text, conditions, but=facet), [facet])
    return counted


def _counts(searcher: Searcher, found: Asked, facets: list[str]) -> dict[str, dict[str, int]]:
    if not facets:
        return {}
    buckets = searcher.aggregate(found, {facet: {"terms": {"field": facet, "size": VALUES}} for facet in facets})
    return {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in buckets[facet]["buckets"] if bucket["doc_count"]}
        for facet in facets
    }


def _first(document: Any, field: str) -> str:
    return str(document.get_first(field) or "")
