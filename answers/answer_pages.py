"""A helper's own answer: giving it, taking it back, saying yes or no to a place that is offered."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from answers.access import Answered, own_answer
from answers.answering import answer
from answers.asking import say_no, say_yes
from answers.withdrawing import withdraw
from answers.writing import found_places, ticks, untouched, written_answer
from app.forms import Errors
from app.pages import flashes, go, page
from members.guards import signed_in
from messaging.access import Answerable, answerable, conversation_about
from moderation.rules.advice import Advice

flashes(
    answered="Votre message est parti. La réponse arrivera ici.",
    answer_withdrawn="Votre réponse est retirée. Vous pourrez répondre de nouveau.",
    said_yes="C’est noté : on compte sur vous.",
    said_no="C’est noté : la place est proposée à quelqu’un d’autre.",
)


class Answering(Controller):
    path = "/annonces/{listing_id:uuid}/candidature"
    guards = [signed_in]

    @get()
    async def form(self, request: Request, listing_id: FromPath[UUID]) -> Template | Redirect:
        if begun := await conversation_about(listing_id, request.user.id):
            return go(f"/messages/{begun}")
        return _form(request, await answerable(listing_id, request.user.id))

    @post()
    async def answer(self, request: Request, listing_id: FromPath[UUID]) -> Template | Redirect:
        ad = await answerable(listing_id, request.user.id)
        sent = await request.form()
        said, once, errors, advice = await written_answer(sent, request.user, ad)
        if said is None or once is None:
            return _form(request, ad, sent, errors, advice)
        conversation = await answer(listing_id, request.user.id, said, once)
        done = "sent_with_care" if advice else "answered"
        return go(f"/messages/{conversation}", done=done, about=advice.numbers)


class OwnAnswer(Controller):
    path = "/annonces/{listing_id:uuid}/candidature"
    guards = [signed_in]
    dependencies = {"own": Provide(own_answer)}

    @post("/retrait")
    async def withdraw(self, own: NamedDependency[Answered], request: Request) -> Redirect:
        await withdraw(own, request.user)
        return go(own.talk_path, done="answer_withdrawn")

    @post("/oui")
    async def accept(self, own: NamedDependency[Answered], request: Request) -> Redirect:
        await say_yes(own, request.user)
        return go(own.talk_path, done="said_yes")

    @post("/non")
    async def pass_on(self, own: NamedDependency[Answered], request: Request) -> Redirect:
        await say_no(own, request.user)
        return go(own.talk_path, done="said_no")


def _form(
    request: Request,
    ad: Answerable,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    advice: Advice | None = None,
) -> Template:
    days = ticks(ad.schedule)
    typed: Any = untouched(request.user.place.label, days) if sent is None else sent
    return page(
        request,
        "messaging/answer.html",
        422 if errors or advice else 200,
        ad=ad,
        ticks=days,
        sent=typed,
        errors=errors or {},
        advice=advice,
        found=found_places(sent) if sent is not None else [],
    )
