"""What a filter offers: each value in words, with what choosing it would leave."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from listings.reading.holding import RADII
from listings.reading.narrowing import Narrowing
from places.communes import Place
from places.departments import departments, regions
from places.folding import fold
from search.contract import Sort

Counts = Mapping[str, int]


class Choice(msgspec.Struct, frozen=True):
    value: str
    label: str
    count: int | None
    chosen: bool


def named(words: Mapping[Any, str], counts: Counts | None, *chosen: Any) -> list[Choice]:
    return [
        Choice(str(value), label, counts.get(str(value), 0) if counts is not None else None, value in chosen)
        for value, label in words.items()
    ]


def yes(label: str, counts: Counts | None, chosen: object, counted_as: str = "true") -> Choice:
    return Choice("oui", label, counts.get(counted_as, 0) if counts is not None else None, chosen is not None)


def where(filters: Narrowing, facets: Mapping[str, Counts], here: Place) -> dict[str, list[Choice]]:
    """Regions, departments of the chosen one or of one's own (all hundred would be most of the page), distances."""
    wanted = filters.region or here.region
    near = [one for one in departments() if one.region == wanted or one.code == filters.departement]
    by_name = sorted(regions(), key=lambda one: fold(one.name))
    return {
        "region": _places(by_name, lambda one: one.name, facets.get("region"), filters.region),
        "departement": _places(near, lambda one: one.label, facets.get("department"), filters.departement),
        "rayon": [Choice(str(km), f"À moins de {km} km", None, km == filters.rayon) for km in RADII],
    }


def sorts(filters: Narrowing, words: Mapping[Sort, str], never: Sequence[Sort] = ()) -> list[Choice]:
    """The order that needs no choosing comes first."""
    usual = filters.without("tri").order
    possible = [sort for sort in words if (filters.q or sort is not Sort.relevance) and sort not in never]
    ordered = sorted(possible, key=lambda sort: sort is not usual)
    return [Choice("" if sort is usual else sort.value, words[sort], None, sort is filters.order) for sort in ordered]


def _places(all: Iterable[Any], label: Callable[[Any], str], counts: Counts | None, chosen: str | None) -> list[Choice]:
    """Those where there is something; all of them while nobody can count."""
    return [
        Choice(one.code, label(one), counts.get(one.code, 0) if counts else None, one.code == chosen)
        for one in all
        if not counts or counts.get(one.code) or one.code == chosen
    ]
