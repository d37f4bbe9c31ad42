"""Turn a Query into Meilisearch's: filters are built from escaped values, words from stems only."""

from collections.abc import Iterable
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

from places.distance import BANDS_KM
from search.contract import CUMULATIVE, FACETS, Near, Query, Sort
from search.meili import around
from search.meili.settings import NEWEST, SHOWN, VALUES
from search.words.forms import is_short
from search.words.synonyms import Unit

SOONEST = ["soonest:asc", *NEWEST]
SHORTEST_BEGINNING = 4
LONGEST_SYNONYM = 3

Filters = dict[str, str | list[str]]
"""All of them are to hold, of a list any."""

_OF_EACH_WAY = ("indexUid", "filter", "matchingStrategy", "attributesToRetrieve", "sort")


class Way(NamedTuple):
    """`typed` as Meilisearch is to read it: an ad must have all of it. What more `weight`, up to 1, is worth more."""

    typed: str
    weight: float = 1


# Whatever is found in one of these ways.
Reading = tuple[Way, ...]


def tries(asked: list[Unit]) -> list[Reading]:
    """What to ask first, one after the other until something is found: all the words.

    The stems, letters and digits only: no quote or minus of the typed text can act as an operator. Meilisearch takes
    a last word for an unfinished one; a space after it says that it is whole.
    """
    if not asked:
        return [(Way(""),)]
    typed, last = " ".join(map(said, asked)), asked[-1].words[-1]
    readings = ([typed + " "] if is_short(last) else []) + ([typed] if len(last) >= SHORTEST_BEGINNING else [])
    return [(Way(reading),) for reading in readings]


def said(unit: Unit) -> str:
    """Its stems; or a shorter name of what is longer than Meilisearch looks for among its synonyms."""
    names = sorted((name for name in unit.others if len(name) <= LONGEST_SYNONYM), key=len)
    return " ".join(names[0] if names and len(unit.stems) > LONGEST_SYNONYM else unit.stems)


def filters(query: Query) -> Filters:
    """Each condition under its name, so that a facet can be counted without its own."""
    found: Filters = {facet: _chosen(facet, values) for facet in FACETS if (values := query.chosen(facet))}
    if query.near and query.near.km is not None:
        found["near"] = around.within(query.near.lat, query.near.lon, query.near.km)
    if query.on_or_after:
        found["after"] = f"ends >= {query.on_or_after.toordinal()}"
    if query.on_or_before:
        found["before"] = f"starts <= {query.on_or_before.toordinal()}"
    if query.price_max_cents is not None:
        found["price"] = f"price <= {int(query.price_max_cents)}"
    if query.sleeps_min is not None:
        found["sleeps"] = f"sleeps >= {int(query.sleeps_min)}"
    for field, hidden in (("author", query.hidden_authors), ("id", query.hidden_ids)):
        if hidden:
            found[f"hidden {field}"] = f"{field} NOT IN {_list(hidden)}"
    if query.alive_at:
        found["alive"] = f"expires > {int(query.alive_at.timestamp())}"
    return found


def _chosen(facet: str, values: tuple[str, ...]) -> str:
    if facet in CUMULATIVE:
        return " AND ".join(f"{facet} = {quoted(value)}" for value in values)
    return f"{facet} IN {_list(values)}"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, values))}]"


def quoted(value: str) -> str:
    plain = value.encode("utf-8", "ignore").decode()
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Plan(NamedTuple):
    """`page` comes with the facets that are free; where a circle comes first, it is without hits and `inside` has those
    of the circle. `counts` has one search for each facet chosen, without its filter."""

    page: dict[str, Any]
    inside: list[dict[str, Any]]
    counts: list[dict[str, Any]]


