"""What moderators do of a case among themselves: a note, handing it over, saying that one knows who it is about."""

from uuid import UUID

import asyncpg
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from app.forms import Form
from app.pages import flashes, go, page
from app.refusals import Refused
from members.guards import moderator
from moderation.cases.claiming import colleagues_for, hand_over
from moderation.cases.notes import add_note
from moderation.cases.ties import recuse
from moderation.desk.filters import Filters
from moderation.desk.pages import WITH_CASE
from moderation.desk.showing import go_on, show_again

flashes(
    noted="Votre note est gardée\u202f: seule l’équipe la lit.",
    handed_over="Le dossier est confié\u202f: la personne choisie est prévenue.",
    recused="C’est noté\u202f: vous ne verrez plus les dossiers de cette personne. Votre page permet d’y revenir.",
)


class Noting(Form):
    note: str = ""


class HandingOver(Form):
    to: UUID
    words: str

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"to": "Choisissez à qui confier ce dossier.", "words": "Dites en quelques mots pourquoi."}


class AmongModerators(Controller):
    path = "/moderation/dossiers/{case_id:uuid}"
    guards = [moderator]
    dependencies = WITH_CASE

    @post("/notes")
    async def note(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template | Redirect:
        form, _ = Noting.read(await request.form())
        try:
            await add_note(case, form.note if form else "", request.user)
        except Refused as refusal:
            return await show_again(request, case, filters, str(refusal))
        return go(filters.address(f"/moderation/dossiers/{case['id']}") + "#notes", done="noted")

    @get("/passation")
    async def choose(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template:
        return await _choosing(request, case, filters)

    @post("/passation")
    async def hand_over(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template | Redirect:
        sent = await request.form()
        form, errors = HandingOver.read(sent)
        if form is None:
            return await _choosing(request, case, filters, status=422, sent=sent, errors=errors)
        try:
            await hand_over(case, form.to, form.words, request.user)
        except Refused as refusal:
            return await _choosing(request, case, filters, status=409, sent=sent, problem=str(refusal))
        return await go_on(request, filters, "handed_over")

    @post("/lien")
    async def recuse(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Redirect:
        await recuse(case, request.user)
        return await go_on(request, filters, "recused")


async def _choosing(
    request: Request, case: asyncpg.Record, filters: Filters, status: int = 200, **given: object
) -> Template:
    colleagues = await colleagues_for(case["id"], request.user)
    shown = {"sent": {}, "errors": {}, "problem": "", **given}
    return page(
        request, "moderation/handing_over.html", status, case=case, colleagues=colleagues, filters=filters, **shown
    )
