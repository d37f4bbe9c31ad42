"""The author's board of answers: choosing, the waiting list, the word for the others."""

from collections.abc import Awaitable
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from answers.access import Answered, answer_for_author
from answers.board import Order, board_of
from answers.choosing import choose
from answers.settling import courtesy_of, decline, decline_all_who_wait
from answers.waiting_list import Way, move, put_on_list
from app.forms import Errors, Form
from app.pages import flashes, go, page
from app.refusals import NotHere, Refused
from listings.access import own_listing
from listings.ad import Ad
from members.guards import signed_in
from moderation.rules.recording import record_hits
from moderation.rules.screening import screen_or_hold
from moderation.rules.tables import Moment
from moderation.rules.verdict import Action, Content

flashes(
    answer_chosen="C’est noté, et la personne est prévenue.",
    answer_listed="La personne est sur votre liste d’attente, et le sait.",
    list_moved="L’ordre de votre liste est changé.",
    answer_declined="Votre mot part tout de suite à {about}.",
    all_declined="Votre mot part à toutes les personnes qui attendaient.",
)
SAYS = {Action.REFUSE, Action.HOLD}


class Courtesy(Form):
    words: Annotated[str, msgspec.Meta(max_length=1000)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"words": "Écrivez un mot, de 1 000 caractères au plus."}


class Choice(Form):
    slots: list[Annotated[str, msgspec.Meta(max_length=10)]] = []


class Rank(Form):
    way: Way


class Boards(Controller):
    path = "/annonces/{listing_id:uuid}/candidatures"
    guards = [signed_in]
    dependencies = {"ad": Provide(own_listing)}

    @get("/")
    async def show(
        self, ad: NamedDependency[Ad], request: Request, tri: FromQuery[str] = "", apres: FromQuery[str] = ""
    ) -> Template:
        return await _board(request, ad, tri=tri, after=apres)

    @post("/mot")
    async def decline_the_others(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        form, errors = await _courtesy(await request.form())
        if form is None:
            return await _board(request, ad, status=422, sent=await request.form(), errors=errors)
        done = decline_all_who_wait(ad.id, request.user, form.words)
        return await _tried(request, ad.id, done, "all_declined")


class OneAnswer(Controller):
    path = "/annonces/{listing_id:uuid}/candidatures/{answer_id:uuid}"
    guards = [signed_in]
    dependencies = {"one": Provide(answer_for_author)}

    @post("/choix")
    async def choose(self, one: NamedDependency[Answered], request: Request) -> Template | Redirect:
        form, _ = Choice.read(await request.form())
        return await _tried(
            request, one.listing, choose(one, form.slots if form else [], request.user), "answer_chosen"
        )

    @post("/liste")
    async def put_on_list(self, one: NamedDependency[Answered], request: Request) -> Template | Redirect:
        return await _tried(request, one.listing, put_on_list(one, request.user), "answer_listed")

    @post("/rang")
    async def move(self, one: NamedDependency[Answered], request: Request) -> Template | Redirect:
        form, _ = Rank.read(await request.form())
        return await _tried(request, one.listing, move(one, form.way if form else Way.up), "list_moved")

    @get("/refus")
    async def ask_for_a_word(self, one: NamedDependency[Answered], request: Request) -> Template:
        sent = {"words": await courtesy_of(request.user.id)}
        return page(request, "answers/decline.html", one=one, sent=sent, errors={})

    @post("/refus")
    async def decline(self, one: NamedDependency[Answered], request: Request) -> Template | Redirect:
        form, errors = await _courtesy(sent := await request.form())
        if form is None:
            return page(request, "answers/decline.html", 422, one=one, sent=sent, errors=errors)
        done = decline(one.listing, one.id, request.user, form.words)
        return await _tried(request, one.listing, done, "answer_declined", one.helper_name)


async def _courtesy(sent: object) -> tuple[Courtesy | None, Errors]:
    """The word, or what the rules have against it: nobody reads it before it leaves, so what they would hold stays."""
    form, errors = Courtesy.read(sent)  # type: ignore[arg-type]
    if form is None:
        return None, errors
    verdict = screen_or_hold(Content(body=form.words))
    objection = next((finding.message for finding in verdict.findings if finding.action in SAYS), None)
    if objection:
        await record_hits(verdict, Moment.message, None)
    return (None, {"words": objection}) if objection else (form, {})


async def _tried(
    request: Request, listing: UUID, doing: Awaitable[object], done: str, about: str = ""
) -> Template | Redirect:
    """Back to the board; what was refused is said above it, with the answers as they are now."""
    try:
        await doing
    except NotHere:
        raise
    except Refused as refused:
        ad = await own_listing(listing, request)
        return await _board(request, ad, status=refused.status, problem=str(refused))
    return go(f"/annonces/{listing}/candidatures", done=done, about=about)


async def _board(
    request: Request,
    ad: Ad,
    *,
    status: int = 200,
    tri: str = "",
    after: str = "",
    problem: str = "",
    sent: object = None,
    errors: Errors | None = None,
) -> Template:
    order = Order(tri) if tri in set(Order) else None
    board = await board_of(ad, request.user, order, _id(after))
    typed = sent or {"words": board.courtesy}
    return page(
        request, "answers/board.html", status, ad=ad, board=board, problem=problem, sent=typed, errors=errors or {}
    )


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
