"""The filters beside a list, rendered once for the same filters and counts, then kept."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app.dates import DAYS
from app.kept import Kept
from listings.kinds import CATEGORY, DEAL, KIND, Category
from listings.reading.chips import HAS_HELPED, HAS_PHOTO, PERIODS
from listings.reading.filters import Filters
from listings.reading.holding import RADII, WHEN, never_asked
from places.communes import Place
from places.departments import Department, Region, departments, region, regions
from search.contract import Sort

SORTS = {
    Sort.relevance: "Pertinence",
    Sort.newest: "Les plus récentes",
    Sort.nearest: "Les plus proches",
    Sort.soonest: "Les prochaines dates",
}
COUNTED = {
    "category": "categorie",
    "kind": "type",
    "deal": "nature",
    "region": "region",
    "department": "departement",
    "days": "jours",
    "periods": "moments",
    "has_photo": "photos",
    "has_helped": "aide",
}
"""The facets of the engine, by the name of their filter."""
Counts = Mapping[str, int]

_rails = Kept[bytes, Markup](500)
_LINE_ENDS = re.compile(r"\s*\n\s*")


class Choice(msgspec.Struct, frozen=True):
    value: str
    label: str
    count: int | None
    chosen: bool


class Rail(msgspec.Struct, frozen=True):
    """What the form of filters prints: the choices of each filter it has, by name, and what those typed hold."""

    filters: Filters
    choices: dict[str, list[Choice]]
    home: str
    region: Region | None
    is_open: bool

    def has(self, name: str) -> bool:
        return name in self.choices


def counted_for(filters: Filters) -> tuple[str, ...]:
    """The facets to count for a list with these filters: those it may be narrowed by."""
    never = _never(filters)
    return tuple(facet for facet, name in COUNTED.items() if name not in never)


def rail_of(jinja: Environment, filters: Filters, facets: Mapping[str, Counts], here: Place) -> Markup:
    """The form of filters, with what each choice would leave. Distances are counted from `here`."""
    key = msgspec.msgpack.encode((filters, facets, here.code))
    if rail := _rails.get(key):
        return rail
    render = jinja.get_template("listings/_rail.html").module.rail  # type: ignore[attr-defined]
    shown = Rail(
        filters,
        _choices(filters, facets, here),
        here.label,
        region(here.region),
        bool(WHEN & _set(filters) or filters.photos or filters.aide),
    )
    return _rails.put(key, Markup(_LINE_ENDS.sub("", render(shown))))  # noqa: S704 - a template's output


def _never(filters: Filters) -> frozenset[str]:
    """A deal is asked of small ads, and of everything while nothing is chosen."""
    return never_asked(filters.categorie, filters.type)


def _set(filters: Filters) -> set[str]:
    return {name for name in filters.__struct_fields__ if getattr(filters, name)}


def _choices(filters: Filters, facets: Mapping[str, Counts], here: Place) -> dict[str, list[Choice]]:
    made: dict[str, list[Choice]] = {
        "categorie": _named(CATEGORY, facets.get("category"), filters.categorie),
        "type": _named(KIND, facets.get("kind"), filters.type),
        "nature": _named(DEAL, facets.get("deal"), filters.nature),
        "region": _places(regions(), lambda one: one.name, facets.get("region"), filters.region),
        "departement": _places(
            _departments(filters, here), lambda one: one.label, facets.get("department"), filters.departement
        ),
        "rayon": [Choice(str(km), f"À moins de {km} km", None, km == filters.rayon) for km in RADII],
        "du": [],
        "jours": _named(dict(enumerate(DAYS)), facets.get("days"), *filters.jours),
        "moments": _named(PERIODS, facets.get("periods"), *filters.moments),
        "prix_max": [],
        "photos": [_yes(HAS_PHOTO, facets.get("has_photo"), filters.photos)],
        "aide": [_yes(HAS_HELPED, facets.get("has_helped"), filters.aide)],
        "tri": _sorts(filters),
    }
    never = _never(filters)
    if filters.categorie is not Category.classifieds and not filters.prix_max:
        never = never | {"prix_max"}
    return {name: choices for name, choices in made.items() if name not in never}


def _named(words: Mapping[Any, str], counts: Counts | None, *chosen: Any) -> list[Choice]:
    return [
        Choice(str(value), label, counts.get(str(value), 0) if counts is not None else None, value in chosen)
        for value, label in words.items()
    ]


def _places(all: Iterable[Any], label: Callable[[Any], str], counts: Counts | None, chosen: str | None) -> list[Choice]:
    """Those where there is something; all of them while nobody can count."""
    return [
        Choice(one.code, label(one), counts.get(one.code, 0) if counts else None, one.code == chosen)
        for one in all
        if not counts or counts.get(one.code) or one.code == chosen
    ]


def _departments(filters: Filters, here: Place) -> list[Department]:
    """Those of the region that is chosen, or of one's own: all hundred would be most of the page."""
    wanted = filters.region or here.region
    return [one for one in departments() if one.region == wanted or one.code == filters.departement]


def _yes(label: str, counts: Counts | None, chosen: object) -> Choice:
    return Choice("oui", label, counts.get("true", 0) if counts is not None else None, chosen is not None)


def _sorts(filters: Filters) -> list[Choice]:
    """The order that needs no choosing comes first."""
    usual = filters.without("tri").order
    never = _never(filters)
    possible = [
        sort
        for sort in SORTS
        if (filters.q or sort is not Sort.relevance) and (sort is not Sort.soonest or "du" not in never)
    ]
    ordered = sorted(possible, key=lambda sort: sort is not usual)
    return [Choice("" if sort is usual else sort.value, SORTS[sort], None, sort is filters.order) for sort in ordered]
