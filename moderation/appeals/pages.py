"""Contesting a decision, following it, and judging it at the desk."""

from typing import Any
from uuid import UUID

import asyncpg
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from app.refusals import Refused
from members.guards import moderator, signed_in
from moderation.appeals import words
from moderation.appeals.access import OwnAppeal, own_appeal
from moderation.appeals.at_the_desk import appeal_at_desk
from moderation.appeals.contesting import Contestable, contestable
from moderation.appeals.judging import JudgingForm, judge
from moderation.appeals.opening import TooLate, open_appeal
from moderation.appeals.talking import MessageForm, answer, say
from moderation.appeals.withdrawing import withdraw
from moderation.cases.access import case_asked_for, case_in_scope
from moderation.decisions.reasons import TEXTS
from moderation.desk.masking import Veil

flashes(
    appeal_sent="Votre recours est envoyé. Une autre personne de l’équipe va tout relire.",
    appeal_message_sent="Votre message est envoyé.",
    appeal_withdrawn="Votre recours est retiré\u202f: la décision reste comme elle est.",
    appeal_answered="Votre message est parti, signé de l’équipe.",
    appeal_judged="C’est décidé\u202f: la personne est prévenue.",
    appeal_reopened="C’est décidé. Le texte est de nouveau à juger\u202f: voici son dossier.",
)


class Contesting(Controller):
    path = "/decisions/{decision_id:uuid}/recours"
    guards = [signed_in]

    @get("/")
    async def ask(self, request: Request, decision_id: FromPath[UUID]) -> Template | Redirect:
        contested = await contestable(decision_id, request.user)
        if contested.appeal:
            return go(f"/recours/{contested.appeal}")
        return _too_late(request, contested) if contested.is_over else _form(request, contested)

    @post("/")
    async def contest(self, request: Request, decision_id: FromPath[UUID]) -> Template | Redirect:
        sent = await request.form()
        form, errors = MessageForm.read(sent)
        if form is None:
            return _form(request, await contestable(decision_id, request.user), sent, errors)
        try:
            appeal = await open_appeal(decision_id, form.words, form.once, request.user)
        except TooLate:
            return _too_late(request, await contestable(decision_id, request.user))
        return go(f"/recours/{appeal}", done="appeal_sent")


class OwnAppeals(Controller):
    path = "/recours/{appeal_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request, appeal_id: FromPath[UUID]) -> Template:
        return await _thread(request, await own_appeal(appeal_id, request.user))

    @post("/messages")
    async def say(self, request: Request, appeal_id: FromPath[UUID]) -> Template | Redirect:
        appeal, sent = await own_appeal(appeal_id, request.user), await request.form()
        form, errors = MessageForm.read(sent)
        if form is None:
            return await _thread(request, appeal, sent, errors)
        await say(appeal.id, form.words, form.once, request.user)
        return go(f"{appeal.path}#fil", done="appeal_message_sent")

    @post("/retrait")
    async def withdraw(self, request: Request, appeal_id: FromPath[UUID]) -> Redirect:
        await withdraw(appeal_id, request.user)
        return go(f"/recours/{appeal_id}", done="appeal_withdrawn")


class Judging(Controller):
    """One appeal with its whole thread; the case's page at the desk has the same form beside what was judged."""

    path = "/moderation/dossiers/{case_id:uuid}/recours"
    guards = [moderator]
    dependencies = {"case": Provide(case_asked_for)}

    @get("/")
    async def show(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Template | Redirect:
        return await _desk(request, case)

    @post("/")
    async def judge(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Template | Redirect:
        sent = await request.form()
        form, errors = JudgingForm.read(sent)
        if form is None:
            return await _desk(request, case, 422, sent=sent, errors=errors)
        try:
            again = await judge(case, form, request.user)
        except Refused as refusal:
            return await _desk(request, case, 409, sent=sent, problem=str(refusal))
        return await _judged(request, again)

    @post("/messages")
    async def answer(self, request: Request, case: NamedDependency[asyncpg.Record]) -> Template | Redirect:
        sent = await request.form()
        form, errors = MessageForm.read(sent)
        if form is None:
            return await _desk(request, case, 422, said=sent, errors={"said": " ".join(errors.values())})
        await answer(case["id"], form.words, form.once, request.user)
        return go(f"/moderation/dossiers/{case['id']}#fil", done="appeal_answered")


def _form(request: Request, contested: Contestable, sent: Any = None, errors: Errors | None = None) -> Template:
    return page(
        request,
        "moderation/appeals/form.html",
        422 if errors else 200,
        contested=contested,
        decided=words.decided(contested.kind, contested.of, contested.category),
        reasons=TEXTS,
        sent=sent or {},
        errors=errors or {},
    )


def _too_late(request: Request, contested: Contestable) -> Template:
    return page(
        request,
        "moderation/appeals/too_late.html",
        410,
        contested=contested,
        decided=words.decided(contested.kind, contested.of, contested.category),
    )


async def _thread(request: Request, appeal: OwnAppeal, sent: Any = None, errors: Errors | None = None) -> Template:
    return page(
        request,
        "moderation/appeals/thread.html",
        422 if errors else 200,
        appeal=appeal,
        decided=words.decided(appeal.kind, appeal.of, appeal.category),
        words=words,
        reasons=TEXTS,
        sent=sent or {},
        errors=errors or {},
    )


async def _desk(
    request: Request,
    case: asyncpg.Record,
    status: int = 200,
    *,
    sent: Any = None,
    said: Any = None,
    errors: Errors | None = None,
    problem: str = "",
) -> Template | Redirect:
    """The appeal as it is now; what was typed is kept."""
    fresh = await case_in_scope(case["id"], request.user)
    appeal = await appeal_at_desk(case["id"], Veil())
    if appeal is None:
        return go(f"/moderation/dossiers/{case['id']}")
    return page(
        request,
        "moderation/appeals/at_the_desk.html",
        status,
        case=fresh,
        appeal=appeal,
        is_mine=fresh["claimed_by"] == request.user.id and bool(fresh["is_claimed"]),
        judging=sent or {},
        saying={"said": said["words"]} if said and "words" in said else {},
        errors=errors or {},
        problem=problem,
        reasons=TEXTS,
    )


async def _judged(request: Request, again: UUID | None) -> Redirect:
    """To the thing that is to be judged again, when it is in this moderator's scope; else back to the queue."""
    if again:
        try:
            await case_in_scope(again, request.user)
        except Refused:
            return go("/moderation", done="appeal_judged")
        return go(f"/moderation/dossiers/{again}", done="appeal_reopened")
    return go("/moderation", done="appeal_judged")
