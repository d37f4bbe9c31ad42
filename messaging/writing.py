"""What a member typed as a message: read, looked at by the rules, counted."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID, uuid4

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors, Form
from app.refusals import TooOften
from app.throttle import throttle
from members.me import Me
from moderation.rules.screening import screen_or_hold
from moderation.rules.verdict import Action, Content

LONGEST = 4_000
AT_MOST = 60
FIRST_CONVERSATIONS = 10
WINDOW = timedelta(minutes=10)


class MessageForm(Form):
    """`once` is drawn with the form, so that a request sent twice is one message."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    once: UUID = msgspec.field(default_factory=uuid4)

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "text": "Écrivez un mot, de 4 000 caractères au plus.",
            "once": "Rechargez la page, puis envoyez de nouveau.",
        }


async def written(sent: FormMultiDict, member: UUID) -> tuple[MessageForm | None, Errors]:
    """The message, or None and what to say beside the field."""
    form, errors = MessageForm.read(sent)
    if "once" in errors:
        errors.setdefault("text", errors.pop("once"))
    if form is None:
        return None, errors
    if wrong := objection(form.text):
        return None, {"text": wrong}
    try:
        await throttle("message", str(member), limit=AT_MOST, every=WINDOW)
    except TooOften as problem:
        return None, {"text": str(problem)}
    return form, {}


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
    """What must not be sent even in private (an account number, a social security number).

    Between two people nothing waits for a moderator: the rules that would hold an ad leave a message alone.
    """
    findings = screen_or_hold(Content(body=text)).findings
    return next((finding.message for finding in findings if finding.action is Action.REFUSE), None)
