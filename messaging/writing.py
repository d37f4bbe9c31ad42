"""What a member typed as a message: read, looked at by the rules, counted."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, NamedTuple
from uuid import UUID, uuid4

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors, Form
from app.refusals import TooOften
from app.throttle import throttle
from members.me import Me
from moderation.rules import Action, Content, Finding, Verdict, screen_or_hold
from moderation.rules.advice import Advice, refusal
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment

LONGEST = 4_000
AT_MOST = 60
FIRST_CONVERSATIONS = 10
WINDOW = timedelta(minutes=10)
SENT_TWICE_WITHIN = timedelta(days=1)
SAID_FIRST = {"opsec", "scam", "language", "law", "screening"}
"""Families whose rules would hold an ad: of a message, its sender hears them once before it leaves."""
NO_ADVICE = Advice()
TO_CHANGE = "Votre message n’est pas parti\u202f: changez d’abord le passage en cause."


class MessageForm(Form):
    """`once` is drawn with the form, so that a request sent twice is one message. `told` is the text as it was when the
    rules' advice was shown: sent again unchanged, it is meant."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    once: UUID = msgspec.field(default_factory=uuid4)
    told: str = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "text": "Écrivez un mot, de 4 000 caractères au plus.",
            "once": "Rechargez la page, puis envoyez de nouveau.",
        }


class Written(NamedTuple):
    """The message when it may leave, else what is wrong by field. `advice` of a message that leaves is for its writer
    alone: numbers to call."""

    form: MessageForm | None
    errors: Errors
    advice: Advice


async def written(sent: FormMultiDict, member: UUID) -> Written:
    form, errors = MessageForm.read(sent)
    if "once" in errors:
        errors.setdefault("text", errors.pop("once"))
    if form is None:
        return Written(None, errors, NO_ADVICE)
    verdict = in_private(form.text)
    advice, meant = Advice.of(verdict, {"body": form.text}), form.told == form.text
    if not meant and await _is_new(verdict, form):
        await record_hits(verdict, Moment.message, None)
    if verdict.is_refused:
        return Written(None, {"text": TO_CHANGE}, advice)
    if advice.remarks and not meant:
        return Written(None, {}, advice)
    try:
        await throttle("message", str(member), limit=AT_MOST, every=WINDOW)
    except TooOften as problem:
        return Written(None, {"text": str(problem)}, NO_ADVICE)
    return Written(form, {}, Advice(care=advice.care))


async def _is_new(verdict: Verdict, form: MessageForm) -> bool:
    """Whether rules spoke, and had not of this form and these words: a request sent twice is counted once."""
    if not verdict.findings and not verdict.shadow:
        return False
    try:
        await throttle("message.screened", f"{form.once} {form.text}", limit=1, every=SENT_TWICE_WITHIN)
    except TooOften:
        return False
    return True


async def too_many_at_first(me: Me) -> Errors:
    """A new member opens only so many conversations a day; what to say beside the field past it."""
    if me.is_trusted:
        return {}
    try:
        await throttle("conversation", str(me.id), limit=FIRST_CONVERSATIONS, every=timedelta(days=1))
    except TooOften:
        return {"text": "Vous avez déjà répondu à beaucoup d’annonces aujourd’hui. Reprenez demain."}
    return {}


def objection(text: str) -> str | None:
    """What must not be sent even in private (an account number, a social security number)."""
    verdict = in_private(text)
    return refusal(verdict) if verdict.is_refused else None


def in_private(text: str) -> Verdict:
    """What the rules say of words meant for one person.

    Nobody of the team reads them before they leave, so that nothing is held: what is dangerous to write anywhere is
    refused, what only seems so is said to the sender first, who rewrites or confirms. What two people need of each
    other (a number, an address, a price) is nobody's business here.
    """
    verdict = screen_or_hold(Content(body=text))
    findings = tuple(one for one in verdict.findings if _concerns(one))
    strongest = max((one.action for one in findings), key=lambda action: action.strength, default=Action.ALLOW)
    shadow = tuple(one for one in verdict.shadow if _concerns(one))
    return replace(verdict, action=strongest, findings=findings, shadow=shadow)


def _concerns(finding: Finding) -> bool:
    if finding.action is Action.HOLD:
        return finding.rule.partition(".")[0] in SAID_FIRST
    return finding.action in (Action.REFUSE, Action.CARE)
