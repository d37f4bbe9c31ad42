"""What else a searched word may be called, in the stems both engines use.

The site's own words are in data/synonyms.json; an administrator adds others while the site runs.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from search.words.forms import DATA, Token, stems, tokens

# More words than this say nothing more, and each costs a lookup.
MOST_WORDS = 10
MOST_CHARACTERS = 300

Phrase = tuple[str, ...]


class Unit(Struct, frozen=True):
    """Something asked for: the stems and folded words typed, and what else it may be called."""

    stems: Phrase
    words: Phrase
    others: tuple[Phrase, ...] = ()

    @property
    def is_number(self) -> bool:
        """A number says something beside a word only: of "18 pouces" nobody wants lessons at 18 h."""
        return all(word.isdigit() for word in self.words)


class Vocabulary(Struct, frozen=True):
    """For each stemmed word or phrase, the phrases that mean the same or lie within it.

    Two of the same words are equal. `longest` is how many stems the longest key has.
    """

    others: dict[Phrase, tuple[Phrase, ...]]
    longest: int

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]] = (), also: Iterable[tuple[str, str]] = ()) -> "Vocabulary":
        """The site's own words, then groups of expressions that mean the same, and pairs read one way only: who asks
        for the first also finds the second. What is made of stop words alone is passed over."""
        found: dict[Phrase, list[Phrase]] = {}
        for asked, other in (*_site_pairs(), *_each_way(groups), *also):
            key, value = _phrase(asked), _phrase(other)
            if key and value and value != key and value not in found.setdefault(key, []):
                found[key].append(value)
        kept = {key: tuple(values) for key, values in found.items() if values}
        return cls(kept, max(map(len, kept), default=1))


_current: Vocabulary | None = None


def current() -> Vocabulary:
    """What this process searches with."""
    return _current or _site()


def use(vocabulary: Vocabulary | None) -> None:
    """Search with this one from now on, in this process; None is the site's own words alone."""
    global _current
    _current = vocabulary


def synonyms() -> dict[Phrase, tuple[Phrase, ...]]:
    """For each stemmed word or phrase, what else to look for; not to be changed."""
    return current().others


def units(text: str, vocabulary: Vocabulary | None = None) -> list[Unit]:
    """Cut a query into the longest expressions that have synonyms, and single words between them."""
    asked = list(tokens(text[:MOST_CHARACTERS], is_typed=True))[:MOST_WORDS]
    known = vocabulary or current()
    found: list[Unit] = []
    at = 0
    while at < len(asked):
        lengths = range(min(known.longest, len(asked) - at), 1, -1)
        length = next((n for n in lengths if _stems(asked[at : at + n]) in known.others), 1)
        part = asked[at : at + length]
        key = _stems(part)
        unit = Unit(key, tuple(token.word for token in part), known.others.get(key, ()))
        if unit.stems not in [other.stems for other in found]:
            found.append(unit)
        at += length
    return found


def marks(asked: Sequence[Unit]) -> frozenset[str]:
    """The stems worth highlighting: those typed and those of their synonyms."""
    return frozenset(
        stem for unit in asked for phrase in (unit.stems, *unit.others) for stem in phrase if len(phrase) < 4
    )


@cache
def _site() -> Vocabulary:
    return Vocabulary.of()


@cache
def _site_pairs() -> tuple[tuple[str, str], ...]:
    written = json.loads((DATA / "synonyms.json").read_text("utf-8"))
    acronyms = ((short, meaning) for short, meanings in written["acronyms"].items() for meaning in meanings)
    return (
        *_each_way(written["same"]),
        *((asked, other) for asked, others in written["also"].items() for other in others),
        *_each_way(acronyms),
    )


def _each_way(groups: Iterable[Sequence[str]]) -> Iterable[tuple[str, str]]:
    return ((asked, other) for group in groups for asked in group for other in group)


def _phrase(text: str) -> Phrase:
    return tuple(stems(text).split())


def _stems(part: Iterable[Token]) -> Phrase:
    return tuple(token.stem for token in part)
