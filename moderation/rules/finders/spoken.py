"""Numbers said in French: "soixante-dix-huit", "zéro", and the figures that stand among them."""

import re
from dataclasses import dataclass

_UNITS = {
    "zero": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_TENS = {"dix": 10, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80}
_TENS |= {"quatre-vingts": 80, "quatre vingt": 80, "quatre vingts": 80, "septante": 70, "huitante": 80, "nonante": 90}
_WORD = "|".join(sorted([*_TENS, *_UNITS], key=len, reverse=True))
_TOKEN = re.compile(rf"\b(?:{_WORD}|\d{{1,10}})\b")
_SAID = re.compile(rf"\b(?:{_WORD})\b")
_JOINT = re.compile(r"[\s-]|[\s-]et[\s-]")


@dataclass
class Said:
    """One number as it was said, and where; `digits` is what one would dial."""

    value: int
    digits: str
    start: int
    end: int
    in_words: bool


def numbers_said(text: str) -> list[Said]:
    """All numbers of a normalised text in their order, or none when all are in figures."""
    if not _SAID.search(text):
        return []
    numbers: list[Said] = []
    for token in _TOKEN.finditer(text):
        word = token.group()
        value = _TENS.get(word, _UNITS.get(word))
        last = numbers[-1] if numbers else None
        if value is None:
            numbers.append(Said(-1, word, *token.span(), in_words=False))
        elif last and last.in_words and _joins(last, value) and _JOINT.fullmatch(text, last.end, token.start()):
            # "soixante", then "dix", then "huit" are one number.
            numbers[-1] = Said(last.value + value, str(last.value + value), last.start, token.end(), in_words=True)
        else:
            numbers.append(Said(value, str(value), *token.span(), in_words=True))
    return numbers


def _joins(last: Said, value: int) -> bool:
    if last.value in {60, 80}:
        return 0 < value < 17
    if last.value in {10, 70, 90}:
        return 6 < value < 10
    return last.value in {20, 30, 40, 50} and 0 < value < 10
