"""In which groups the answers of the one box stand, and how each is shown."""

from typing import NamedTuple

from listings.kinds import Category
from listings.reading.filters import Filters
from search.contract import DocumentType


class Shelf(NamedTuple):
    """`has_cards` says that its things are ads, shown as in a list; the others are lines that lead to their page."""

    type: DocumentType
    title: str
    size: int
    has_cards: bool

    def all(self, words: str) -> str | None:
        """Where all of them are read, with the filters of their kind."""
        if not self.has_cards:
            return None
        return Filters(q=words, categorie=Category.tips if self.type is DocumentType.tip else None).address()


SHELVES = (
    Shelf(DocumentType.listing, "Annonces", 6, has_cards=True),
    Shelf(DocumentType.tip, "Bons procédés", 3, has_cards=True),
    Shelf(DocumentType.guide, "À savoir", 3, has_cards=False),
)
SIZES = {shelf.type: shelf.size for shelf in SHELVES}
