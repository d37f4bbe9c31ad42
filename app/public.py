"""What anyone may read."""

from litestar import Controller, Request, get
from litestar.response import Template

from app.pages import page


class PublicPages(Controller):
    @get("/charte")
    async def charter(self, request: Request) -> Template:
        return page(request, "public/charter.html")

    @get("/credits")
    async def credits(self, request: Request) -> Template:
        return page(request, "public/credits.html")
