"""Who reports without ground, for moderators."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.pages import flashes, go, page
from app.refusals import NotHere
from members.guards import moderator
from moderation.decisions.reasons import OF_REPORTING
from moderation.reports import abuse
from moderation.reports.measures import MeasureForm, facts_of, take_measure
from moderation.sanctions.kinds import MEASURES, until_in_words

flashes(
    reporter_warned="L’avertissement est donné\u202f: la personne est prévenue, avec la raison.",
    reporting_closed="C’est décidé\u202f: la personne est prévenue, avec la raison et la date de fin.",
)
DONE = {"warn": "reporter_warned", "no_reporting": "reporting_closed"}


async def _noticed(request: Request, member_id: FromPath[UUID]) -> abuse.Noticed:
    found = await abuse.noticed_reporter(member_id, request.user)
    if found is None:
        raise NotHere
    return found


class AbusiveReporters(Controller):
    path = "/moderation/signalements-abusifs"
    guards = [moderator]

    @get()
    async def list(self, request: Request) -> Template:
        return await _list(request)

    @post("/{member_id:uuid}/mesure", dependencies={"noticed": Provide(_noticed)})
    async def act(self, request: Request, noticed: NamedDependency[abuse.Noticed]) -> Template | Redirect:
        sent = await request.form()
        form, errors = MeasureForm.read(sent)
        if form is None:
            return await _list(request, 422, noticed.member, sent, errors)
        await take_measure(noticed, form, request.user)
        return go(self.path, done=DONE.get(form.kind.value, ""))


async def _list(
    request: Request, status: int = 200, about: UUID | None = None, sent: Any = None, errors: Any = None
) -> Template:
    return page(
        request,
        "moderation/reports/abusive.html",
        status,
        noticed=await abuse.noticed_reporters(request.user),
        thresholds=abuse,
        measures=MEASURES,
        facts=facts_of,
        until=until_in_words,
        ready=OF_REPORTING.words,
        about=about,
        sent=sent or {},
        errors=errors or {},
    )
