"""The list of conversations, one conversation."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.plugins.htmx import HTMXRequest
from litestar.response import Redirect, Template

from app import paging
from app.database import LARGEST_ID
from app.forms import Errors
from app.pages import go, page
from members.guards import signed_in
from messaging import access, inbox, thread
from messaging.catching_up import catch_up
from messaging.sending import send
from messaging.writing import NO_ADVICE, written
from moderation.rules.advice import Advice

A_MESSAGE = QueryParameter(ge=0, le=LARGEST_ID)
EarlierThan = Annotated[int | None, QueryParameter(ge=0, le=LARGEST_ID)]


class Conversations(Controller):
    path = "/messages"
    guards = [signed_in]

    @get()
    async def list(self, request: Request, apres: FromQuery[str] = "", nonlus: FromQuery[bool] = False) -> Template:
        found = await inbox.inbox(request.user.id, paging.read(apres), nonlus)
        return page(request, "messaging/list.html", inbox=found, is_first=not apres)


class OneConversation(Controller):
    path = "/messages/{conversation:uuid}"
    guards = [signed_in]

    @get()
    async def read(self, request: Request, conversation: FromPath[UUID], avant: EarlierThan = None) -> Template:
        return await _thread(request, await access.conversation(conversation, request.user.id), before=avant)

    @post()
    async def write(self, request: HTMXRequest, conversation: FromPath[UUID]) -> Template | Redirect:
        talk = await access.conversation(conversation, request.user.id)
        sent = await request.form()
        form, errors, advice = await written(sent, request.user.id)
        if form is None:
            return await _try_again(request, talk, sent, errors, advice)
        await send(talk, request.user.id, form.text, form.once)
        if request.htmx:
            return _emptied_form(request, talk, advice)
        if advice:
            # At the top, where whom to call is told: the end of the thread would leave it out of sight.
            return go(talk.path, done="sent_with_care", about=advice.numbers)
        return go(f"{talk.path}#thread-state")

    @get("/nouveaux")
    async def new(self, request: Request, conversation: FromPath[UUID], apres: Annotated[int, A_MESSAGE]) -> Template:
        """For the open page: what came after the last message it shows."""
        talk = await access.conversation(conversation, request.user.id)
        messages = await thread.since(talk.id, request.user.id, apres)
        await catch_up(talk, request.user, messages.shown)
        return page(request, "messaging/_new.html", talk=talk, messages=messages, after=apres)


async def _thread(
    request: Request,
    talk: access.Conversation,
    *,
    before: int | None = None,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    advice: Advice = NO_ADVICE,
) -> Template:
    messages = await thread.latest(talk.id, request.user.id, before)
    me = request.user if before else await catch_up(talk, request.user, messages.shown)
    shown = {
        "talk": talk,
        "messages": messages,
        "is_latest": before is None,
        "sent": sent or {},
        "errors": errors or {},
        "advice": advice,
    }
    return page(request, "messaging/thread.html", 422 if errors or advice else 200, me=me, **shown)


async def _try_again(
    request: HTMXRequest, talk: access.Conversation, sent: FormMultiDict, errors: Errors, advice: Advice
) -> Template:
    if request.htmx:
        given = {"talk": talk, "sent": sent, "errors": errors, "advice": advice, "is_latest": True}
        return page(request, "messaging/_write.html", 422 if errors else 200, **given)
    return await _thread(request, talk, sent=sent, errors=errors, advice=advice)


def _emptied_form(request: HTMXRequest, talk: access.Conversation, advice: Advice) -> Template:
    """The message itself comes with the others that may have arrived: the page asks for them."""
    form = page(request, "messaging/_write.html", talk=talk, sent={}, errors={}, advice=advice, is_latest=True)
    form.headers["hx-trigger"] = "entraide:sent"
    return form
