"""Words that are misspelt by one sign, on purpose or not, read as what they stand for ("Djiboutti", "arobaze")."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import OSA

_SHORTEST = 6
_WORD = re.compile(rf"(?<![\w@])[a-z]{{{_SHORTEST - 1},24}}(?!\w)")


@dataclass(frozen=True)
class Corrections:
    """`known` are words by their first letter, of six letters and more: in a shorter one a sign makes another word.

    `others` are right words that stand too near a known one ("roumaine").
    """

    known: Mapping[str, tuple[str, ...]]
    others: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str] = (), others: Iterable[str] = ()) -> "Corrections":
        ordered = sorted({word for word in words if len(word) >= _SHORTEST})
        known = {letter: tuple(same) for letter, same in groupby(ordered, key=lambda word: word[0])}
        return cls(known, frozenset(others) | frozenset(ordered) | frozenset(f"{word}s" for word in ordered))

    def found(self, text: str) -> list[tuple[int, int, str]]:
        """Where misspelt words stand in a folded text, and what each stands for."""
        words = ((match.start(), match.end(), self._meant(match.group())) for match in _WORD.finditer(text))
        return [(start, end, meant) for start, end, meant in words if meant]

    def _meant(self, word: str) -> str | None:
        if word in self.others:
            return None
        near = (known for known in self.known.get(word[0], ()) if abs(len(known) - len(word)) < 2)
        return next((known for known in near if OSA.distance(word, known, score_cutoff=1) == 1), None)
