"""What an edit changes: the text word by word, the facts line by line."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Change(msgspec.Struct, frozen=True):
    """A stretch of text; `is_changed` when the other side does not have it."""

    text: str
    is_changed: bool


class Fact(msgspec.Struct, frozen=True):
    """A line of the ad; `before` is what it said before an edit, None when the case is no edit."""

    label: str
    value: str
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.value


def compared(old: str, new: str) -> tuple[list[Change], list[Change]]:
    """Both texts cut in stretches; joined again, each is itself."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    olds: list[Change] = []
    news: list[Change] = []
    # autojunk stays on: without it a long text of one repeated word takes seconds.
    steps = SequenceMatcher(None, before, after).get_opcodes()
    for at, (what, from_old, to_old, from_new, to_new) in enumerate(steps):
        old_words, new_words = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        # A blank between two changed words reads as changed too.
        is_kept = what == "equal" and (old_words.strip() or at in (0, len(steps) - 1))
        _add(olds, old_words, is_changed=not is_kept)
        _add(news, new_words, is_changed=not is_kept)
    return olds, news


def facts_beside(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Fact]:
    """Each label of the two once, the old ones first."""
    before, after = dict(old), dict(new)
    return [Fact(label, after.get(label, ""), before.get(label, "")) for label in {**before, **after}]


def _add(side: list[Change], text: str, *, is_changed: bool) -> None:
    if text and side and side[-1].is_changed == is_changed:
        side[-1] = Change(side[-1].text + text, is_changed)
    elif text:
        side.append(Change(text, is_changed))
