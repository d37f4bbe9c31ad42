"""Hiding the rights beside the ads of a category, and the page where they come back."""

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.pages import back_to, flashes, go, page
from benefits.bridges.hiding import hidden_by, hide, show_again
from members.guards import signed_in

flashes(
    bridge_hidden="C’est masqué pour ces annonces. Pour revoir ces droits : Moi, « Droits près des annonces ».",
    bridge_shown="Les droits se montrent de nouveau près de ces annonces.",
)


class Bridges(Controller):
    path = "/moi/passerelles"
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template:
        return page(request, "benefits/bridges.html", hidden=sorted(await hidden_by(request.user.id)))

    @post("/{category:str}/masquer")
    async def hide(self, request: Request, category: FromPath[str]) -> Redirect:
        await hide(request.user.id, category)
        return go(back_to(str((await request.form()).get("retour") or ""), "/moi/passerelles"), done="bridge_hidden")

    @post("/{category:str}/montrer")
    async def show(self, request: Request, category: FromPath[str]) -> Redirect:
        await show_again(request.user.id, category)
        return go("/moi/passerelles", done="bridge_shown")
