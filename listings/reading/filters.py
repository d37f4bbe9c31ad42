"""What a list of ads is narrowed by, as it stands in the page's address."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self
from urllib.parse import urlencode

import msgspec
from litestar.datastructures import MultiDict

from listings.kinds import Category, Deal, Kind
from listings.reading import holding
from places.communes import Place, commune
from search.contract import Period, Sort

PATH = "/annonces"
Day = Annotated[int, msgspec.Meta(ge=0, le=6)]


class Around(StrEnum):
    there = "la-bas"


class Yes(StrEnum):
    yes = "oui"


class Filters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Named as in the address.

    `rayon` is in km around `commune` (an INSEE code, its label in the address), or with `autour` around the commune the
    member is moving to, or around their own; `prix_max` in euros; `jours` from 0, Monday; `aide` keeps those whose
    author has already helped somebody.
    """

    q: str = ""
    categorie: Category | None = None
    type: Kind | None = None
    nature: Deal | None = None
    region: str | None = None
    departement: str | None = None
    commune: str | None = None
    rayon: int | None = None
    du: date | None = None
    au: date | None = None
    jours: tuple[Day, ...] = ()
    moments: tuple[Period, ...] = ()
    prix_max: int | None = None
    photos: Yes | None = None
    aide: Yes | None = None
    tri: Sort | None = None
    autour: Around | None = None

    @classmethod
    def of(cls, asked: MultiDict[Any]) -> Self:
        """What in the address can be understood; the rest is left aside: people edit addresses and follow old links."""
        if not asked:
            return cls()  # the list as everybody opens it
        read = {field.name: _read(field, asked.getall(field.name, [])) for field in _fields(cls)}
        return cls(**holding.together({name: value for name, value in read.items() if value}))

    @property
    def needs_engine(self) -> bool:
        """Category, kind, deal and department are pages of an index of the database; all else is the engine's."""
        asked = (self.q, self.region, self.rayon, self.du, self.au, self.jours, self.moments, self.prix_max)
        return self.order is not Sort.newest or any((*asked, self.photos, self.aide))

    @property
    def order(self) -> Sort:
        """Around a commune without a bound the nearest first, else what answers best, or the newest."""
        if self.tri and not (self.tri is Sort.relevance and not self.q):
            return self.tri
        if self.commune and not self.rayon:
            return Sort.nearest
        return Sort.relevance if self.q else Sort.newest

    @property
    def place(self) -> Place | None:
        """The commune that was named."""
        return commune(self.commune) if self.commune else None

    def around(self, place: Around | None) -> Self:
        """The same, with distances counted from home, or from where one is moving to."""
        return msgspec.structs.replace(self, autour=place, commune=None)

    def without(self, *names: str) -> Self:
        return msgspec.structs.replace(self, **{name: type(self)().__getattribute__(name) for name in names})

    def query(self, **more: str | int | None) -> str:
        """What follows the question mark in an address with these filters."""
        asked = msgspec.to_builtins(self) | {name: value for name, value in more.items() if value}
        if self.place:
            asked["commune"] = self.place.label
        return urlencode(asked, doseq=True)

    def address(self, **more: str | int | None) -> str:
        """The address of the list with these filters, shareable as it is."""
        return _at(PATH, self.query(**more))

    def bare(self) -> str:
        """The address of the list with nothing chosen but the place."""
        return type(self)(autour=self.autour).address()

    def alert(self) -> str:
        """Where these filters become a saved search."""
        return _at("/moi/recherches/nouvelle", self.query())

    def on_map(self) -> str:
        """The address of the map with the filters a map can show."""
        return _at(f"{PATH}/carte", self.without(*NOT_ON_A_MAP).query())

    def in_department(self, code: str) -> str:
        """The address of the list narrowed to one department."""
        return msgspec.structs.replace(self, departement=code, region=None).address()


NOT_ON_A_MAP = ("region", "departement", "commune", "rayon", "tri")


def _at(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@cache
def _fields(cls: type[Filters]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(cls)


def _read(field: msgspec.structs.FieldInfo, typed: list[Any]) -> Any:
    """The value of a field, each of several on its own; nothing for what does not fit."""
    if not isinstance(field.default, tuple):
        return _one(field.type, typed[0]) if typed else None
    kind = field.type.__args__[0]
    return tuple(value for one in typed if (value := _one(kind, one)) is not None)


def _one(kind: Any, typed: object) -> Any:
    try:
        return msgspec.convert(str(typed).strip(), kind, strict=False)
    except msgspec.ValidationError:
        return None
