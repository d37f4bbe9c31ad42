"""What a list of ads is narrowed by, as it stands in the page's address."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from listings.kinds import Category, Deal, Kind
from listings.reading import holding
from listings.reading.narrowing import Around, Narrowing, at
from search.contract import Period, Sort

PATH = "/annonces"
Day = Annotated[int, msgspec.Meta(ge=0, le=6)]


class Yes(StrEnum):
    yes = "oui"


class Filters(Narrowing, msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Named as in the address. `prix_max` is in euros; `jours` from 0, Monday; `aide` keeps those whose author has
    already helped somebody."""

    PATH = PATH

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
    def together(cls, values: dict[str, Any]) -> dict[str, Any]:
        return holding.together(values)

    @property
    def needs_engine(self) -> bool:
        """Category, kind, deal and department are pages of an index of the database; all else is the engine's."""
        asked = (self.q, self.region, self.rayon, self.du, self.au, self.jours, self.moments, self.prix_max)
        return self.order is not Sort.newest or any((*asked, self.photos, self.aide))

    def alert(self) -> str:
        """Where these filters become a saved search."""
        return at("/moi/recherches/nouvelle", self.query())

    def on_map(self) -> str:
        """The address of the map with the filters a map can show."""
        return at(f"{PATH}/carte", self.without(*NOT_ON_A_MAP).query())

    def in_department(self, code: str) -> str:
        """The address of the list narrowed to one department."""
        return msgspec.structs.replace(self, departement=code, region=None).address()


NOT_ON_A_MAP = ("region", "departement", "commune", "rayon", "tri")
