"""A Query in SQL: conditions with their parameters, the order of a page, the counts of a facet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from search.contract import FACETS, Near, Query, Sort
from search.words import clean

# Distances are only ever shown in these bands, so nothing is ordered more finely.
BANDS = (5, 10, 25, 50, 100)
DEGREE = 111.2  # km
MOST_RANKED = 2000
"""Ranking every match of a common word takes seconds; what is newer is what people look for."""

_COLUMNS = "id, title, body, found_by, published_at, soonest_on, helpful, lat, lon, " + ", ".join(FACETS)
_SEVERAL = ("days", "periods")
_BOOLEANS = ("has_photo", "has_helped")

Conditions = dict[str, str]


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
    if authors := _uuids(query.hidden_authors):
        found["hidden author"] = f"(author IS NULL OR author <> ALL({given(authors)}::uuid[]))"
    if query.hidden_ids:
        found["hidden id"] = f"id <> ALL({given(list(map(clean, query.hidden_ids)))}::text[])"
    if query.alive_at:
        found["alive"] = f"(expires_at IS NULL OR expires_at > {given(query.alive_at)})"
    return found


def newest(wanted: str | None, conditions: Mapping[str, str], but: str | None = None) -> str:
    """The newest documents that have the words `wanted` (a tsquery in SQL) and hold each condition except one."""
    words = [f"found_by @@ {wanted}"] if wanted else []
    held = ["NOT is_gone", *words, *(said for name, said in conditions.items() if name != but)]
    return (
        f"SELECT {_COLUMNS} FROM search_document WHERE {' AND '.join(held)}"
        f" ORDER BY published_at DESC, id DESC LIMIT {MOST_RANKED}"
    )


def order(query: Query, score: str | None, given: Given) -> str:
    """Of rows of `newest`; `score` is what relevance goes by, where it does."""
    latest = "published_at DESC, helpful DESC, id DESC"
    if query.sort is Sort.nearest and query.near:
        distance = _distance(query.near, given)
        return f"{' + '.join(f'({distance} > {band})::int' for band in BANDS)} NULLS LAST, {latest}"
    if query.sort is Sort.soonest:
        return f"soonest_on NULLS LAST, {latest}"
    return f"{score} DESC, {latest}" if score else latest


def counts(facet: str, among: str) -> str:
    """(facet, value, how many) of each value found."""
    several = facet in _SEVERAL
    value, rows = ("one::text", f"{among}, unnest({facet}) AS one") if several else (f"{facet}::text", among)
    named = f" WHERE {facet}" if facet in _BOOLEANS else "" if several else f" WHERE {facet} <> ''"
    return f"SELECT '{facet}' AS facet, {value} AS value, count(*) AS many FROM {rows}{named} GROUP BY 2"


def _chosen(facet: str, query: Query, given: Given) -> str:
    if facet in _BOOLEANS:
        return facet
    values = given([clean(value) for value in query.chosen(facet)])
    return f"{facet}::text[] && {values}::text[]" if facet in _SEVERAL else f"{facet} = ANY({values}::text[])"


def _within(near: Near, km: float, given: Given) -> str:
    # Degrees of latitude first: they tell most rows apart for nothing.
    band = f"lat BETWEEN {given(near.lat - km / DEGREE - 0.01)} AND {given(near.lat + km / DEGREE + 0.01)}"
    return f"({band} AND {_distance(near, given)} <= {given(km)})"


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
