"""What an edit changes, word by word."""

import re
from difflib import SequenceMatcher

import msgspec

_WORDS = re.compile(r"\s+|[^\s]+\s*")


class Change(msgspec.Struct, frozen=True):
    """A stretch of text; `is_changed` when the other side does not have it."""

    text: str
    is_changed: bool


def compared(old: str, new: str) -> tuple[list[Change], list[Change]]:
    """Both texts cut in stretches; joined again, each is itself."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    olds: list[Change] = []
    news: list[Change] = []
    # autojunk stays on: without it a long text of one repeated word takes seconds.
    for what, from_old, to_old, from_new, to_new in SequenceMatcher(None, before, after).get_opcodes():
        if from_old < to_old:
            olds.append(Change("".join(before[from_old:to_old]), what != "equal"))
        if from_new < to_new:
            news.append(Change("".join(after[from_new:to_new]), what != "equal"))
    return olds, news
