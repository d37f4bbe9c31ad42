"""Reporting an ad, a public reply, a word of thanks or a private message, and what came of it."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.pages import flashes, go, page
from app.refusals import NotHere
from members.guards import signed_in
from members.me import Me
from moderation.notices.following import notices_by
from moderation.reports.adding import MoreForm, tell_more
from moderation.reports.following import own_report, own_reports
from moderation.reports.reportable import (
    Reportable,
    reportable_listing,
    reportable_message,
    reportable_reply,
    reportable_thanks,
)
from moderation.reports.reporting import ReportForm, report, reported_before
from moderation.sanctions.kinds import until_in_words
from moderation.words import REPORT_REASON

THINGS = [
    "/annonces/{listing_id:uuid}/signalement",
    "/logements/{listing_id:uuid}/signalement",
    "/offres/{listing_id:uuid}/signalement",
    "/reponses/{reply_id:int}/signalement",
    "/mercis/{thanks_id:uuid}/signalement",
    "/messages/{conversation_id:uuid}/{message_id:int}/signalement",
]

flashes(
    read_again="Merci\u202f: l’équipe relit ce texte avec ce que vous venez d’ajouter.",
    report_added_to="C’est gardé avec votre signalement, pour la prochaine lecture.",
)


async def _thing(request: Request) -> Reportable:
    match request.path_params:
        case {"listing_id": listing}:
            return await reportable_listing(listing, request.user)
        case {"reply_id": reply}:
            return await reportable_reply(reply, request.user)
        case {"thanks_id": thanks}:
            return await reportable_thanks(thanks, request.user)
        case {"conversation_id": conversation, "message_id": message}:
            return await reportable_message(conversation, message, request.user)
    raise NotHere


class Reports(Controller):
    guards = [signed_in]
    dependencies = {"thing": Provide(_thing)}

    @get(THINGS)
    async def ask(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        if before := await reported_before(thing, request.user):
            return go(f"/signalements/{before}")
        return _suspended(request, thing) if request.user.no_reporting_until else _form(request, thing)

    @post(THINGS)
    async def report(self, request: Request, thing: NamedDependency[Reportable]) -> Template | Redirect:
        if request.user.no_reporting_until:
            return _suspended(request, thing)
        sent = await request.form()
        form, errors = ReportForm.read(sent)
        if form is None:
            return _form(request, thing, 422, sent, errors)
        return go(f"/signalements/{await report(thing, form, request.user)}")


class OwnReports(Controller):
    path = "/moi/signalements"
    guards = [signed_in]

    @get()
    async def list(self, request: Request) -> Template:
        me: Me = request.user
        return page(
            request, "moderation/reports/mine.html", reports=await own_reports(me), notices=await notices_by(me.id)
        )


class OwnReport(Controller):
    path = "/signalements/{case_id:uuid}"
    guards = [signed_in]

    @get()
    async def show(self, request: Request, case_id: FromPath[UUID]) -> Template:
        return await _reported(request, case_id)

    @post("/precision")
    async def tell_more(self, request: Request, case_id: FromPath[UUID]) -> Template | Redirect:
        sent = await request.form()
        form, errors = MoreForm.read(sent)
        if form is None or request.user.no_reporting_until:
            return await _reported(request, case_id, 422, sent, errors)
        case = await tell_more(case_id, form, request.user)
        return go(f"/signalements/{case}", done="report_added_to" if case == case_id else "read_again")


def _form(request: Request, thing: Reportable, status: int = 200, sent: Any = None, errors: Any = None) -> Template:
    return page(
        request,
        "moderation/reports/form.html",
        status,
        thing=thing,
        choices=[(reason.value, *said) for reason, said in REPORT_REASON.items()],
        sent=sent or {},
        errors=errors or {},
    )


def _suspended(request: Request, thing: Reportable) -> Template:
    until = until_in_words(request.user.no_reporting_until)
    return page(request, "moderation/reports/suspended.html", 403, thing=thing, until=until)


async def _reported(
    request: Request, case_id: UUID, status: int = 200, sent: Any = None, errors: Any = None
) -> Template:
    return page(
        request,
        "moderation/reports/reported.html",
        status,
        report=await own_report(case_id, request.user),
        reasons=REPORT_REASON,
        until=until_in_words(request.user.no_reporting_until) if request.user.no_reporting_until else "",
        sent=sent or {},
        errors=errors or {},
    )
