"""In which groups the answers of the one box stand, and how each is shown."""

from enum import StrEnum
from typing import NamedTuple

from exchanges.homes.reading.filters import HomeFilters
from listings.kinds import Category
from listings.reading.filters import Filters
from partners.reading.filters import OfferFilters
from search.contract import DocumentType


class Shown(StrEnum):
    """As in the list of ads, as in the list of homes, or as lines that lead to their page: the class of each list."""

    ads = "cards"
    homes = "home-cards"
    lines = "lines"


class Shelf(NamedTuple):
    type: DocumentType
    title: str
    size: int
    shown: Shown

    def all(self, words: str) -> str | None:
        """Where all of them are read, with the filters of their kind."""
        if self.type is DocumentType.offer:
            return OfferFilters(q=words).address()
        if self.shown is Shown.lines:
            return None
        if self.shown is Shown.homes:
            return HomeFilters(q=words).address()
        return Filters(q=words, categorie=Category.tips if self.type is DocumentType.tip else None).address()


SHELVES = (
    Shelf(DocumentType.listing, "Annonces", 6, Shown.ads),
    Shelf(DocumentType.tip, "Bons procédés", 3, Shown.ads),
    Shelf(DocumentType.home, "Logements", 3, Shown.homes),
    Shelf(DocumentType.benefit, "Droits et aides", 3, Shown.lines),
    Shelf(DocumentType.offer, "Offres locales et équipements", 3, Shown.lines),
    Shelf(DocumentType.contact, "Contacts", 3, Shown.lines),
    Shelf(DocumentType.guide, "À savoir", 3, Shown.lines),
)
SIZES = {shelf.type: shelf.size for shelf in SHELVES}
