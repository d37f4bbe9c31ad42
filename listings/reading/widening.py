"""Ways to find something where a list is empty: one filter less, or a larger circle, each with what it would find."""

from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

import msgspec

from listings.reading.chips import in_words
from listings.reading.filters import Filters
from listings.reading.holding import RADII
from search.contract import Answer

MOST = 4


class Wider(NamedTuple):
    words: str
    address: str
    total: int


async def wider_than(filters: Filters, ask: Callable[[Filters], Awaitable[Answer]]) -> tuple[Wider, ...]:
    """Those of the first few that find something. Asks the engine once for each."""
    found = []
    for words, filters_then in list(_ways(filters))[:MOST]:
        # One after the other: an empty page is rare, and must not take the place of others' searches.
        if total := (await ask(filters_then)).total:
            found.append(Wider(words, filters_then.address(), total))
    return tuple(found)


def _ways(filters: Filters) -> Iterator[tuple[str, Filters]]:
    further = [km for km in RADII if filters.rayon and km > filters.rayon]
    for km in further[1:2] or further:
        yield f"À moins de {km} km", msgspec.structs.replace(filters, rayon=km)
    if filters.q:
        yield f"Seulement les mots « {filters.q} », partout", Filters(q=filters.q)
    # The narrowest filters stand last: without an evening or a day most is found.
    for words, without in reversed(list(in_words(filters))):
        if words and without.q == filters.q and without != Filters(q=filters.q):
            yield f"Sans « {words} »", without
