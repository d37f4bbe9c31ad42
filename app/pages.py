"""A page: its template and what every layout needs; and the way back after a form."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect, Template

from app.settings import settings

FLASH = "fait"


def page(request: Request, name: str, /, status: int = 200, **context: Any) -> Template:
    """Renders `templates/<name>` with `me` (None for a visitor), `path` and `flash` beside the context."""
    said = _FLASHES.get(request.cookies.get(FLASH, ""))
    return Template(
        name,
        context={"me": request.scope.get("user"), "path": request.url.path, "flash": said, **context},
        status_code=status,
        cookies=[Cookie(key=FLASH, value="", max_age=0, path="/")] if FLASH in request.cookies else [],
        headers={"cache-control": "no-store" if request.scope.get("user") else "no-cache"},
    )


def go(to: str, done: str = "", cookies: list[Cookie] | None = None) -> Redirect:
    """See other, with one sentence on the next page. `done` is a key of `_FLASHES`."""
    said = [
        Cookie(key=FLASH, value=done, max_age=60, path="/", httponly=True, samesite="lax", secure=settings().is_https)
    ]
    return Redirect(to, status_code=303, cookies=[*(said if done else []), *(cookies or [])])


def flashes(**sentences: str) -> None:
    """Each domain adds its sentences; the cookie carries only the key, so that nobody can put words on our pages."""
    _FLASHES.update(sentences)


_FLASHES: dict[str, str] = {}


def back_to(typed: str | None, otherwise: str = "/") -> str:
    """A path of this site, never another one (`//evil.example`, `/\\evil.example`)."""
    is_ours = typed and typed.startswith("/") and typed[1:2] not in ("/", "\\") and typed.isprintable()
    return typed if is_ours and typed else otherwise
