"""What else a searched word may be called, from data/synonyms.json, in the stems both engines use."""

import json
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from search.words import DATA, Token, stems, tokens

# More words than this say nothing more, and each costs a lookup.
MOST_WORDS = 10
MOST_CHARACTERS = 300

Phrase = tuple[str, ...]


class Unit(Struct, frozen=True):
    """Something asked for: the stems and folded words typed, and what else it may be called."""

    stems: Phrase
    words: Phrase
    others: tuple[Phrase, ...] = ()


@cache
def synonyms() -> dict[Phrase, tuple[Phrase, ...]]:
    """For each stemmed word or phrase, the phrases that mean the same or lie within it."""
    vocabulary = json.loads((DATA / "synonyms.json").read_text("utf-8"))
    found: dict[Phrase, list[Phrase]] = {}

    def add(asked: str, other: str) -> None:
        key, value = _phrase(asked), _phrase(other)
        others = found.setdefault(key, [])
        if key and value and value != key and value not in others:
            others.append(value)

    for group in vocabulary["same"]:
        for asked in group:
            for other in group:
                add(asked, other)
    for asked, others in vocabulary["also"].items():
        for other in others:
            add(asked, other)
    for short, meanings in vocabulary["acronyms"].items():
        for meaning in meanings:
            add(short, meaning)
            add(meaning, short)
    return {key: tuple(value) for key, value in found.items() if value}


def units(text: str) -> list[Unit]:
    """Cut a query into the longest expressions that have synonyms, and single words between them."""
    asked = list(tokens(text[:MOST_CHARACTERS]))[:MOST_WORDS]
    known = synonyms()
    found: list[Unit] = []
    at = 0
    while at < len(asked):
        length = next(
            (n for n in range(min(_longest(), len(asked) - at), 1, -1) if tuple(_stems(asked[at : at + n])) in known), 1
        )
        part = asked[at : at + length]
        key = tuple(_stems(part))
        unit = Unit(key, tuple(token.word for token in part), known.get(key, ()))
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
def _longest() -> int:
    return max(map(len, synonyms()))


def _phrase(text: str) -> Phrase:
    return tuple(stems(text).split())


def _stems(part: Iterable[Token]) -> list[str]:
    return [token.stem for token in part]
