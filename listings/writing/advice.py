"""What screening says to the author, with their own words marked."""

from uuid import UUID

import msgspec

from listings.content import MORE_WORDS, Content
from listings.market.repeating import Repeat
from listings.writing.screening import screened, screened_as_new
from moderation.rules import Action, Finding, Piece, Verdict, marked
from moderation.rules.care import Care, care_of

TONE = {
    Action.REFUSE: "danger",
    Action.HOLD: "warning",
    Action.ADVISE: "info",
    Action.ALLOW: "info",
}


class Advice(msgspec.Struct, frozen=True):
    """`findings` are what the rules said, `repeat` the author's own ad this one says again; title, body and the other
    texts with words to look at come in pieces, some marked."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    title: list[Piece]
    body: list[Piece]
    others: tuple[list[Piece], ...] = ()
    repeat: Repeat | None = None

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
        return bool(self.others) or any(piece.marked for piece in (*self.title, *self.body))

    @property
    def care(self) -> Care | None:
        return care_of(self.findings)

    @property
    def remarks(self) -> list[Finding]:
        """What is said of the words; of distress only the numbers are."""
        return [one for one in self.findings if one.action is not Action.CARE]

    def tone(self, finding: Finding) -> str:
        return TONE[finding.action]


async def advice_on(content: Content, author: UUID, listing: UUID) -> Advice:
    """Of an ad that was online before."""
    return _advice(content, await screened(content, author, listing))


async def advice_before_sending(content: Content, author: UUID, listing: UUID) -> Advice:
    """Of a draft: also whether it repeats an ad of its author."""
    return _advice(content, *await screened_as_new(content, author, listing))


def _advice(content: Content, verdict: Verdict, repeat: Repeat | None = None) -> Advice:
    repeated = repeat.finding if repeat else None
    spoken = tuple(one for one in verdict.findings if one.action is not Action.ALLOW and one != repeated)
    # The words of somebody in distress are not pointed at, as faults are.
    shown = [one for one in spoken if one.action is not Action.CARE]
    title, body = marked("title", content.title, shown), marked("body", content.body, shown)
    more = (marked(name, content.details.get(name, ""), shown) for name in MORE_WORDS)
    others = tuple(pieces for pieces in more if any(piece.marked for piece in pieces))
    return Advice(verdict, spoken, title, body, others, repeat)
