"""What screening says to the author, with their own words marked."""

from uuid import UUID

import msgspec

from listings.content import Content
from listings.screening import screened
from moderation.rules import Action, Finding, Helpline, Piece, Verdict, marked

TONE = {
    Action.REFUSE: "danger",
    Action.HOLD: "warning",
    Action.CARE: "info",
    Action.ADVISE: "info",
    Action.ALLOW: "info",
}


class Advice(msgspec.Struct, frozen=True):
    """`findings` are what the rules said; title and body come in pieces, some marked."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    title: list[Piece]
    body: list[Piece]

    @property
    def is_only_advice(self) -> bool:
        """The author may send it as it is."""
        return self.verdict.action is Action.ADVISE

    @property
    def is_refused(self) -> bool:
        return self.verdict.is_refused

    @property
    def is_held(self) -> bool:
        return self.verdict.waits_for_a_person

    @property
    def marks_words(self) -> bool:
        return any(piece.marked for piece in (*self.title, *self.body))

    @property
    def helplines(self) -> list[Helpline]:
        """Each once, in the order the rules name them."""
        return list(dict.fromkeys(line for finding in self.findings for line in finding.helplines))

    def tone(self, finding: Finding) -> str:
        return TONE[finding.action]


async def advice_on(content: Content, author: UUID) -> Advice:
    verdict = await screened(content, author)
    spoken = tuple(finding for finding in verdict.findings if finding.action is not Action.ALLOW)
    return Advice(verdict, spoken, marked("title", content.title, spoken), marked("body", content.body, spoken))
