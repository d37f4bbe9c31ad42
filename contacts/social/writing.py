"""A message in a conversation with the social service, with its photos."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID, uuid4, uuid5

import msgspec
from litestar.datastructures import FormMultiDict

from app.database import transaction
from app.forms import Errors, Form
from app.refusals import Refused, TooOften
from app.throttle import throttle
from contacts.social.access import Talk
from contacts.social.attaching import Attached, attach, read_files
from contacts.social.saying import notify_other, put, speak, tell_pages

LONGEST = 5_000
AT_MOST, WINDOW = 40, timedelta(minutes=10)
SAY_SOMETHING = "Écrivez un mot, de 5 000 caractères au plus, ou joignez une photo."


class MessageForm(Form):
    """`once` is drawn with the form, so that a request sent twice is one message."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""
    once: UUID = msgspec.field(default_factory=uuid4)

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"text": SAY_SOMETHING, "once": "Rechargez la page, puis envoyez de nouveau."}


async def write(talk: Talk, sent: FormMultiDict) -> Errors:
    """Adds what was sent to the conversation; else says what is wrong beside its field."""
    form, errors = MessageForm.read(sent)
    if "once" in errors:
        errors.setdefault("text", errors.pop("once"))
    if form is None:
        return errors
    try:
        await throttle("social.message", f"{talk.id} {talk.is_person}", limit=AT_MOST, every=WINDOW)
        files = await read_files(sent.getall("files", []))
    except TooOften as problem:
        return {"text": str(problem)}
    except Refused as problem:
        return {"files": str(problem)}
    if not form.text and not files:
        return {"text": SAY_SOMETHING}
    try:
        await send(talk, form.text, files, form.once)
    except Refused as problem:
        return {"text": str(problem)}
    return {}


async def send(talk: Talk, text: str, files: Sequence[Attached], once: UUID) -> None:
    """Raises Refused when the conversation was closed, or passed to another, meanwhile."""
    async with transaction():
        await speak(talk)
        # Bound to the text: a form kept by the browser's Back button and filled in anew is another message.
        message = await put(talk, text, uuid5(once, f"{talk.id} {talk.is_person} {text} {len(files)}"))
        if message is None:
            return
        for file in files:
            await attach(talk.id, message, file)
        await notify_other(talk)
        await tell_pages(talk)
