"""Blocking somebody one has met, and changing one's mind."""

from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.pages import flashes, go, page
from app.refusals import NotHere
from members.blocking import block, blocked_by, have_met, unblock
from members.guards import signed_in

flashes(
    blocked="C’est fait : vous ne vous voyez plus, ni l’un ni l’autre.",
    unblocked="Le blocage est levé. Vous pouvez de nouveau vous lire et vous répondre.",
)


class Blocks(Controller):
    guards = [signed_in]

    @get("/moi/blocages")
    async def list(self, request: Request) -> Template:
        return page(request, "members/blocks.html", people=await blocked_by(request.user.id))

    @post("/membres/{other:uuid}/blocage")
    async def block(self, request: Request, other: FromPath[UUID]) -> Redirect:
        if not await have_met(request.user.id, other):
            raise NotHere
        await block(request.user.id, other)
        return go("/moi/blocages", done="blocked")

    @post("/membres/{other:uuid}/deblocage")
    async def unblock(self, request: Request, other: FromPath[UUID]) -> Redirect:
        await unblock(request.user.id, other)
        return go("/moi/blocages", done="unblocked")
