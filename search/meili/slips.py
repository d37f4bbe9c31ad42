"""Whether what was found has the words asked for, or only words a slip of the pen away from them.

Meilisearch forgives a slip before it is asked for what sounds the same: "poucette" is one letter from "pouces", and
would never find a "poussette".
"""

from collections.abc import Iterable, Sequence
from typing import Any

from search.words.forms import is_short, tokens
from search.words.synonyms import Unit

Rows = Iterable[dict[str, Any]]


def has_each_thing(rows: Rows, asked: Sequence[Unit]) -> bool:
    """Whether each of the things asked for stands in one of these, as it was typed or as it is also called; the last
    word may be unfinished. Of most pages the first row tells."""
    left = list(asked)
    for row in rows:
        stems, words = set[str](), set[str]()
        for text in (row["title"], row["body"]):
            for token in tokens(text):
                stems.add(token.stem)
                words.add(token.word)
        left = [unit for unit in left if not _is_said(unit, stems, words, is_last=unit is asked[-1])]
        if not left:
            return True
    return False


def _is_said(unit: Unit, stems: set[str], words: set[str], *, is_last: bool) -> bool:
    if any(stems.issuperset(name) for name in (unit.stems, *unit.others)):
        return True
    last = unit.words[-1]
    return is_last and not is_short(last) and any(word.startswith(last) for word in words)
