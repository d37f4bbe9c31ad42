"""What a list of ads is narrowed by, as it stands in the page's address."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Self
from urllib.parse import urlencode

import msgspec
from litestar.datastructures import MultiDict

from listings.kinds import CATEGORY, DEAL, KIND, Category, Deal, Kind
from places.departments import department
from search.contract import Sort

RADII = (5, 10, 25, 50, 100)
SORTS = {Sort.relevance: "Pertinence", Sort.newest: "Les plus récentes", Sort.nearest: "Les plus proches"}
LONGEST_SEARCH = 120


class Around(StrEnum):
    there = "la-bas"


class Filters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Named as in the address. `rayon` is in km around the member's commune, or with `autour` around the one they are
    moving to; `prix_max` in euros."""

    q: str = ""
    categorie: Category | None = None
    type: Kind | None = None
    nature: Deal | None = None
    departement: str | None = None
    rayon: int | None = None
    du: date | None = None
    au: date | None = None
    prix_max: int | None = None
    tri: Sort | None = None
    autour: Around | None = None

    @classmethod
    def of(cls, asked: MultiDict[Any]) -> Self:
        """What in the address can be understood; the rest is left aside: people edit addresses and follow old links."""
        values: dict[str, Any] = {}
        for field in _fields(cls):
            typed = str(asked.get(field.name) or "").strip()
            if not typed:
                continue
            try:
                values[field.name] = msgspec.convert(typed, field.type, strict=False)
            except msgspec.ValidationError:
                continue
        return cls(**_sensible(values))

    @property
    def needs_engine(self) -> bool:
        """Words, distances, dates and prices are the engine's; the rest are pages of an index of the database."""
        return bool(self.q or self.rayon or self.du or self.au or self.prix_max or self.tri is Sort.nearest)

    @property
    def chosen(self) -> int:
        """How many filters narrow the list."""
        return len(self.chips())

    def around(self, place: Around | None) -> Self:
        """The same, with distances counted from home, or from where one is moving to."""
        return msgspec.structs.replace(self, autour=place)

    def without(self, *names: str) -> Self:
        return msgspec.structs.replace(self, **{name: type(self)().__getattribute__(name) for name in names})

    def address(self, **more: str | int | None) -> str:
        """The address of the list with these filters, shareable as it is."""
        asked = msgspec.to_builtins(self) | {name: value for name, value in more.items() if value}
        return "/annonces" + (f"?{urlencode(asked)}" if asked else "")

    def bare(self) -> str:
        """The address of the list with nothing chosen but the place."""
        return type(self)(autour=self.autour).address()

    def on_map(self) -> str:
        """The address of the map with the filters a map can show."""
        kept = self.without("departement", "rayon", "tri").address()
        return kept.replace("/annonces", "/annonces/carte", 1)

    def in_department(self, code: str) -> str:
        """The address of the list narrowed to one department."""
        return msgspec.structs.replace(self, departement=code).address()

    def chips(self) -> list[tuple[str, str]]:
        """Each filter in force, in words, with the address without it."""
        words = {
            "q": f"« {self.q} »",
            "categorie": self.categorie and CATEGORY[self.categorie],
            "type": self.type and KIND[self.type],
            "nature": self.nature and DEAL[self.nature],
            "departement": self.departement and _department_name(self.departement),
            "rayon": self.rayon and f"À moins de {self.rayon} km",
            "du": self.du and f"À partir du {self.du:%d/%m/%Y}",
            "au": self.au and f"Jusqu’au {self.au:%d/%m/%Y}",
            "prix_max": self.prix_max and f"{self.prix_max} € au plus",
        }
        return [(said, self.without(name).address()) for name, said in words.items() if said and getattr(self, name)]


@cache
def _fields(cls: type[Filters]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(cls)


def _sensible(values: dict[str, Any]) -> dict[str, Any]:
    if "q" in values:
        values["q"] = " ".join(values["q"].replace("\x00", " ").split())[:LONGEST_SEARCH]
    # What no ad can be would be looked for in every row: a deal is of a small ad, and tells demand from offer itself.
    if values.get("categorie", Category.classifieds) is not Category.classifieds:
        values.pop("nature", None)
    if "nature" in values or values.get("categorie") is Category.tips:
        values.pop("type", None)
    if values.get("rayon") not in RADII:
        values.pop("rayon", None)
    if not 0 < values.get("prix_max", 1) <= 100_000:
        values.pop("prix_max")
    if "departement" in values and department(values["departement"]) is None:
        values.pop("departement")
    return values


def _department_name(code: str) -> str:
    found = department(code)
    return f"{found.name} ({code})" if found else code
