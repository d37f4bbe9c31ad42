"""What a room in the week is, for who looks for one and who lends one; and stopping one."""

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.pages import flashes, go, page
from exchanges.hospitality.week_room import stop_after_this_week
from exchanges.swaps.access import OwnSwap, own_swap
from members.guards import signed_in

flashes(
    week_room_stopped="C’est noté\u202f: la chambre en semaine s’arrête à la fin de la semaine. L’autre est prévenu."
)


class WeekRooms(Controller):
    @get("/logements/chambre-en-semaine")
    async def show(self, request: Request) -> Template:
        return page(request, "exchanges/hospitality/week_room.html", kept=())


class StoppingAWeekRoom(Controller):
    path = "/echanges/{swap_id:uuid}/arret"
    guards = [signed_in]
    dependencies = {"own": Provide(own_swap)}

    @post("/")
    async def stop(self, own: NamedDependency[OwnSwap], request: Request) -> Redirect:
        await stop_after_this_week(own.id, request.user.id)
        return go(own.path, done="week_room_stopped")
