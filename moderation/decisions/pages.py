"""What a member reads of what was decided about them."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.pages import go, page
from app.paging import read
from members.guards import signed_in
from moderation import words
from moderation.decisions.explaining import decided_about, measures_in_force, own_decision, own_measure
from moderation.decisions.laws import why_illegal
from moderation.decisions.reasons import text_of
from moderation.sanctions.kinds import MEASURES, until_in_words

SAID_OF: dict[str, Any] = {
    "measures": MEASURES,
    "until": until_in_words,
    "text_of": text_of,
    "why_illegal": why_illegal,
}


class OwnDecision(Controller):
    path = "/decisions/{decision_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request, decision_id: FromPath[UUID]) -> Template:
        found = await own_decision(decision_id, request.user)
        return page(
            request, "moderation/decision.html", decision=found.decision, own_measures=found.measures, **SAID_OF
        )


class OwnDecisions(Controller):
    path = "/moi/decisions"
    guards = [signed_in]

    @get("/")
    async def index(self, request: Request, apres: FromQuery[str | None] = None) -> Template:
        after = read(apres)
        found = await decided_about(request.user, after)
        return page(
            request, "moderation/sanctions/own.html", decided=found, is_first=after is None, words=words, **SAID_OF
        )

    @get("/mesures/{sanction_id:uuid}")
    async def measure(self, request: Request, sanction_id: FromPath[UUID]) -> Template:
        found = await own_measure(sanction_id, request.user)
        return page(request, "moderation/sanctions/measure.html", measure=found, **SAID_OF)


class Suspension(Controller):
    path = "/moi/suspension"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template | Redirect:
        if not request.user.is_suspended:
            return go("/")
        found = await measures_in_force(request.user)
        return page(request, "moderation/sanctions/suspended.html", in_force=found, **SAID_OF)
