"""The index of names behind `finding`: one folded text of every name, searched by plain string search.

An entry is a name and the row of its place. Names of today come first, from the most populated place to the least,
then former and familiar names in the same order: the first hits of a scan are the ones to show.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from places.communes import Place, place_at, table
from places.folding import fold
from places.well_known import WELL_KNOWN

ARTICLES = ("la ", "le ", "les ", "l ")
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_ORDINAL = re.compile(r"\b0*(\d+)(?:er|e|eme|ieme)\b")


@dataclass(frozen=True, slots=True)
class Names:
    """`text` holds one line per entry, each starting with a space so that every word does; `starts` are its offsets."""

    text: str
    starts: array[int]
    other: list[tuple[str, int]]  # former and familiar names and their rows; their entries follow those of the table
    sorted_keys: list[str]
    sorted_entries: array[int]

    @property
    def own(self) -> int:
        """How many entries are names of today; the former and familiar ones follow."""
        return len(self.starts) - len(self.other)

    def row(self, entry: int) -> int:
        return entry if entry < self.own else self.other[entry - self.own][1]

    def place(self, entry: int) -> Place:
        """The place of an entry, carrying the name by which it was found if that is not its own."""
        if entry < self.own:
            return place_at(entry)
        name, row = self.other[entry - self.own]
        return replace(place_at(row), called=name)

    def exactly(self, key: str) -> list[int]:
        """Entries of this very name."""
        low, high = bisect_left(self.sorted_keys, key), bisect_right(self.sorted_keys, key)
        return sorted(self.sorted_entries[low:high])

    def beginning(self, key: str) -> list[int]:
        """Entries whose name begins with this, the exact ones included."""
        low, high = bisect_left(self.sorted_keys, key), bisect_left(self.sorted_keys, key + "~")
        return sorted(self.sorted_entries[low:high])

    def holding(self, words: list[str]) -> Iterator[int]:
        """Entries where every word begins a word of the name, in any order."""
        counts = {word: self.text.count(f" {word}") for word in words}
        rarest = min(words, key=lambda word: counts[word])
        at = self.text.find(f" {rarest}") if counts[rarest] else -1
        while at >= 0:
            entry = bisect_right(self.starts, at) - 1
            end = self.text.find("\n", at)
            line = self.text[self.starts[entry] : end]
            if all(f" {word}" in line for word in words):
                yield entry
            at = self.text.find(f" {rarest}", end)

    def one_letter_away(self, key: str) -> list[int]:
        """Entries beginning with the key once a letter is added, dropped, changed or swapped; whole names first."""
        whole: set[int] = set()
        begun: set[int] = set()
        for start in ("", *ARTICLES):
            for variant, at in self._variants(start + key, len(start)):
                whole.update(self.exactly(variant))
                # A slip on the last letter says nothing of a longer name: "saint z" would begin every Saint.
                if at < len(start + key) - 1:
                    begun.update(self.beginning(variant))
        return sorted(whole) + sorted(begun - whole)

    def _variants(self, key: str, start: int) -> Iterator[tuple[str, int]]:
        """Spellings that some name begins with, and where they differ.

        The spelling is right up to the slip, so the search ends at the first beginning that no name has.
        """
        for at in range(start, len(key) + 1):
            if not self._begins(key[:at]):
                return
            head, tail = key[:at], key[at:]
            edits = {head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]}
            edits |= {head + letter + tail for letter in _LETTERS} | {head + letter + tail[1:] for letter in _LETTERS}
            yield from ((edit, at) for edit in edits if edit != key and self._begins(edit))

    def _begins(self, key: str) -> bool:
        at = bisect_left(self.sorted_keys, key)
        return at < len(self.sorted_keys) and self.sorted_keys[at].startswith(key)


@cache
def names() -> Names:
    """The index, built on first use."""
    data = table()
    other = [*data.old_names, *((known.name, known.code) for known in WELL_KNOWN)]
    other_rows = sorted(((name, data.rows[code]) for name, code in other), key=lambda pair: pair[1])
    keys = searchable("\n".join([*data.names, *(name for name, _ in other_rows)])).split("\n")
    order = sorted(range(len(keys)), key=keys.__getitem__)
    starts, at = array("I"), 0
    for key in keys:
        starts.append(at)
        at += len(key) + 2
    return Names(
        text=" " + "\n ".join(keys) + "\n",
        starts=starts,
        other=other_rows,
        sorted_keys=[keys[entry] for entry in order],
        sorted_entries=array("I", order),
    )


def searchable(text: str) -> str:
    """Folded, and "8e", "1er" or "08" as plain numbers."""
    return _ORDINAL.sub(r"\1", fold(text))
