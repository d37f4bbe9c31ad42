"""The page of a call: for who is left without a roof, and for the neighbours asked to be their host."""

from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app import dates
from app.pages import flashes, go, page
from exchanges.hospitality.access import AskedForARoof, RoofSought, asked_to_host, own_call, seen_call
from exchanges.hospitality.answering import say_no, say_yes
from exchanges.hospitality.calling import stop_calling
from members.guards import signed_in

flashes(
    roof_offered="Merci\u202f! Votre oui est noté. Nous vous disons la suite dès que nous la savons.",
    roof_refused="Merci d’avoir répondu. Nous demandons à quelqu’un d’autre.",
    roof_not_sought="C’est noté\u202f: nous ne cherchons plus.",
)


class RoofCalls(Controller):
    path = "/accueils/{call_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, call_id: FromPath[UUID], request: Request) -> Template:
        call = await seen_call(call_id, request.user.id)
        template = "sought" if isinstance(call, RoofSought) else "asked"
        return page(request, f"exchanges/hospitality/{template}.html", call=call)

    @post("/oui", dependencies={"call": Provide(asked_to_host)})
    async def say_yes(self, call: NamedDependency[AskedForARoof], request: Request) -> Redirect:
        await say_yes(call.id, request.user.id, dates.now())
        return go(f"/accueils/{call.id}", done="roof_offered")

    @post("/non", dependencies={"call": Provide(asked_to_host)})
    async def say_no(self, call: NamedDependency[AskedForARoof], request: Request) -> Redirect:
        await say_no(call.id, request.user.id, dates.now())
        return go(f"/accueils/{call.id}", done="roof_refused")

    @post("/arret", dependencies={"call": Provide(own_call)})
    async def stop(self, call: NamedDependency[RoofSought], request: Request) -> Redirect:
        await stop_calling(call.id, request.user.id, dates.now())
        return go(f"/accueils/{call.id}", done="roof_not_sought")
