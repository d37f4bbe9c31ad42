"""What to ask when no ad has all the words as they were typed: each as it sounds, then the rarest of them.

Meilisearch tells nothing of its words, so they are first counted: a quoted one is found as it stands or not at all.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from search.meili.asking import Try, said
from search.sounds import sound
from search.synonyms import Unit

NAMES = 6
"""Of one thing asked for, counted; the others say little more."""


def questions(asked: Sequence[Unit]) -> list[str]:
    """What is to be counted: of each unit its names, then its words as they sound."""
    return [f'"{name}"' for unit in asked for name in (*_names(unit), *_heard(unit))]


def readings(asked: Sequence[Unit], counts: Sequence[int]) -> list[Try]:
    """`counts` answer `questions`. What was never written is asked as it sounds; heard nowhere, it is left out."""
    counted = iter(counts)
    known: list[tuple[int, str]] = []
    as_typed = 0
    for unit in asked:
        named = max(islice(counted, len(_names(unit))))
        heard = max(islice(counted, len(_heard(unit))), default=0)
        if named or heard:
            known.append((named, said(unit)) if named else (heard, " ".join(_heard(unit))))
            as_typed += bool(named)
    tries = []
    if known and len(known) == len(asked) and as_typed < len(asked):
        tries.append(Try(_whole(text for _, text in known), "all"))
    if known and len(asked) > 1:
        # Meilisearch lets go of the last words first.
        tries.append(Try(_whole(text for _, text in sorted(known)), "last"))
    return tries


def _whole(texts: Iterable[str]) -> str:
    """With a space at the end, so that the last word is not taken for an unfinished one."""
    return " ".join(texts) + " "


def _names(unit: Unit) -> list[str]:
    return [" ".join(name) for name in (unit.stems, *unit.others)[:NAMES]]


def _heard(unit: Unit) -> list[str]:
    heard = [sound(word) for word in unit.words]
    return [one for one in heard if one] if all(heard) else []
