"""Addresses no route knows: Litestar runs no middleware there, so that a member would be shown the visitor's page."""

from contextlib import suppress

from litestar.connection import ASGIConnection
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import DATABASE_AWAY
from members.sessions import cookie_name, who_asks


def known_when_lost(app: ASGIApp) -> ASGIApp:
    """Asks again, with the member in the scope, for a page about an address that does not exist."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or cookie_name() not in ASGIConnection(scope).cookies:
            await app(scope, receive, send)
            return
        lost = False

        async def send_unless_lost(message: Message) -> None:
            nonlocal lost
            if message["type"] == "http.response.start":
                lost = message["status"] in (404, 405) and "route_handler" not in scope
            if not lost:
                await send(message)

        await app(scope, receive, send_unless_lost)
        if lost:
            scope["user"] = None
            with suppress(*DATABASE_AWAY):
                scope["user"] = await who_asks(ASGIConnection(scope))
            await app(scope, receive, send)

    return answer
