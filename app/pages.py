"""A page: its template and what every layout needs; and the way back after a form."""

import zlib
from collections.abc import Hashable
from hashlib import blake2b
from html import escape
from typing import Any
from uuid import uuid4

import brotli
from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect, Template
from litestar.response.base import ASGIResponse
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED
from litestar.utils.scope.state import ScopeState

from app.frame import looks, place_of
from app.kept import CSRF, ONCE, Ready, pages
from app.security import is_anonymous
from app.settings import settings
from app.signing import signed, unsigned

FLASH = "fait"
WORTH_COMPRESSING = 500  # bytes
FOR_ALL = "public, max-age=60"
"""Of a page that is the same for every visitor: any cache may keep it a minute, then asks whether it changed."""


class Page(Template):
    """A Litestar template that is compressed here, and rendered once for everyone who sees the same.

    Litestar's own middleware costs three times the compression itself, and a page of fragments is mostly layout.
    """

    kept: Hashable = None

    def to_asgi_response(self, app: Any, request: Request, **given: Any) -> ASGIResponse:
        body, compressed = self._body(request)
        headers = {**(given.get("headers") or {}), **self.headers, "vary": "accept-encoding"}
        if (encoding := _encoding(request)) and len(body) > WORTH_COMPRESSING:
            body = compressed or _compress[encoding](body) if encoding == "br" else _compress[encoding](body)
            headers["content-encoding"] = encoding
        if headers.get("cache-control") == FOR_ALL:
            headers["vary"] = "accept-encoding, cookie"
            headers["etag"] = f'"{blake2b(body, digest_size=12).hexdigest()}"'
            if headers["etag"] in request.headers.get("if-none-match", ""):
                return ASGIResponse(body=b"", headers=headers, status_code=HTTP_304_NOT_MODIFIED)
        return ASGIResponse(
            body=body,
            cookies=[*self.cookies, *(given.get("cookies") or ())],
            headers=headers,
            media_type="text/html",
            status_code=self.status_code or given.get("status_code"),
            is_head_response=given.get("is_head_response", False),
        )

    def _body(self, request: Request) -> tuple[bytes, bytes | None]:
        """The page, and the same compressed when that was kept too."""
        token = ScopeState.from_scope(request.scope).csrf_token
        token = escape(token) if isinstance(token, str) else ""
        if self.kept is None:
            return self._rendered(request, token, None), None
        me, path, flash = self.context["me"], self.context["path"], self.context["flash"]
        key = (self.template_name, self.kept, looks(me), place_of(path), flash)
        ready = pages.get(key) or pages.put(key, Ready.of(self._rendered(request, CSRF, ONCE)))
        return ready.for_one(token)

    def _rendered(self, request: Request, token: str, once: str | None) -> bytes:
        template = request.app.template_engine.get_template(self.template_name)  # type: ignore[union-attr]
        return template.render(
            **self.context,
            request=request,
            csrf_input=f'<input type="hidden" name="_csrf_token" value="{token}">',
            new_once=(lambda: once) if once else uuid4,
        ).encode()


def page(request: Request, name: str, /, status: int = 200, *, kept: Hashable = None, **context: Any) -> Template:
    """Renders `templates/<name>` with `me` (None for a visitor), `path` and `flash` beside the context.

    `kept` says that the page may be rendered once for all who see the same: it must hold everything the page shows.
    """
    said = _said(request.cookies.get(FLASH, ""))
    answer = Page(
        name,
        context={"me": request.scope.get("user"), "path": request.url.path, "flash": said, **context},
        status_code=status,
        cookies=[Cookie(key=FLASH, value="", max_age=0, path="/")] if FLASH in request.cookies else [],
        headers={"cache-control": _caching(request, status)},
    )
    answer.kept = kept
    return answer


def _caching(request: Request, status: int) -> str:
    if request.scope.get("user") or FLASH in request.cookies:
        return "no-store"
    return FOR_ALL if request.method == "GET" and status == HTTP_200_OK and is_anonymous(request.scope) else "no-cache"


def _encoding(request: Request) -> str:
    accepted = request.headers.get("accept-encoding", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _gzip(body: bytes) -> bytes:
    squeeze = zlib.compressobj(1, wbits=31)
    return squeeze.compress(body) + squeeze.flush()


_compress = {"br": lambda body: brotli.compress(body, quality=0), "gzip": _gzip}


def go(to: str, done: str = "", about: str = "", cookies: list[Cookie] | None = None) -> Redirect:
    """See other, with one sentence on the next page. `done` is a key of `_FLASHES`, `about` what its `{about}` says."""
    value = signed(FLASH, [done, about]) if about else done
    said = [
        Cookie(key=FLASH, value=value, max_age=60, path="/", httponly=True, samesite="lax", secure=settings().is_https)
    ]
    return Redirect(to, status_code=303, cookies=[*(said if done else []), *(cookies or [])])


def flashes(**sentences: str) -> None:
    """Each domain adds its sentences; the cookie carries only the key, or is signed, so that nobody can put words
    on our pages."""
    _FLASHES.update(sentences)


_FLASHES: dict[str, str] = {}


def _said(cookie: str) -> str | None:
    if "." not in cookie:
        return _FLASHES.get(cookie)
    done, about = unsigned(FLASH, cookie) or ("", "")
    return _FLASHES[done].format(about=about) if done in _FLASHES else None


def back_to(typed: str | None, otherwise: str = "/") -> str:
    """A path of this site, never another one (`//evil.example`, `/\\evil.example`)."""
    is_ours = typed and typed.startswith("/") and typed[1:2] not in ("/", "\\") and typed.isprintable()
    return typed if is_ours and typed else otherwise
