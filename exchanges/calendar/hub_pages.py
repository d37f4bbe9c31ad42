"""Where a member stands with their exchanges, and the pause."""

from litestar import Controller, Request, get, post
from litestar.response import Redirect, Template

from app.pages import flashes, go, page
from exchanges.calendar.hub import hub_of
from exchanges.calendar.saving import pause, resume
from members.guards import signed_in

flashes(
    exchanges_paused="Vos échanges sont en pause : nous ne cherchons plus rien pour vous.",
    exchanges_resumed="C’est reparti : nous cherchons de nouveau pour vous.",
)
HUB = "/moi/echanges"


class OwnExchanges(Controller):
    path = HUB
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return page(request, "exchanges/calendar/hub.html", hub=await hub_of(request.user))

    @post("/pause")
    async def pause(self, request: Request) -> Redirect:
        await pause(request.user.id)
        return go(HUB, done="exchanges_paused")

    @post("/reprise")
    async def resume(self, request: Request) -> Redirect:
        await resume(request.user.id)
        return go(HUB, done="exchanges_resumed")
