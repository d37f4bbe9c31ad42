"""The filters beside a list, rendered once for the same filters and counts, then kept."""

import re
from collections.abc import Mapping

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app.dates import DAYS
from app.kept import Kept
from listings.kinds import ADS, CATEGORY, DEAL, KIND, Category
from listings.reading.chips import HAS_HELPED, HAS_PHOTO, PERIODS
from listings.reading.choices import Choice, Counts, named, sorts, where, yes
from listings.reading.filters import Filters
from listings.reading.holding import WHEN, never_asked
from places.communes import Place
from places.departments import Region, region
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

_rails = Kept[bytes, Markup](500)
_LINE_ENDS = re.compile(r"\s*\n\s*")


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
        "categorie": named({one: CATEGORY[one] for one in ADS}, facets.get("category"), filters.categorie),
        "type": named(KIND, facets.get("kind"), filters.type),
        "nature": named(DEAL, facets.get("deal"), filters.nature),
        **where(filters, facets, here),
        "du": [],
        "jours": named(dict(enumerate(DAYS)), facets.get("days"), *filters.jours),
        "moments": named(PERIODS, facets.get("periods"), *filters.moments),
        "prix_max": [],
        "photos": [yes(HAS_PHOTO, facets.get("has_photo"), filters.photos)],
        "aide": [yes(HAS_HELPED, facets.get("has_helped"), filters.aide)],
        "tri": sorts(filters, SORTS, never=(Sort.soonest,) if "du" in _never(filters) else ()),
    }
    never = _never(filters)
    if filters.categorie is not Category.classifieds and not filters.prix_max:
        never = never | {"prix_max"}
    return {name: choices for name, choices in made.items() if name not in never}
