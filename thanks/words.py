"""A word of thanks as it is typed, and what the rules say of it."""

from typing import Annotated
from uuid import UUID

import msgspec

from app.forms import Errors, Form
from moderation.rules import Content, Verdict, screen_or_hold
from moderation.rules.advice import Advice, refusal
from moderation.rules.authors import record_of
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment

LONGEST = 600
SAY_SOMETHING = "Écrivez un mot, ou une ligne aux modérateurs."
SAY_WHAT = "Dites en quelques mots ce qui s’est passé : un modérateur le lira."
Told = tuple[Errors, Advice | None]


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

    async def objections(self, category: str, by: UUID) -> Told:
        """What keeps this from being sent, and what the rules advise; a word sent again unchanged is meant. One they
        refuse is counted at once: nothing else will come of it."""
        if self.is_empty:
            return {"word": SAY_SOMETHING}, None
        if self.problem and not self.line:
            return {"line": SAY_WHAT}, None
        verdict = await screened(self.word, category, by)
        advice = Advice.of(verdict, {"body": self.word})
        if verdict.is_refused:
            await record_hits(verdict, Moment.thanks, None)
            return {"word": refusal(verdict)}, Advice(care=advice.care)
        return {}, advice if advice and self.told != self.word else None


async def screened(word: str, category: str, by: UUID) -> Verdict:
    return screen_or_hold(Content(body=word, category=category, author=await record_of(by)))
