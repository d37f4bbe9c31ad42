"""Reporting an ad, a public reply or a word of thanks, and what came of it."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.pages import go, page
from app.refusals import NotHere
from members.guards import signed_in
from moderation.reports.reporting import (
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

THINGS = [
    "/annonces/{listing_id:uuid}/signalement",
    "/reponses/{reply_id:int}/signalement",
    "/mercis/{thanks_id:uuid}/signalement",
]


async def _thing(request: Request) -> Reportable:
    match request.path_params:
        case {"listing_id": listing}:
            return await reportable_listing(listing, request.user)
        case {"reply_id": reply}:
            return await reportable_reply(reply, request.user)
        case {"thanks_id": thanks}:
            return await reportable_thanks(thanks, request.user)
    raise NotHere


class Reports(Controller):
    guards = [signed_in]
    dependencies = {"thing": Provide(_thing)}

    @get(THINGS)
    async def ask(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        if before := await reported_before(thing, request.user):
            return go(f"/signalements/{before}")
        return _form(request, thing)

    @post(THINGS)
    async def report(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        sent = await request.form()
        form, errors = ReportForm.read(sent)
        if form is None:
            return _form(request, thing, 422, sent, errors)
        return go(f"/signalements/{await report(thing, form, request.user)}")


class OwnReport(Controller):
    path = "/signalements/{case_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request, case_id: FromPath[UUID]) -> Template:
        found = await own_report(case_id, request.user)
        return page(request, "moderation/reported.html", report=found, reasons=REPORT_REASON)


def _form(request: Request, thing: Reportable, status: int = 200, sent: Any = None, errors: Any = None) -> Template:
    choices = [(reason.value, *said) for reason, said in REPORT_REASON.items()]
    return page(
        request, "moderation/report.html", status, thing=thing, choices=choices, sent=sent or {}, errors=errors or {}
    )
