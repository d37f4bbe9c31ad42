"""The desk of the moderators: the queue, one case, the journal; and what an author may read of a decision."""

from typing import Any
from uuid import UUID

import asyncpg
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.dates import hour
from app.pages import flashes, go, page
from app.paging import read
from app.refusals import Refused
from app.settings import PARIS
from members.guards import moderator, signed_in
from moderation import words
from moderation.cases.access import case_asked_for, case_in_scope
from moderation.cases.claiming import claim, release
from moderation.decisions.deciding import DecisionForm, Moot, decide, possible
from moderation.decisions.explaining import own_decision
from moderation.decisions.journal import journal
from moderation.decisions.reasons import TEXTS
from moderation.desk.dossier import read_dossier
from moderation.desk.queue import department_name, next_case, queue_of

flashes(
    released="Le dossier est de nouveau dans la file.",
    decided="C’est décidé\u202f: les personnes concernées sont prévenues.",
    all_done="C’est décidé. Plus rien n’attend\u202f: merci\u202f!",
    moot="L’auteur a repris ou retiré ce texte entre-temps\u202f: le dossier s’est clos de lui-même.",
)


class Desk(Controller):
    path = "/moderation"
    guards = [moderator]

    @get("/")
    async def queue(self, request: Request, apres: FromQuery[UUID | None] = None) -> Template:
        return page(request, "moderation/desk.html", queue=await queue_of(request.user, apres), current=None)

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
            department=department_name,
        )


class Dossier(Controller):
    path = "/moderation/dossiers/{case_id:uuid}"
    guards = [moderator]
    dependencies = {"case": Provide(case_asked_for)}

    @get("/")
    async def show(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Template:
        return await _dossier(request, case)

    @post("/prise")
    async def claim(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Template | Redirect:
        try:
            await claim(case, request.user)
        except Refused as refusal:
            return await _again(request, case, str(refusal))
        return go(f"/moderation/dossiers/{case['id']}#decide")

    @post("/liberation")
    async def release(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Redirect:
        await release(case, request.user)
        return go("/moderation", done="released")

    @post("/decision")
    async def decide(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Template | Redirect:
        sent = await request.form()
        form, errors = DecisionForm.read(sent)
        if form is None or (errors := form.errors(case)):
            return await _dossier(request, case, status=422, sent=sent, errors=errors)
        try:
            await decide(case, form, request.user)
        except Moot:
            return await _on(request, "moot")
        except Refused as refusal:
            return await _again(request, case, str(refusal), sent)
        return await _on(request, "decided")


class OwnDecision(Controller):
    path = "/decisions/{decision_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request, decision_id: FromPath[UUID]) -> Template:
        found = await own_decision(decision_id, request.user)
        return page(request, "moderation/decision.html", decision=found, reasons=TEXTS)


async def _on(request: Request, done: str) -> Redirect:
    """To the next case, so that a queue is emptied without going back to it."""
    following = await next_case(request.user)
    if following is None:
        return go("/moderation", done="all_done" if done == "decided" else done)
    return go(f"/moderation/dossiers/{following}", done=done)


async def _again(request: Request, case: asyncpg.Record, problem: str, sent: Any = None) -> Template:
    """The case as it is now; what was typed is kept."""
    fresh = await case_in_scope(case["id"], request.user)
    return await _dossier(request, fresh, status=409, problem=problem, sent=sent)


async def _dossier(
    request: Request,
    case: asyncpg.Record,
    *,
    status: int = 200,
    problem: str = "",
    sent: Any = None,
    errors: Any = None,
) -> Template:
    dossier = await read_dossier(case, request.user)
    return page(
        request,
        "moderation/dossier.html",
        status,
        case=case,
        dossier=dossier,
        queue=await queue_of(request.user),
        current=case["id"],
        is_mine=case["claimed_by"] == request.user.id and bool(case["is_claimed"]),
        possible=possible(case),
        problem=problem,
        sent=sent or {"reason": dossier.reason.value, "words": dossier.ready_words},
        errors=errors or {},
        words=words,
        reasons=TEXTS,
        department=department_name(case["department"]),
        until=hour(case["claimed_until"].astimezone(PARIS).time()) if case["claimed_until"] else "",
    )
