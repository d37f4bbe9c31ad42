"""What a member was told."""

from typing import Annotated

from litestar import Controller, Request, get, post
from litestar.params import FromQuery, PathParameter
from litestar.response import Redirect, Template

from app import paging
from app.database import LARGEST_ID
from app.followed import follow
from app.pages import flashes, go, page
from members.guards import signed_in
from notifications.reading import board, open_one, read_all

flashes(news_read="Tout est marqué comme lu.")


class Notifications(Controller):
    path = "/notifications"
    guards = [signed_in]

    @get()
    async def list(self, request: Request, apres: FromQuery[str] = "") -> Template:
        found = await board(request.user.id, paging.read(apres))
        return page(request, "notifications/list.html", board=found, is_first=not apres)

    @post("/lecture")
    async def read_all(self, request: Request) -> Redirect:
        await read_all(request.user.id)
        return go("/notifications", done="news_read")

    @get("/{notification:int}")
    async def open(
        self, request: Request, notification: Annotated[int, PathParameter(ge=1, le=LARGEST_ID)]
    ) -> Redirect:
        return follow(await open_one(notification, request.user.id))
