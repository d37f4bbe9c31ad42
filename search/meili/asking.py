"""Turn a Query into Meilisearch's: filters are built from escaped values, words from stems only."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from search.contract import FACETS, Near, Query, Sort
from search.meili import around
from search.meili.settings import NEWEST, SHOWN
from search.synonyms import Unit
from search.words import is_short

# Distances are only ever shown in these bands, so nothing is ordered more finely.
BANDS = (5, 10, 25, 50, 100)
SOONEST = ["soonest:asc", *NEWEST]
SHORTEST_BEGINNING = 4
LONGEST_SYNONYM = 3

Filters = dict[str, str]


class Try(NamedTuple):
    """`typed` as Meilisearch is to read it, and which of its words an ad must have."""

    typed: str
    strategy: str


def tries(asked: list[Unit]) -> list[Try]:
    """What to ask first, one after the other until something is found: all the words.

    The stems, letters and digits only: no quote or minus of the typed text can act as an operator. Meilisearch takes
    a last word for an unfinished one; a space after it says that it is whole.
    """
    typed = " ".join(map(said, asked))
    last = asked[-1].words[-1] if asked else ""
    readings = ([typed + " "] if is_short(last) else []) + ([typed] if len(last) >= SHORTEST_BEGINNING else [])
    return [Try(reading, "all") for reading in readings or [typed]]


def said(unit: Unit) -> str:
    """Its stems; or a shorter name of what is longer than Meilisearch looks for among its synonyms."""
    shorter = [name for name in unit.others if len(name) <= LONGEST_SYNONYM]
    return " ".join(min(shorter, key=len) if shorter and len(unit.stems) > LONGEST_SYNONYM else unit.stems)


def filters(query: Query) -> Filters:
    """Each condition under its name, so that a facet can be counted without its own."""
    found = {facet: f"{facet} IN {_list(values)}" for facet in FACETS if (values := query.chosen(facet))}
    if query.near and query.near.km is not None:
        found["near"] = _within(query.near, query.near.km)
    if query.on_or_after:
        found["after"] = f"ends >= {query.on_or_after.toordinal()}"
    if query.on_or_before:
        found["before"] = f"starts <= {query.on_or_before.toordinal()}"
    if query.price_max_cents is not None:
        found["price"] = f"price <= {int(query.price_max_cents)}"
    for field, hidden in (("author", query.hidden_authors), ("id", query.hidden_ids)):
        if hidden:
            found[f"hidden {field}"] = f"{field} NOT IN {_list(hidden)}"
    if query.alive_at:
        found["alive"] = f"expires > {int(query.alive_at.timestamp())}"
    return found


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, values))}]"


def quoted(value: str) -> str:
    plain = value.encode("utf-8", "ignore").decode()
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def searches(index: str, query: Query, typed: str, conditions: Filters, strategy: str) -> list[dict[str, Any]]:
    """The page with the facets that are free, then one count for each facet chosen, without its filter."""
    offset, size = query.window
    page = _one(index, typed, conditions.values(), strategy) | {
        "offset": offset,
        "limit": size,
        "facets": [facet for facet in query.facets if facet not in conditions],
    }
    if query.sort is Sort.soonest:
        page["sort"] = SOONEST
    elif query.sort is not Sort.relevance or not typed:
        page["sort"] = NEWEST
    counts = [
        _one(index, typed, (text for name, text in conditions.items() if name != facet), strategy)
        | {"limit": 0, "facets": [facet]}
        for facet in query.facets
        if facet in conditions
    ]
    return [page, *counts]


class Rings(NamedTuple):
    """`circles` count what lies within each band; `searches` find what lies between two, newest first."""

    circles: list[dict[str, Any]]
    searches: list[dict[str, Any]]


def rings(index: str, query: Query, near: Near, typed: str, conditions: Filters, strategy: str) -> Rings:
    """Nearest first; the last ring holds whatever lies further."""
    furthest = near.km if near.km is not None else float("inf")
    edges = [0, *(band for band in BANDS if band < furthest)]
    bands = [[_within(near, outer), *_beyond(near, inner)] for inner, outer in pairwise(edges)]
    bands.append(_beyond(near, edges[-1]))
    others = list(conditions.values())
    return Rings(
        [_one(index, typed, [*others, _within(near, edge)], strategy) | {"limit": 0} for edge in edges[1:]],
        [_one(index, typed, [*others, *band], strategy) | {"sort": NEWEST} for band in bands],
    )


def _one(index: str, typed: str, conditions: Iterable[str], strategy: str) -> dict[str, Any]:
    return {
        "indexUid": index,
        "q": typed,
        "filter": list(conditions),
        "matchingStrategy": strategy,
        "attributesToRetrieve": SHOWN,
    }


def _within(near: Near, km: float) -> str:
    return around.within(near.lat, near.lon, km)


def _beyond(near: Near, km: float) -> list[str]:
    return [f"NOT ({_within(near, km)})"] if km else []
