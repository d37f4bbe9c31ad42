"""What a saved search is called: what it asks for, in words."""

from listings.reading.chips import in_words
from listings.reading.filters import Filters
from listings.reading.narrowing import Around
from search.saved.deriving import filters_of

THERE = "Près de ma prochaine commune"


def name_of(asked: str) -> str:
    """`« vélo » · Petites annonces · Finistère (29)`."""
    return words_of(filters_of(asked))


def words_of(filters: Filters) -> str:
    there = [THERE] if filters.autour is Around.there and filters.rayon else []
    return " · ".join([*(words for words, _ in in_words(filters)), *there])
