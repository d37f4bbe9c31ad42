"""Text as the rules read it: small letters, no accents, no disguise, and the way back to the author's own words."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from moderation.rules.correcting import Corrections

FIELD_BREAK = "¶"

_FOLDED = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    **dict.fromkeys("’‘ʼʹ′´`‛＇", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("«»“”„‟", '"'),
    **dict.fromkeys("\u2800\u3164\u115f\u1160\u180e¶", " "),
}

_LOOK_ALIKES = dict(
    zip(
        # Cyrillic, then Greek, then small capitals: the letters that pass for Latin ones at a glance.
        "аеорсухіјѕԁһкмтвнɡ" + "αορνικτυχε" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "aeopcyxijsdhkmtbhg" + "aopviktuxe" + "abcdefghijklmnoprstuvwyz",
        strict=True,
    )
)

# Some single characters stand for a whole phrase; unfolding them would let a short text weigh eighteen times its size.
_LONGEST_EXPANSION = 4

_PLAIN_OR_NOT = re.compile(r"(?P<plain>[A-Za-z0-9]+(?: [A-Za-z0-9]+)*)|.", re.DOTALL)

# In "p a r t  l u n d i" the wide blank is the one between words, so it is told apart until the letters are joined.
_WIDE = "\t"

# Four letters or more, each alone between one separator ("M a l i", "m.a.l.i").
_SPELLED = re.compile(r"(?<!\w)[a-z](?:[ ._*-][a-z]){3,60}(?!\w)")

# "m4li": one figure among letters stands for the letter it looks like.
_DIGIT_IN_A_WORD = re.compile(r"(?<=[a-z])[01345](?=[a-z])")
_DIGITS_AS_LETTERS = dict(zip("01345", "oieas", strict=True))


@dataclass(frozen=True)
class Normalised:
    """`text` is what the rules read; `starts[i]` and `ends[i]` are the slice of the original behind character i."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original behind `text[start:end]`, which must not be empty."""
        return self.starts[start], self.ends[end - 1]


NO_CORRECTIONS = Corrections.of()


def normalise(original: str, corrections: Corrections = NO_CORRECTIONS) -> Normalised:
    """Fold case, accents, ligatures, look-alike letters, invisible characters, runs of signs and spelled words; then
    put right the words that are misspelt."""
    text, starts, ends = _fold(original)
    return _corrected(_join_spelled(Normalised("".join(text), tuple(starts), tuple(ends))), corrections)


def fold(text: str) -> str:
    return normalise(text).text


def _fold(original: str) -> tuple[list[str], list[int], list[int]]:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for plain in _PLAIN_OR_NOT.finditer(original):
        first, last = plain.span()
        if plain.lastgroup == "plain":
            # Nearly all of a text: words and figures that stand for themselves, taken at once.
            text += plain.group().lower()
            starts += range(first, last)
            ends += range(first + 1, last + 1)
        else:
            _fold_sign(plain.group(), first, text, starts, ends)
    return text, starts, ends


def _fold_sign(character: str, index: int, text: list[str], starts: list[int], ends: list[int]) -> None:
    letters = _letters(character)
    if not letters and ends and ends[-1] == index:
        ends[-1] = index + 1
    for letter in letters:
        if text and _repeats(text[-1], letter):
            text[-1] = _repeated(text[-1], letter)
            ends[-1] = index + 1
        else:
            text.append(letter)
            starts.append(index)
            ends.append(index + 1)


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    if character.isascii():
        return _whitespace(character) if character.isspace() or character < " " else character.lower()
    character = _FOLDED.get(character, character)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    if len(decomposed) > _LONGEST_EXPANSION:
        return character
    return "".join(_plain(letter) for letter in decomposed)


def _plain(letter: str) -> str:
    if letter.isascii():
        return _whitespace(letter) if letter.isspace() else letter.lower()
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc", "Cs"}:
        return ""
    if letter.isspace():
        return _whitespace(letter)
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.digit(letter))
    return _LOOK_ALIKES.get(letter) or _FOLDED.get(letter, letter)


def _whitespace(letter: str) -> str:
    if letter in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    return " " if letter.isspace() else ""


def _repeats(previous: str, letter: str) -> bool:
    if previous.isspace() and letter.isspace():
        return True
    return previous == letter and not letter.isalnum()


def _repeated(previous: str, letter: str) -> str:
    if not letter.isspace():
        return previous
    return "\n" if "\n" in (previous, letter) else _WIDE


def _join_spelled(folded: Normalised) -> Normalised:
    dropped: set[int] = set()
    for word in _SPELLED.finditer(folded.text):
        dropped.update(range(word.start() + 1, word.end(), 2))
    if dropped:
        kept = [index for index in range(len(folded.text)) if index not in dropped]
        folded = Normalised(
            "".join(folded.text[index] for index in kept),
            tuple(folded.starts[index] for index in kept),
            tuple(folded.ends[index] for index in kept),
        )
    return replace(folded, text=_DIGIT_IN_A_WORD.sub(_as_letter, folded.text.replace(_WIDE, " ")))


def _as_letter(digit: re.Match[str]) -> str:
    return _DIGITS_AS_LETTERS[digit.group()]


def _corrected(written: Normalised, corrections: Corrections) -> Normalised:
    """A word put right points back at the whole word as it was written."""
    text, starts, ends, position = "", [], [], 0
    for start, end, meant in corrections.found(written.text):
        text += written.text[position:start] + meant
        starts += [*written.starts[position:start], *[written.starts[start]] * len(meant)]
        ends += [*written.ends[position:start], *[written.ends[end - 1]] * len(meant)]
        position = end
    if not position:
        return written
    return Normalised(
        text + written.text[position:],
        (*starts, *written.starts[position:]),
        (*ends, *written.ends[position:]),
    )
