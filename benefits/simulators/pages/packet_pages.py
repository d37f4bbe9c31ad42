"""Which answers and results to show to the social service. Nothing is sent or kept here: the next page shows what would
leave, and sends it."""

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect, Template

from app.pages import go, page
from benefits.simulators.pages.answering import unkept
from benefits.simulators.pages.packet import choice_of, packet_of
from benefits.simulators.pages.showing import everything
from contacts.social.packet_pages import previewed


class ChoosingPacket(Controller):
    path = "/service-social/paquet"

    @get(["/", "/apercu"])
    async def nothing_yet(self) -> Redirect:
        """The page loaded again by its address: nothing of it was kept."""
        return go("/service-social")

    @post("/", exclude_from_csrf=True)
    async def choose(self, request: Request) -> Template:
        return _choice(request, await request.form())

    @post("/apercu", exclude_from_csrf=True)
    async def preview(self, request: Request) -> Template:
        form = await request.form()
        packet = packet_of(form)
        return await previewed(request, packet) if packet else _choice(request, form, nothing=True)


def _choice(request: Request, form: FormMultiDict, nothing: bool = False) -> Template:
    choice = choice_of(form)
    return unkept(
        page(
            request,
            "benefits/simulators/packet.html",
            422 if nothing else 200,
            answers=choice.answers,
            results=choice.results,
            simulator=form["simulateur"],
            hidden=everything(choice.done.sent),
            day=choice.done.sent.day,
            nothing=nothing,
        )
    )
