"""Ways to find something where a list is empty: one filter less, or a larger circle, each with what it would find."""

from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple, TypeVar

from listings.reading.holding import RADII
from listings.reading.narrowing import Narrowing
from search.contract import Answer

MOST = 4
F = TypeVar("F", bound=Narrowing)


class Wider(NamedTuple):
    words: str
    address: str
    total: int


async def wider_than(
    filters: F, said: Callable[[F], Iterator[tuple[str, F]]], ask: Callable[[F], Awaitable[Answer]]
) -> tuple[Wider, ...]:
    """Those of the first few that find something; `said` are the filters in words. Asks the engine once for each."""
    found = []
    for words, filters_then in list(_ways(filters, said))[:MOST]:
        # One after the other: an empty page is rare, and must not take the place of others' searches.
        if total := (await ask(filters_then)).total:
            found.append(Wider(words, filters_then.address(), total))
    return tuple(found)


def _ways(filters: F, said: Callable[[F], Iterator[tuple[str, F]]]) -> Iterator[tuple[str, F]]:
    further = [km for km in RADII if filters.rayon and km > filters.rayon]
    for km in further[1:2] or further:
        yield f"À moins de {km} km", filters.changed(rayon=km)
    if filters.q:
        yield f"Seulement les mots « {filters.q} », partout", filters.only("q")
    # The narrowest filters stand last: without an evening or a day most is found.
    for words, without in reversed(list(said(filters))):
        if words and without.q == filters.q and without != filters.only("q"):
            yield f"Sans « {words} »", without
