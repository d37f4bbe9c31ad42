"""A link the site kept for somebody, and which they follow later: what it leads to may be gone by then."""

from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect

from app.pages import go
from app.settings import settings

FOLLOWED = "suivi"
A_MINUTE = 60


def follow(path: str) -> Redirect:
    """The page it leads to; one that is not there says that it is no more, not that the address is wrong."""
    where = urlsplit(path).path
    secure = settings().is_https
    mark = Cookie(key=FOLLOWED, value="1", max_age=A_MINUTE, path=where, httponly=True, samesite="lax", secure=secure)
    return go(path, cookies=[mark])


def was_followed(request: Request) -> bool:
    return request.method == "GET" and FOLLOWED in request.cookies
