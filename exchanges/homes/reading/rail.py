"""The filters beside the list of homes, rendered once for the same filters and counts, then kept."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app.kept import Kept
from exchanges.homes.reading.filters import MOST_SLEEPS, SEVERAL, YES, YES_WORDS, HomeFilters
from exchanges.homes.sheet import ACCESS, AMENITY, HOME_KIND, SETTING, Access, Amenity
from exchanges.kinds import Setting
from listings.reading.choices import Choice, Counts, named, sorts, where, yes
from places.communes import Place
from places.departments import Region, region
from search.contract import Sort
from search.documents.homes import setting_trait

SORTS = {
    Sort.relevance: "Pertinence",
    Sort.newest: "Les plus récents",
    Sort.nearest: "Les plus proches",
}
COUNTED = ("kind", "region", "department", "traits")
"""The facets of the engine a list of homes may be narrowed by."""

_rails = Kept[bytes, Markup](500)
_LINE_ENDS = re.compile(r"\s*\n\s*")
_WORDS: dict[str, Mapping[Any, str]] = {"cadre": SETTING, "acces": ACCESS, "equipements": AMENITY}


class HomeRail(msgspec.Struct, frozen=True):
    """What the form of filters prints: the choices of each, by name; distances are from `here`."""

    filters: HomeFilters
    choices: dict[str, list[Choice]]
    here: str
    region: Region | None


def rail_of(jinja: Environment, filters: HomeFilters, facets: Mapping[str, Counts], here: Place) -> Markup:
    """The form of filters, with what each choice would leave."""
    key = msgspec.msgpack.encode((filters, facets, here.code))
    if rail := _rails.get(key):
        return rail
    render = jinja.get_template("exchanges/homes/_rail.html").module.rail  # type: ignore[attr-defined]
    shown = HomeRail(filters, _choices(filters, facets, here), here.label, region(here.region))
    return _rails.put(key, Markup(_LINE_ENDS.sub("", render(shown))))  # noqa: S704 - a template's output


def _choices(filters: HomeFilters, facets: Mapping[str, Counts], here: Place) -> dict[str, list[Choice]]:
    traits = facets.get("traits")
    return {
        "tri": sorts(filters, SORTS),
        "type": named(HOME_KIND, facets.get("kind"), filters.type),
        "couchages": [
            Choice(str(people), _at_least(people), None, people == filters.couchages)
            for people in range(1, MOST_SLEEPS + 1)
        ],
        **where(filters, facets, here),
        **{name: _several(name, filters, traits) for name in SEVERAL},
        **{name: [yes(YES_WORDS[name], traits, getattr(filters, name), counted_as=YES[name])] for name in YES},
    }


def _several(name: str, filters: HomeFilters, traits: Counts | None) -> list[Choice]:
    """Of a trait that more homes must have, how many would be left."""
    words = {one: said[0].upper() + said[1:] for one, said in _WORDS[name].items()}
    counts = None if traits is None else {str(one): traits.get(_trait(one), 0) for one in words}
    return named(words, counts, *getattr(filters, name))


def _trait(one: Setting | Access | Amenity) -> str:
    return setting_trait(one) if isinstance(one, Setting) else one.value


def _at_least(people: int) -> str:
    return f"{people} personne{'s' if people > 1 else ''} ou plus"
