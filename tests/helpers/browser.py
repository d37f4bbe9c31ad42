import html
import re
from typing import Any

import httpx
from litestar.middleware.csrf import generate_csrf_token

from app.settings import settings
from members.sessions import cookie_name, start_session


class Browser(httpx.AsyncClient):
    """Acts like a browser without scripts: keeps cookies and sends a CSRF token."""

    async def submit(self, url: str, /, files: Any = None, **fields: Any) -> httpx.Response:
        """Posts a form. A list gives a field several values."""
        if "__Host-csrf" not in self.cookies:
            self.cookies.set("__Host-csrf", generate_csrf_token(settings().secret), domain="site.test")
        return await self.post(url, data=fields, files=files, headers={"x-csrftoken": self.cookies["__Host-csrf"]})

    async def follow(self, response: httpx.Response) -> httpx.Response:
        """The page a form's answer sends to."""
        assert response.status_code == 303, f"{response.status_code}: {said(response)}"
        return await self.get(response.headers["location"])

    async def sign_in(self, member: Any) -> "Browser":
        cookie = await start_session(member.id, "Firefox sur Linux")
        self.cookies.set(cookie_name(), cookie.value, domain="site.test")
        return self


def words(page: httpx.Response) -> str:
    """All the page's words, without markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


def said(page: httpx.Response) -> str:
    """The beginning of the page's words, for a failing test's message."""
    return words(page)[:2000]


def stamp_in(page: httpx.Response) -> str:
    """Of what filled the form of this page."""
    found = re.search(r'name="stamp" value="(\d+)"', page.text)
    assert found, said(page)
    return found[1]
