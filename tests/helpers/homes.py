"""Homes of the cast: a house by the sea for five, unless a test says otherwise."""

import re
from html import unescape
from typing import Any

import httpx

from listings.tables import Listing
from members.tables import Member
from tests.helpers import ads

SHEET = ads.DETAILS["home"]
BODY = "Une maison de plain-pied, un jardin clos, la boulangerie au bout de la rue."
OF_A_HOME = frozenset({"title", "body", "commune", "photos", "published_at"})


async def a_home(host: Member, **given: Any) -> Listing:
    """Online. `given` are fields of the sheet (`sleeps=2`), or title, body, commune, photos, published_at."""
    return await ads.published(host, "home", **_said(given))


async def home_draft(host: Member, **given: Any) -> Listing:
    return await ads.draft(host, "home", **_said(given))


async def waiting_home(host: Member, **given: Any) -> Listing:
    """One that a moderator has yet to read."""
    return await ads.pending(host, "home", **_said(given))


def titles(page: httpx.Response) -> list[str]:
    """Of the cards, in order, without highlighting."""
    found = re.findall(r'class="card-link"[^>]*>(.*?)</a>', page.text, re.DOTALL)
    return [unescape(re.sub(r"</?mark>", "", title)) for title in found]


def _said(given: dict[str, Any]) -> dict[str, Any]:
    common = {name: value for name, value in given.items() if name in OF_A_HOME}
    sheet = {name: value for name, value in given.items() if name not in OF_A_HOME}
    return {"body": BODY, **common, "details": {**SHEET, **sheet}}
