"""What the list of homes is narrowed by, as it stands in the page's address. Never a date: when a home is free is
nobody's to see."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import msgspec

from exchanges.homes.sheet import ACCESS, AMENITY, HOME_KIND, SETTING, Access, Amenity, HomeKind
from exchanges.kinds import Setting
from listings.reading import holding
from listings.reading.chips import OF_A_PLACE, Words, said_with
from listings.reading.narrowing import Around, Narrowing
from search.contract import Sort
from search.documents.homes import NO_SMOKING, PETS_WELCOME, WEEK_ROOM, setting_trait

PATH = "/logements"
MOST_SLEEPS = 12
"""A filter beyond the largest homes would find none of them."""


class Yes(StrEnum):
    yes = "oui"


class HomeFilters(Narrowing, msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Named as in the address. `couchages` is how many people have to sleep there; of `cadre`, `acces` and
    `equipements` a home has all that are asked for; `semaine` keeps those that lend a room from Monday to Thursday."""

    PATH = PATH

    q: str = ""
    type: HomeKind | None = None
    couchages: int | None = None
    region: str | None = None
    departement: str | None = None
    commune: str | None = None
    rayon: int | None = None
    cadre: tuple[Setting, ...] = ()
    acces: tuple[Access, ...] = ()
    equipements: tuple[Amenity, ...] = ()
    animaux: Yes | None = None
    sanstabac: Yes | None = None
    semaine: Yes | None = None
    tri: Sort | None = None
    autour: Around | None = None

    @classmethod
    def together(cls, values: dict[str, Any]) -> dict[str, Any]:
        kept = holding.placed(values)
        if not 0 < kept.get("couchages", 1) <= MOST_SLEEPS:
            kept.pop("couchages")
        if kept.get("tri") is Sort.soonest:
            kept.pop("tri")
        return kept | {name: in_order(kind, kept[name]) for name, kind in SEVERAL.items() if name in kept}

    @property
    def needs_engine(self) -> bool:
        """The newest of all, or of a department, are pages of an index of the database; all else is the engine's."""
        return self.order is not Sort.newest or self.without("departement", "tri", "autour", "commune") != type(self)()

    @property
    def traits(self) -> tuple[str, ...]:
        """What a home must have, in the engine's words."""
        return (
            *map(setting_trait, self.cadre),
            *(one.value for one in (*self.acces, *self.equipements)),
            *(trait for name, trait in YES.items() if getattr(self, name)),
        )


SEVERAL: dict[str, type[StrEnum] | Any] = {"cadre": Setting, "acces": Access, "equipements": Amenity}
YES = {"animaux": PETS_WELCOME, "sanstabac": NO_SMOKING, "semaine": WEEK_ROOM}
YES_WORDS = {
    "animaux": "Animaux bienvenus",
    "sanstabac": "Sans tabac",
    "semaine": "Chambre en semaine",
}


def in_order(kind: Any, chosen: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each once, in the order of the form: two addresses of one list would be two pages to keep."""
    return tuple(one for one in kind if one in chosen)


def in_words(filters: HomeFilters) -> Iterator[tuple[str, HomeFilters]]:
    """Each filter in words, and the filters without it."""
    return said_with(filters, _WORDS, _EACH)


def chips_of(filters: HomeFilters) -> tuple[tuple[str, str], ...]:
    """Each filter in words, with the address of the list without it."""
    return tuple((words, without.address()) for words, without in in_words(filters))


def _said(words: str) -> Callable[[Any], str]:
    return lambda _: words


def _capital(words: dict[Any, str]) -> Callable[[Any], str]:
    return lambda one: words[one][0].upper() + words[one][1:]


_WORDS: Words = {
    **OF_A_PLACE,
    "type": lambda kind: HOME_KIND[kind],
    "couchages": lambda people: f"{people} couchages au moins" if people > 1 else "1 couchage au moins",
    **{name: _said(words) for name, words in YES_WORDS.items()},
}
_EACH: Words = {"cadre": _capital(SETTING), "acces": _capital(ACCESS), "equipements": _capital(AMENITY)}
