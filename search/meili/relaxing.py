"""What to ask when no ad has all the words as they were typed: each as it sounds, then most of them, then some.

Meilisearch tells nothing of its words, so they are counted first: a quoted one is found as it stands or not at all.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from math import comb, log
from typing import NamedTuple

from msgspec import Struct

from search.meili.asking import Reading, Way, said
from search.words.sounds import sound
from search.words.synonyms import Unit

MOST_WAYS = 10
"""Of choosing words, at once; of more than five words, half of them would be too many."""
MOST_NAMES = 6
"""Of one thing asked for, counted; the others say little more."""
MOST_COUNTS = 40
"""Of all things together: the more is asked for, the fewer names of each are counted."""


class Count(NamedTuple):
    """In about how many documents, and of which types."""

    ads: int
    types: frozenset[str]


class Loosened(NamedTuple):
    """A reading in which a document has at least so many of the things asked for."""

    reading: Reading
    at_least: int


class Known(Struct, frozen=True):
    """How Meilisearch can find a thing asked for, and in about how many ads."""

    text: str
    ads: int
    is_typed: bool
    is_number: bool


def questions(asked: Sequence[Unit]) -> list[str]:
    """What is to be counted: of each unit its names, its words as they sound, and as a slip may have left them."""
    each = _names_of_each(asked)
    return [question for unit in asked for question in _questions(unit, each)]


def readings(asked: Sequence[Unit], counts: Sequence[Count]) -> Iterator[Loosened]:
    """`counts` answer `questions`. What was never written is asked as it sounds; not even heard, it is left out."""
    known = _all_known(asked, counts)
    may_be_numbers = all(unit.is_number for unit in asked)
    if not may_be_numbers and _are_numbers(known):
        return
    if known and (len(known) < len(asked) or not all(one.is_typed for one in known)):
        yield Loosened(_reading([tuple(known)]), len(known))
    wanted = len(asked)
    for at_least in sorted({wanted - 1, (wanted + 1) // 2, 1}, reverse=True):
        if 0 < at_least < len(known) and comb(len(known), at_least) <= MOST_WAYS:
            ways = [way for way in combinations(known, at_least) if may_be_numbers or not _are_numbers(way)]
            yield Loosened(_reading(ways), at_least)


def as_heard(asked: Sequence[Unit], counts: Sequence[Count]) -> Reading | None:
    """All of them, where each is known and one of them only as it sounds."""
    known = _all_known(asked, counts)
    is_heard = len(known) == len(asked) and not all(one.is_typed for one in known)
    return _reading([tuple(known)]) if is_heard else None


def occurring(asked: Sequence[Unit], counts: Sequence[Count]) -> Counter[str]:
    """How many of the things asked for some document of each type has: where it is fewer than a reading needs, that
    need not be asked."""
    counted, each = iter(counts), _names_of_each(asked)
    found: Counter[str] = Counter()
    for unit in asked:
        found.update(frozenset().union(*(one.types for one in islice(counted, len(_questions(unit, each))))))
    return found


def _are_numbers(way: Sequence[Known]) -> bool:
    return all(one.is_number for one in way)


def _all_known(asked: Sequence[Unit], counts: Sequence[Count]) -> list[Known]:
    counted, each = (count.ads for count in counts), _names_of_each(asked)
    return [one for unit in asked if (one := _known(unit, counted, each))]


def _names_of_each(asked: Sequence[Unit]) -> int:
    # Beside its names a thing is counted as it sounds, and as it was said.
    return min(MOST_NAMES, MOST_COUNTS // len(asked) - 2)


def _questions(unit: Unit, names: int) -> list[str]:
    return [*(f'"{name}"' for name in (*_names(unit, names), *_heard(unit))), said(unit) + " "]


def _known(unit: Unit, counted: Iterator[int], names: int) -> Known | None:
    named = max(islice(counted, len(_names(unit, names))))
    heard = max(islice(counted, len(_heard(unit))), default=0)
    slipped = next(counted)
    if named:
        return Known(said(unit), named, True, unit.is_number)
    if heard:
        return Known(" ".join(_heard(unit)), heard, False, unit.is_number)
    return Known(said(unit), slipped, True, unit.is_number) if slipped else None


def _reading(ways: Sequence[Sequence[Known]]) -> Reading:
    """Ads found in several ways come in the order of the one that has the rarest words. A space at the end says that
    the last word is whole."""
    rarities = [sum(1 / log(2 + one.ads) for one in way) for way in ways]
    rarest = max(rarities)
    return tuple(
        Way(" ".join(one.text for one in way) + " ", (rarity / rarest) ** 2)
        for way, rarity in zip(ways, rarities, strict=True)
    )


def _names(unit: Unit, most: int) -> list[str]:
    return [" ".join(name) for name in (unit.stems, *unit.others)[:most]]


def _heard(unit: Unit) -> list[str]:
    heard = [sound(word) for word in unit.words]
    return [one for one in heard if one] if all(heard) else []
