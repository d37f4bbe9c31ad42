"""French words as both engines compare them: folded, cut, without stop words, stemmed.

The same functions prepare documents and queries, so that an engine only ever compares equal forms.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from search.words.sounds import sound

# Written into every index: raise it when the forms below change, and the index is rebuilt.
VERSION = 3

DATA = Path(__file__).parent.parent / "data"
LONGEST_WORD = 40
SHORT = 6

_WORD = re.compile(r"[^\W_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ue000-\uf8ff]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_IRREGULAR = {
    "travaux": "travail", "vitraux": "vitrail", "baux": "bail", "jeux": "jeu", "cheveux": "cheveu", "feux": "feu",
    "lieux": "lieu", "voeux": "voeu", "neveux": "neveu", "yeux": "oeil", "bijoux": "bijou", "genoux": "genou",
    "choux": "chou", "hiboux": "hibou", "joujoux": "joujou", "cailloux": "caillou", "poux": "pou",
}  # fmt: skip
_stemmer = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("french")).build()


class Token(NamedTuple):
    """A word of a text: where it stands there, its folded form and its stem."""

    start: int
    end: int
    word: str
    stem: str


def clean(text: str) -> str:
    """The text without lone surrogates, control characters and private-use characters."""
    return _CONTROL.sub(" ", text.encode("utf-8", "ignore").decode())


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower case, without accents or ligatures: "Œuvré" and "oeuvre" are the same word."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)  # first, for letters that only look bold have no lower case
    apart = unicodedata.normalize("NFKD", plain.casefold().translate(_LIGATURES))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word; numbers and acronyms are their own."""
    if word in ACRONYMS or not word.isalpha():
        return word
    word = _IRREGULAR.get(word, word)
    # The French stemmer leaves these plurals alone: vélos, pyjamas, menus, potagers.
    if len(word) > 4 and word.endswith(("as", "os", "us", "ers")):
        word = word[:-1]
    found = _stemmer.analyze(word)
    stemmed = found[0] if found else word
    # Folding took the accents the stemmer relies on: agréé, agréée and agréées must meet.
    while len(stemmed) > 3 and stemmed.endswith("e"):
        stemmed = stemmed[:-1]
    # A café is not the CAF.
    return f"{stemmed}e" if stemmed in ACRONYMS else stemmed


def is_exact(word: str) -> bool:
    """Numbers and acronyms are never taken for another word: 16 pouces are not 18."""
    return word in ACRONYMS or any(letter.isdigit() for letter in word)


def is_short(word: str) -> bool:
    """Words as short as "chat" begin many others: once written they are taken for whole, not for a beginning."""
    return len(word) < SHORT


def tokens(text: str, is_typed: bool = False) -> Iterator[Token]:
    """The words that count, in order. Split compounds ("baby-sitter") come as one word; where somebody searches, also
    those that only sound like one ("lave vaiselle")."""
    held: tuple[int, int, str] | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not (word := fold(match.group())):  # marks without a letter
            continue
        if held is not None:
            if joined := compound(held[2], word) or (is_typed and heard_compound(held[2], word)):
                yield Token(held[0], end, joined, stem(joined))
                held = None
                continue
            if held[2] not in STOP_WORDS:
                yield _token(held)
        held = start, end, word
    if held is not None and held[2] not in STOP_WORDS:
        yield _token(held)


def compound(first: str, second: str) -> str | None:
    """The compound that two folded words make, in the singular or the plural."""
    if first not in _OPENING:  # said of nearly every word of every text: told at once
        return None
    pair = _singular(first), _singular(second)
    return pair[0] + second if pair in JOINED else None


def heard_compound(first: str, second: str) -> str | None:
    return JOINED_AS_HEARD.get(sound(first + second) or "")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _token(held: tuple[int, int, str]) -> Token:
    start, end, word = held
    if word[0] in "dljmnst" and word[1:] in ELIDED:
        word = word[1:]
    word = word[:LONGEST_WORD]
    return Token(start, end, word, stem(word))


def stems(text: str) -> str:
    """The stems of a text, separated by spaces."""
    return " ".join(token.stem for token in tokens(text))


def _load(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))


def _folded(text: str) -> str:
    return " ".join(fold(word) for word in _WORD.findall(text))


def _may_be_elided(vocabulary: dict[str, Any]) -> frozenset[str]:
    """Words of the vocabulary before which an article loses its vowel; a short one with a letter before it may be
    another word ("âge", "nage")."""
    also, acronyms = vocabulary["also"], vocabulary["acronyms"]
    expressions = [*vocabulary["same"], *([key, *others] for key, others in (also | acronyms).items())]
    words = {word for group in expressions for expression in group for word in _folded(expression).split()}
    return frozenset(word for word in words if len(word) >= SHORT and word[0] in "aeiouh")


STOP_WORDS = frozenset(_folded(word) for word in _load("stopwords.json"))
_vocabulary = json.loads((DATA / "synonyms.json").read_text("utf-8"))
ACRONYMS = frozenset(_folded(word) for word in _vocabulary["acronyms"])
ELIDED = frozenset(_folded(word) for word in _vocabulary["elided"]) | _may_be_elided(_vocabulary)
JOINED = frozenset(tuple(map(_singular, _folded(pair).split())) for pair in _vocabulary["joined"])
_OPENING = frozenset(first + ending for first, _ in JOINED for ending in ("", "s", "x"))
JOINED_AS_HEARD = {heard: "".join(pair) for pair in JOINED if (heard := sound("".join(pair)))}
