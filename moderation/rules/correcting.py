"""Words that are misspelt by one sign, on purpose or not, read as what they stand for ("Djiboutti", "arobaze")."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_SHORTEST = 6
_WORD = re.compile(rf"(?<![\w@])[a-z]{{{_SHORTEST - 1},24}}(?!\w)")


@dataclass(frozen=True)
class Corrections:
    """`known` are words of six letters and more (in a shorter one a sign makes another word), by the first letter and
    the length of what may stand for them; `others` are right words that stand too near a known one ("roumaine").
    """

    known: Mapping[tuple[str, int], tuple[str, ...]]
    others: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str] = (), others: Iterable[str] = ()) -> "Corrections":
        known: dict[tuple[str, int], tuple[str, ...]] = {}
        right = sorted({word for word in words if len(word) >= _SHORTEST})
        for word in right:
            for length in range(len(word) - 1, len(word) + 2):
                known[word[0], length] = (*known.get((word[0], length), ()), word)
        return cls(known, frozenset((*others, *right, *(f"{word}s" for word in right))))

    def found(self, text: str) -> list[tuple[int, int, str]]:
        """Where misspelt words stand in a folded text, and what each stands for."""
        words = ((match.start(), match.end(), self._meant(match.group())) for match in _WORD.finditer(text))
        return [(start, end, meant) for start, end, meant in words if meant]

    def _meant(self, word: str) -> str | None:
        if word in self.others:
            return None
        near = self.known.get((word[0], len(word)), ())
        return next((known for known in near if OSA.distance(word, known, score_cutoff=1) == 1), None)
