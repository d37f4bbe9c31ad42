"""The desk of the moderators: the queue, one case, the journal."""

from uuid import UUID

import asyncpg
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect, Response, Template

from app.pages import flashes, go, page
from app.paging import read
from app.refusals import Refused
from members.guards import moderator
from moderation import words
from moderation.cases.access import case_asked_for
from moderation.cases.claiming import claim, release
from moderation.decisions.deciding import Moot
from moderation.decisions.journal import journal
from moderation.decisions.reasons import TEXTS
from moderation.desk.answering import decide_with_others, read_decision
from moderation.desk.canned import CANNED
from moderation.desk.filters import Filters, filters_asked_for
from moderation.desk.queue import department_name, queue_of
from moderation.desk.showing import go_on, show_again, show_case
from moderation.desk.unmasking import unmask
from moderation.sanctions.kinds import MEASURES

flashes(
    released="Le dossier est de nouveau dans la file.",
    decided="C’est décidé\u202f: les personnes concernées sont prévenues.",
    decided_also="C’est décidé\u202f: les personnes concernées sont prévenues. {about}",
    all_done="C’est décidé. Plus rien n’attend\u202f: merci\u202f!",
    moot="L’auteur a repris ou retiré ce texte entre-temps\u202f: le dossier s’est clos de lui-même.",
)

WITH_CASE = {"case": Provide(case_asked_for), "filters": Provide(filters_asked_for)}


class Desk(Controller):
    path = "/moderation"
    guards = [moderator]
    dependencies = {"filters": Provide(filters_asked_for)}

    @get("/")
    async def queue(
        self, request: Request, filters: NamedDependency[Filters], apres: FromQuery[UUID | None] = None
    ) -> Template:
        queue = await queue_of(request.user, filters, apres)
        return page(request, "moderation/desk.html", queue=queue, current=None, words=words)

    @get("/mots-prets")
    async def ready_words(self) -> Response[dict[str, str]]:
        # Asked for by the script of the form when it needs them: they would be a quarter of every dossier's weight.
        return Response({one.key: one.words for one in CANNED}, headers={"cache-control": "private, max-age=3600"})

    @get("/journal")
    async def journal(self, request: Request, apres: FromQuery[str | None] = None) -> Template:
        after = read(apres)
        return page(
            request,
            "moderation/journal.html",
            journal=await journal(request.user, after),
            is_first=after is None,
            words=words,
            reasons=TEXTS,
            measures=MEASURES,
            department=department_name,
        )


class Dossier(Controller):
    path = "/moderation/dossiers/{case_id:uuid}"
    guards = [moderator]
    dependencies = WITH_CASE

    @get("/")
    async def show(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template:
        return await show_case(request, case, filters)

    @post("/prise")
    async def claim(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template | Redirect:
        sent = await request.form()
        try:
            await claim(case, request.user)
        except Refused as refusal:
            return await show_again(request, case, filters, str(refusal))
        if "words" in sent:  # taken again from the form of a decision, for more time: what was typed there is kept
            return await show_again(request, case, filters, "", sent)
        return go(filters.address(f"/moderation/dossiers/{case['id']}"))

    @post("/liberation")
    async def release(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Redirect:
        await release(case, request.user)
        return go(filters.address("/moderation"), done="released")

    @post("/coordonnees")
    async def unmask(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template | Redirect:
        try:
            shown = await unmask(case, request.user)
        except Refused as refusal:
            return await show_again(request, case, filters, str(refusal))
        return go(filters.address(f"/moderation/dossiers/{case['id']}"), cookies=[shown])

    @post("/decision")
    async def decide(
        self, request: Request, case: NamedDependency[asyncpg.Record], filters: NamedDependency[Filters]
    ) -> Template | Redirect:
        sent = await request.form()
        form, errors = await read_decision(sent, case)
        if form is None:
            return await show_case(request, case, filters, status=422, sent=sent, errors=errors)
        try:
            others = await decide_with_others(case, form, str(sent.get("also") or ""), request.user)
        except Moot:
            return await go_on(request, filters, "moot")
        except Refused as refusal:
            return await show_again(request, case, filters, str(refusal), sent)
        return await go_on(request, filters, "decided_also" if others.in_words else "decided", others.in_words)
