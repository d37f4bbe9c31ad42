"""Every address of the site, read from the site itself, so that no test can forget one."""

import re
from typing import Any, NamedTuple

import httpx
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from tests.helpers.browser import Browser
from tests.helpers.live import OpenPage

WITHOUT_END = "/direct"
"""The stream of events: httpx would wait for its end."""


class Route(NamedTuple):
    """`path` with its parameters in braces: `/annonces/{listing_id}`."""

    method: str
    path: str
    handler: HTTPRouteHandler

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def shape(self) -> str:
        return shape_of(str(self))

    @property
    def guards(self) -> set[str]:
        return {getattr(guard, "func", guard).__name__ for guard in self.handler.resolve_guards()}


def routes_of(app: Litestar) -> list[Route]:
    """Every route and method, but what every route answers alike: HEAD and OPTIONS."""
    return [
        Route(method, route.path_format, handler)
        for route in app.routes
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
        if method not in ("HEAD", "OPTIONS")
    ]


def shape_of(door: str) -> str:
    """The same for `GET /annonces/{draft}` and `GET /annonces/{listing_id}`."""
    return re.sub(r"{[^}]*}", "{}", door)


async def ask(app: Litestar, browser: Browser, method: str, path: str, **fields: Any) -> httpx.Response:
    """One request, whatever the route; the stream of events is closed after its first event."""
    if path.partition("?")[0] == WITHOUT_END and any("session" in name for name in browser.cookies):
        async with OpenPage(app, browser) as page:
            return httpx.Response(page.status, headers=page.headers)
    if method == "GET":
        return await browser.get(path)
    return await browser.submit(path, **fields)
