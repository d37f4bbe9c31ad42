"""A page of the social service: kept by no cache, and the cookie of who came by a code is renewed while it is used."""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.response import Template

from app.pages import page
from contacts.social.access import Talk
from contacts.social.coming_back import cookie_for


def private_page(
    request: Request, name: str, /, status: int = 200, *, opens: UUID | None = None, **shown: Any
) -> Template:
    """As `app.pages.page`. `opens` is the conversation this browser may read without an account from now on."""
    answer = page(request, f"social/{name}.html", status, **shown)
    answer.headers["cache-control"] = "no-store"
    if opens:
        answer.cookies.append(cookie_for(opens))
    return answer


def talk_page(request: Request, name: str, talk: Talk, /, status: int = 200, **shown: Any) -> Template:
    """Of one conversation, for either side."""
    by_code = talk.id if talk.is_person and talk.is_anonymous else None
    return private_page(request, name, status, opens=by_code, talk=talk, **shown)
