"""Reporting an ad, a public reply or a word of thanks, and what came of it."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.pages import go, page
from members.guards import signed_in
from moderation.reporting import (
    Reportable,
    ReportForm,
    own_report,
    report,
    reportable_listing,
    reportable_reply,
    reportable_thanks,
    reported_before,
)
from moderation.words import REPORT_REASON


async def _listing(listing_id: FromPath[UUID], request: Request) -> Reportable:
    return await reportable_listing(listing_id, request.user)


async def _reply(reply_id: FromPath[int], request: Request) -> Reportable:
    return await reportable_reply(reply_id, request.user)


async def _thanks(thanks_id: FromPath[UUID], request: Request) -> Reportable:
    return await reportable_thanks(thanks_id, request.user)


class ListingReports(Controller):
    path = "/annonces/{listing_id:uuid}/signalement"
    guards = [signed_in]
    dependencies = {"thing": Provide(_listing)}

    @get("/")
    async def ask(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        return await _ask(request, thing)

    @post("/")
    async def report(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        return await _report(request, thing)


class ReplyReports(Controller):
    path = "/reponses/{reply_id:int}/signalement"
    guards = [signed_in]
    dependencies = {"thing": Provide(_reply)}

    @get("/")
    async def ask(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        return await _ask(request, thing)

    @post("/")
    async def report(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        return await _report(request, thing)


class ThanksReports(Controller):
    path = "/mercis/{thanks_id:uuid}/signalement"
    guards = [signed_in]
    dependencies = {"thing": Provide(_thanks)}

    @get("/")
    async def ask(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        return await _ask(request, thing)

    @post("/")
    async def report(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        return await _report(request, thing)


class OwnReport(Controller):
    path = "/signalements/{case_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request, case_id: FromPath[UUID]) -> Template:
        found = await own_report(case_id, request.user)
        return page(request, "moderation/reported.html", report=found, reasons=REPORT_REASON)


async def _ask(request: Request, thing: Reportable) -> Template | Redirect:
    if before := await reported_before(thing, request.user):
        return go(f"/signalements/{before}")
    return _form(request, thing)


async def _report(request: Request, thing: Reportable) -> Template | Redirect:
    sent = await request.form()
    form, errors = ReportForm.read(sent)
    if form is None:
        return _form(request, thing, 422, sent, errors)
    return go(f"/signalements/{await report(thing, form, request.user)}")


def _form(request: Request, thing: Reportable, status: int = 200, sent: Any = None, errors: Any = None) -> Template:
    choices = [(reason.value, *said) for reason, said in REPORT_REASON.items()]
    return page(
        request, "moderation/report.html", status, thing=thing, choices=choices, sent=sent or {}, errors=errors or {}
    )
