"""From the words and patterns of the ruleset file to what searches a normalised text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moderation.rules.faults import RulesetError, named
from moderation.rules.reading import Words

_REFERENCE = re.compile(r"«([a-z_]+)»")
_ESCAPES_AND_CLASSES = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")


@dataclass(frozen=True)
class Entry:
    """`source` is what stands for «name» in a pattern below it."""

    source: str
    words: Words


Vocabulary = Mapping[str, Entry]


def read_vocabulary(entries: dict[str, Any]) -> dict[str, Entry]:
    """Each set may use those above it, written «name»; what spares a set may name the set itself."""
    vocabulary: dict[str, Entry] = {}
    for name, entry in entries.items():
        about = f"vocabulary {name}"
        source = _expanded(about, "|".join(entry["words"]), vocabulary)
        pattern = compiled(about, source, vocabulary)
        if pattern is None:
            raise RulesetError(about, "no words", "Cette liste de mots est vide.")
        vocabulary[name] = Entry(source, Words(name, pattern))
        unless = compiled(about, "|".join(entry.get("unless", [])), vocabulary)
        vocabulary[name] = Entry(source, Words(name, pattern, unless))
    return vocabulary


def compiled(about: str, source: str, vocabulary: Vocabulary) -> re.Pattern[str] | None:
    """None for an empty source. Raises RulesetError for what is no pattern, or repeats without a bound."""
    if not source:
        return None
    source = _expanded(about, source, vocabulary)
    if _UNBOUNDED.search(_ESCAPES_AND_CLASSES.sub("x", source)):
        raise RulesetError(
            about,
            f"a repetition without a bound ({source!r}); write {{0,20}} instead",
            "Une répétition n’a pas de limite\u202f: écrivez {0,20} au lieu de * ou de +.",
        )
    try:
        # In a normalised text a blank is one space or one line end; a rule need not say which.
        return re.compile(rf"\b(?=\w)(?:{source})(?!\w)".replace(" ", r"\s"))
    except re.error as error:
        raise RulesetError(about, f"bad pattern, {error}", f"Le motif est mal écrit ({error}).") from error


def _expanded(about: str, source: str, vocabulary: Vocabulary) -> str:
    def words(reference: re.Match[str]) -> str:
        return f"(?:{named(about, 'vocabulary', vocabulary, reference[1]).source})"

    return _REFERENCE.sub(words, source).replace("’", "'")
