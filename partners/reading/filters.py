"""What the list of local offers is narrowed by, as it stands in the page's address."""

from collections.abc import Iterator
from typing import Any

import msgspec

from benefits.kinds import RUBRIC, Rubric
from listings.reading import holding
from listings.reading.chips import OF_A_PLACE, Words, said_with
from listings.reading.narrowing import Around, Narrowing
from partners.kinds import OFFER_KIND, OfferKind
from search.contract import Sort

PATH = "/offres"


class OfferFilters(Narrowing, msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Named as in the address. `departement` is one where an offer is valid, `rubrique` the rubric of rights it goes
    with. There is no order to choose: the nearest first around a commune, else the newest; nobody pays to come
    first."""

    PATH = PATH

    q: str = ""
    type: OfferKind | None = None
    rubrique: Rubric | None = None
    region: str | None = None
    departement: str | None = None
    commune: str | None = None
    rayon: int | None = None
    tri: Sort | None = None
    autour: Around | None = None

    @classmethod
    def together(cls, values: dict[str, Any]) -> dict[str, Any]:
        kept = holding.placed(values)
        for never in ("region", "tri", "autour", *(() if "commune" in kept else ("rayon",))):
            kept.pop(never, None)
        return kept

    @property
    def order(self) -> Sort:
        if self.commune and not self.q:
            return Sort.nearest
        return Sort.relevance if self.q else Sort.newest

    @property
    def needs_engine(self) -> bool:
        """The newest are pages of an index of the database; words and distances are the engine's."""
        return bool(self.q or self.commune)

    def in_department(self, code: str) -> str:
        """The address of those valid there."""
        return self.changed(departement=code).address()


def chips_of(filters: OfferFilters) -> tuple[tuple[str, str], ...]:
    """Each filter in words, with the address of the list without it."""
    return tuple((words, without.address()) for words, without in in_words(filters))


def in_words(filters: OfferFilters) -> Iterator[tuple[str, OfferFilters]]:
    return said_with(filters, _WORDS, {})


_WORDS: Words = {
    **OF_A_PLACE,
    "type": lambda kind: OFFER_KIND[kind],
    "rubrique": lambda rubric: RUBRIC[rubric],
}
