"""The administrators' page about the search: words added to its own, and what nobody found."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from app.refusals import Refused
from members.guards import administrator
from search.vocabulary import adding, unfound
from search.vocabulary.adding import WAY, WordsForm
from search.vocabulary.trying import Effect, effect

HERE = "/administration/recherche"

flashes(
    words_added="C’est ajouté : les prochaines recherches en tiennent compte.",
    words_withdrawn="C’est retiré : les prochaines recherches n’en tiennent plus compte.",
)


class Vocabulary(Controller):
    path = HERE
    guards = [administrator]

    @get("/")
    async def show(self, request: Request, mots: FromQuery[str] = "") -> Template:
        return await _shown(request, {"terms": mots[: unfound.LONGEST], "way": adding.Way.same, "tried": ""}, {})

    @post("/")
    async def add(self, request: Request) -> Template | Redirect:
        form, errors = WordsForm.read(sent := await request.form())
        errors = form.errors() if form else errors
        if form is None or errors:
            return await _shown(request, sent, errors)
        try:
            await adding.add(form, request.user)
        except Refused as refused:
            return await _shown(request, sent, {"terms": str(refused)})
        return go(HERE, done="words_added")

    @post("/essai", status_code=200)
    async def try_them(self, request: Request) -> Template:
        form, errors = WordsForm.read(sent := await request.form())
        errors = form.errors() if form else errors
        if form is None or errors:
            return await _shown(request, sent, errors)
        try:
            vocabulary = await adding.with_these(form)
        except Refused as refused:
            return await _shown(request, sent, {"terms": str(refused)})
        return await _shown(request, sent, {}, await effect(form.to_try, vocabulary, request.user))

    @post("/{synonym:int}/retrait")
    async def withdraw(self, request: Request, synonym: FromPath[int]) -> Redirect:
        await adding.withdraw(synonym, request.user)
        return go(HERE, done="words_withdrawn")


async def _shown(request: Request, sent: Any, errors: Errors, tried: Effect | None = None) -> Template:
    return page(
        request,
        "administration/search.html",
        422 if errors else 200,
        added=await adding.in_force(),
        taken_back=await adding.taken_back(),
        missed=await unfound.most_missed(),
        ways=[(way.value, label, hint) for way, (label, hint) in WAY.items()],
        sent=sent,
        errors=errors,
        effect=tried,
    )
