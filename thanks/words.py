"""A word of thanks as it is typed, and what the rules say of it."""

from typing import Annotated

import msgspec

from app.forms import Errors, Form
from moderation.rules import Content, Verdict, screen_or_hold

LONGEST = 600
SAY_SOMETHING = "Écrivez un mot, ou une ligne aux modérateurs."
SAY_WHAT = "Dites en quelques mots ce qui s’est passé : un modérateur le lira."
OR_SO = "Changez votre mot, ou envoyez-le tel quel\u202f: un modérateur le lira d’abord."


class Word(Form):
    """`word` is for the other; `line` is read by the moderators alone, at once when `problem` is ticked. `told` is the
    word as it was when the rules' advice was last shown: sent again unchanged, it is meant."""

    word: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""
    line: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""
    problem: bool = False
    told: str = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return dict.fromkeys(("word", "line"), f"Écrivez au plus {LONGEST} caractères.")

    @property
    def is_empty(self) -> bool:
        return not (self.word or self.line or self.problem)

    def errors(self, category: str) -> Errors:
        """What keeps this from being sent."""
        if self.is_empty:
            return {"word": SAY_SOMETHING}
        if self.problem and not self.line:
            return {"line": SAY_WHAT}
        verdict = screened(self.word, category)
        if verdict.is_refused:
            return {"word": verdict.findings[0].message}
        if verdict.findings and self.told != self.word:
            return {"word": " ".join([*(finding.message for finding in verdict.findings), OR_SO])}
        return {}


def screened(word: str, category: str) -> Verdict:
    return screen_or_hold(Content(body=word, category=category))
