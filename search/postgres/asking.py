"""A Query in SQL: conditions with their parameters, the order of a page, the counts of a facet."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from places.communes import table
from places.departments import department_of
from places.distance import rows_around
from search.contract import CUMULATIVE, FACETS, DocumentType, Near, Query, Sort
from search.words.forms import clean

# Distances are only ever shown in these bands, so nothing is ordered more finely.
BANDS = (5, 10, 25, 50, 100)
KEPT = "NOT is_gone"
MOST_RANKED = 2000
"""Ranking every match of a common word takes seconds; what is newer is what people look for."""

_COLUMNS = "id, title, body, found_by, published_at, soonest_on, helpful, lat, lon, " + ", ".join(FACETS)
_INDEXES = {
    "type = 'listing'": {DocumentType.listing},
    "type = 'tip'": {DocumentType.tip},
    "type <> ALL ('{listing,tip}')": {*DocumentType} - {DocumentType.listing, DocumentType.tip},
}
"""The condition of each index of words, with the types it has."""
_SEVERAL = ("days", "periods", "traits")
_BOOLEANS = ("has_photo", "has_helped")

Conditions = dict[str, str]


class Asked(NamedTuple):
    """Of these types, all where none is named, what holds the conditions."""

    types: Collection[str]
    held: Conditions


class Given(list[Any]):
    """The parameters of a statement, numbered as they come."""

    def __call__(self, value: Any) -> str:
        self.append(value)
        return f"${len(self)}"


def conditions(query: Query, given: Given) -> Conditions:
    """Each under its name, so that a facet can be counted without its own."""
    found = {facet: _chosen(facet, query, given) for facet in FACETS if query.chosen(facet)}
    if query.near and query.near.km is not None:
        found["near"] = _within(query.near, query.near.km, given)
    if query.on_or_after:
        found["after"] = f"(ends_on IS NULL OR ends_on >= {given(query.on_or_after)})"
    if query.on_or_before:
        found["before"] = f"(starts_on IS NULL OR starts_on <= {given(query.on_or_before)})"
    if query.price_max_cents is not None:
        found["price"] = f"coalesce(price_cents, 0) <= {given(query.price_max_cents)}"
    if query.sleeps_min is not None:
        found["sleeps"] = f"sleeps >= {given(query.sleeps_min)}::int"
    if authors := _uuids(query.hidden_authors):
        found["hidden author"] = f"(author IS NULL OR author <> ALL({given(authors)}::uuid[]))"
    if query.hidden_ids:
        found["hidden id"] = f"id <> ALL({given(list(map(clean, query.hidden_ids)))}::text[])"
    if query.alive_at:
        found["alive"] = f"(expires_at IS NULL OR expires_at > {given(query.alive_at)})"
    return found


def with_words(asked: Asked) -> list[str]:
    """What to ask for of each index of words apart."""
    found = (one for one, its in _INDEXES.items() if not asked.types or any(type in its for type in asked.types))
    return [f"search_document WHERE {' AND '.join([KEPT, one, *asked.held.values()])}" for one in found]


def newest(asked: Asked, since: str | None = None, most: int = MOST_RANKED) -> str:
    """The newest documents that hold the conditions; with `since`, of those published at that moment or later."""
    if since:
        asked = asked._replace(held={**asked.held, "since": f"published_at >= {since}"})
    source = f"search_document WHERE {' AND '.join([KEPT, *asked.held.values()])}"
    if "words" in asked.held:
        # All that have them are found first: to go through the newest until there are enough might mean to go through
        # all there are, and PostgreSQL cannot tell beforehand.
        each = " UNION ALL ".join(f"SELECT * FROM {one}" for one in with_words(asked))
        source = f"({each} OFFSET 0) AS with_words"
    return f"SELECT {_COLUMNS} FROM {source} ORDER BY published_at DESC, id DESC LIMIT {most}"


def has(words: str, given: Given) -> str:
    """The condition that a document has them: a tsquery of `search.postgres.wording`."""
    return f"found_by @@ {given(words)}::text::tsquery"


def order(query: Query, score: str | None, given: Given) -> str:
    """Of rows of `newest`; `score` is what relevance goes by, where it does."""
    latest = "published_at DESC, helpful DESC, id DESC"
    if query.sort is Sort.nearest and query.near:
        distance = _distance(query.near, given)
        return f"{' + '.join(f'({distance} > {band})::int' for band in BANDS)} NULLS LAST, {latest}"
    if query.sort is Sort.soonest:
        return f"soonest_on NULLS LAST, {latest}"
    if not score:
        return latest
    near_first = f"{_is_near(query.favoured, given)} DESC, " if query.favoured else ""
    return f"{near_first}{score} DESC, {latest}"


def counts(facet: str, among: str) -> str:
    """(facet, value, how many) of each value found."""
    several = facet in _SEVERAL
    value, rows = ("one::text", f"{among}, unnest({facet}) AS one") if several else (f"{facet}::text", among)
    named = f" WHERE {facet}" if facet in _BOOLEANS else "" if several else f" WHERE {facet} <> ''"
    return f"SELECT '{facet}' AS facet, {value} AS value, count(*) AS many FROM {rows}{named} GROUP BY 2"


def _chosen(facet: str, query: Query, given: Given) -> str:
    if facet in _BOOLEANS:
        return facet
    values = [clean(value) for value in query.chosen(facet)]
    # As the columns are, so that PostgreSQL knows how rare the values are, and which index has one type only.
    if facet == "days":
        return f"days && {given([int(day) for day in values])}::smallint[]"
    if facet in _SEVERAL:
        return f"{facet} {'@>' if facet in CUMULATIVE else '&&'} {given(values)}::varchar[]"
    if len(values) == 1:
        return f"{facet} = {given(values[0])}::varchar"
    return f"{facet} = ANY({given(values)}::varchar[])"


def _within(near: Near, km: float, given: Given) -> str:
    # Of an index; the distance itself would be reckoned for every row there is.
    around = f"department = ANY({given(_departments(near.lat, near.lon, km))}::text[])"
    return f"({around} AND {_distance(near, given)} <= {given(km)})"


def _is_near(near: Near, given: Given) -> str:
    return f"coalesce({_distance(near, given)} <= {given(near.km)}, FALSE)"


@lru_cache(maxsize=256)
def _departments(lat: float, lon: float, km: float) -> list[str]:
    """Those with a commune within the circle."""
    codes = table().codes
    return sorted({department_of(codes[row]).code for row in rows_around(lat, lon, km + 1)})


def _distance(near: Near, given: Given) -> str:
    """Great-circle distance in km."""
    lat, lon = f"{given(near.lat)}::float8", f"{given(near.lon)}::float8"
    return (
        f"(2 * 6371.0 * asin(least(1, sqrt(sin(radians(lat - {lat}) / 2) ^ 2"
        f" + cos(radians({lat})) * cos(radians(lat)) * sin(radians(lon - {lon}) / 2) ^ 2))))"
    )


def _uuids(texts: tuple[str, ...]) -> list[UUID]:
    """Those that are: no author is called anything else."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
