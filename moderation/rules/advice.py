"""What the rules would say to who writes, before anything is kept: advice with their own words, numbers to call."""

from collections.abc import Mapping
from typing import Self

import msgspec

from moderation.rules.care import Care, care_of
from moderation.rules.marking import marked
from moderation.rules.verdict import Action, Finding, Verdict

TONE = {Action.REFUSE: "danger", Action.HOLD: "warning", Action.ADVISE: "info"}


class Remark(msgspec.Struct, frozen=True):
    """What one rule says; `words` are those of the author it is about, `tone` a kind of notice."""

    message: str
    rewording: str
    words: tuple[str, ...]
    tone: str


class Advice(msgspec.Struct, frozen=True):
    """`care` are numbers for a person in distress: said first, and never as a reproach."""

    remarks: tuple[Remark, ...] = ()
    care: Care | None = None
    is_refused: bool = False

    def __bool__(self) -> bool:
        return bool(self.remarks or self.care)

    @property
    def numbers(self) -> str:
        return self.care.numbers if self.care else ""

    @classmethod
    def of(cls, verdict: Verdict, texts: Mapping[str, str]) -> Self:
        """`texts` are the fields that were screened, by name."""
        said = [one for one in verdict.findings if one.action not in (Action.ALLOW, Action.CARE)]
        return cls(tuple(_remark(one, texts) for one in said), care_of(verdict.findings), verdict.is_refused)


def refusal(verdict: Verdict) -> str:
    """Of a refused text: what to say beside its field."""
    return next(one.message for one in verdict.findings if one.action is Action.REFUSE)


def _remark(finding: Finding, texts: Mapping[str, str]) -> Remark:
    pieces = (piece for name, text in texts.items() for piece in marked(name, text, [finding]))
    words = dict.fromkeys(piece.text.strip() for piece in pieces if piece.marked)
    return Remark(finding.message, finding.rewording, tuple(words), TONE[finding.action])
