"""The filters beside a list, rendered once for the same filters and counts, then kept."""

from typing import Any

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app.kept import Kept
from listings.kinds import CATEGORY, DEAL, KIND
from listings.reading.filters import RADII, SORTS, Filters
from places.departments import departments
from search.contract import Sort

_rails = Kept[bytes, Markup](500)


class Choice(msgspec.Struct, frozen=True):
    value: str
    label: str
    count: int | None
    chosen: bool


def rail_of(jinja: Environment, filters: Filters, facets: dict[str, dict[str, int]], home: str) -> Markup:
    """The form of filters, with what each choice would leave. `home` names the place distances are counted from."""
    key = msgspec.msgpack.encode((filters, facets, home))
    if rail := _rails.get(key):
        return rail
    render = jinja.get_template("listings/_rail.html").module.rail  # type: ignore[attr-defined]
    return _rails.put(key, Markup(render(_choices(filters, facets), filters, home)))  # noqa: S704 - a template's output


def _choices(filters: Filters, facets: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {
        "categorie": _named(CATEGORY, facets.get("category"), filters.categorie),
        "type": _named(KIND, facets.get("kind"), filters.type),
        "nature": _named(DEAL, facets.get("deal"), filters.nature),
        "departement": _departments(facets.get("department"), filters.departement),
        "rayon": [Choice(str(km), f"À moins de {km} km", None, km == filters.rayon) for km in RADII],
        "tri": [
            Choice(sort, label, None, sort == (filters.tri or (Sort.relevance if filters.q else Sort.newest)))
            for sort, label in SORTS.items()
            if filters.q or sort is not Sort.relevance
        ],
    }


def _named(words: dict[Any, str], counts: dict[str, int] | None, chosen: Any) -> list[Choice]:
    return [
        Choice(value, label, counts.get(value, 0) if counts is not None else None, value == chosen)
        for value, label in words.items()
    ]


def _departments(counts: dict[str, int] | None, chosen: str | None) -> list[Choice]:
    """Those where there is something; all of them while nobody can count."""
    return [
        Choice(one.code, f"{one.name} ({one.code})", counts.get(one.code, 0) if counts else None, one.code == chosen)
        for one in departments()
        if not counts or counts.get(one.code) or one.code == chosen
    ]