def plan(index: str, query: Query, reading: Reading, conditions: Filters) -> Plan:
    offset, size = query.window
    circle = query.favoured if reading[0].typed else None
    page = _one(index, reading, conditions.values()) | {
        "offset": 0 if circle else offset,
        "limit": 0 if circle else size,
        "facets": query.counted_together,
    }
    if query.sort is Sort.soonest:
        page["sort"] = SOONEST
    elif query.sort is not Sort.relevance or not reading[0].typed:
        page["sort"] = NEWEST
    counts = [
        _one(index, reading, (text for name, text in conditions.items() if name != facet))
        | {"limit": 0, "facets": [facet]}
        for facet in query.counted_apart
    ]
    return Plan(page, [_inside(index, query, circle, reading, conditions)] if circle else [], counts)


def _inside(index: str, query: Query, circle: Near, reading: Reading, conditions: Filters) -> dict[str, Any]:
    offset, size = query.window
    near = around.within(circle.lat, circle.lon, circle.km or 0)
    return _one(index, reading, [*conditions.values(), near]) | {"offset": offset, "limit": size}


def outside(index: str, query: Query, reading: Reading, conditions: Filters, inside: int) -> dict[str, Any] | None:
    """What is left of a page after the `inside` found in the circle that comes first; None when that fills it."""
    offset, size = query.window
    circle, left = query.favoured, size - min(size, max(0, inside - offset))
    if not circle or not left:
        return None
    far = around.within(circle.lat, circle.lon, inf, circle.km or 0)
    one = _one(index, reading, [*conditions.values(), far])
    return one | {"offset": max(0, offset - inside), "limit": left}


class Rings(NamedTuple):
    """`circles` count what lies within each band; `searches` find what lies between two, newest first."""

    circles: list[dict[str, Any]]
    searches: list[dict[str, Any]]


def rings(index: str, query: Query, near: Near, reading: Reading, conditions: Filters) -> Rings:
    """Nearest first; the last ring holds whatever lies further."""
    furthest = near.km if near.km is not None else inf
    edges = [0, *(band for band in BANDS_KM if band < furthest), furthest]
    others = [condition for name, condition in conditions.items() if name != "near"]

    def between(inner: float, outer: float) -> list[str]:
        return around.within(near.lat, near.lon, outer, inner)

    return Rings(
        [_one(index, reading, [*others, between(0, edge)]) | {"limit": 0} for edge in edges[1:-1]],
        [_one(index, reading, [*others, between(*ring)]) | {"sort": NEWEST} for ring in pairwise(edges)],
    )


def _one(index: str, reading: Reading, conditions: Iterable[str | list[str]]) -> dict[str, Any]:
    return {
        "indexUid": index,
        "ways": reading,
        "filter": list(conditions),
        "matchingStrategy": "all",
        "attributesToRetrieve": SHOWN,
    }


def requests(searches: list[dict[str, Any]]) -> list[tuple[list[int], dict[str, Any]]]:
    """What to send for these searches, and which of them each answers: those of one way go together, one of several
    ways is a federation of its own."""
    alone = [number for number, search in enumerate(searches) if len(search["ways"]) == 1]
    together = [(alone, {"queries": [_in_one_way(searches[number]) for number in alone]})] if alone else []
    return together + [
        ([number], _in_several_ways(search)) for number, search in enumerate(searches) if number not in alone
    ]


def _in_one_way(search: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in search.items() if name != "ways"} | {"q": search["ways"][0].typed}


def _in_several_ways(search: dict[str, Any]) -> dict[str, Any]:
    """An ad found in several ways is found once, and counts once."""
    asked = {name: search[name] for name in _OF_EACH_WAY if name in search}
    # What is sorted by something else than relevance must not be pushed about by weights.
    weighs = "sort" not in search
    return {
        "federation": {
            "offset": search.get("offset", 0),
            "limit": search["limit"],
            "facetsByIndex": {search["indexUid"]: search.get("facets", [])},
            "mergeFacets": {"maxValuesPerFacet": VALUES},
        },
        "queries": [
            asked | {"q": way.typed, "federationOptions": {"weight": way.weight if weighs else 1}}
            for way in search["ways"]
        ],
    }
