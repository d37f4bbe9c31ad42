"""HEAD on every page: monitors and link checkers ask for it, and Litestar answers 405 where only GET is declared."""

from typing import cast

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

ONLY_HEAD = "entraide.only_head"
"""In the scope of what is answered as GET and was asked as HEAD."""


def answering_heads(app: ASGIApp) -> ASGIApp:
    """The same answers as GET, without their body."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope.get("method") != "HEAD"
            or scope["path"].startswith(("/static/", "/direct"))
            or scope["path"].endswith("/direct")
        ):
            await app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await app(cast("HTTPScope", {**scope, "method": "GET", ONLY_HEAD: True}), receive, send_head)

    return answer
