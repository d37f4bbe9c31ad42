"""Cases and what a moderator does with them, at the door moderators use."""

import re
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from app import database
from members.tables import Member
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from tests.helpers.browser import Browser

WORDS = "Précisez les jours, s’il vous plaît."


async def case_of(listing: UUID, kind: str = "listing") -> asyncpg.Record:
    """The latest case about this ad."""
    found = await database.row(
        "SELECT * FROM moderation_case WHERE listing = $1 AND kind = $2 ORDER BY opened_at DESC LIMIT 1", listing, kind
    )
    assert found is not None
    return found


async def take(browser: Browser, case: UUID) -> httpx.Response:
    """Claims the case and shows its page."""
    return await browser.follow(await browser.submit(f"/moderation/dossiers/{case}/prise"))


def hidden(page: httpx.Response) -> dict[str, str]:
    """What the decision form of this page carries unseen."""
    return dict(re.findall(r'name="(version|ad_version)" value="(\d+)"', page.text))


async def decide(browser: Browser, page: httpx.Response, case: UUID, kind: str, **given: Any) -> httpx.Response:
    """Answers the decision form of a dossier's page."""
    sent = {
        **hidden(page),
        "kind": kind,
        **({} if kind == "approve" else {"reason": "unclear", "words": WORDS}),
        **given,
    }
    return await browser.submit(f"/moderation/dossiers/{case}/decision", **sent)


async def take_and_decide(browser: Browser, case: UUID, kind: str, **given: Any) -> httpx.Response:
    return await decide(browser, await take(browser, case), case, kind, **given)


async def said_under(listing: UUID, author: Member, body: str, state: str = "published") -> int:
    """A public reply, as it stands."""
    return await database.value(
        "INSERT INTO reply (listing, author, body, state, said_at, once)"
        " VALUES ($1, $2, $3, $4, clock_timestamp(), gen_random_uuid()) RETURNING id",
        listing,
        author.id,
        body,
        state,
    )


async def told(member: Member) -> list[tuple[str, str]]:
    """The topics and paths of a member's notifications, oldest first."""
    found = await database.rows("SELECT topic, path FROM notification WHERE member = $1 ORDER BY id", member.id)
    return [(one["topic"], one["path"]) for one in found]


async def topics(member: Member) -> list[str]:
    return [topic for topic, _ in await told(member)]


async def audited(subject: UUID) -> list[str]:
    found = await database.rows("SELECT action FROM audit_entry WHERE subject = $1 ORDER BY id", str(subject))
    return [one["action"] for one in found]


async def opened(listing: Any, risk: int = 40) -> UUID:
    """A case about an ad, as a report opens it."""
    return await open_case(
        kind=CaseKind.listing,
        listing=listing.id,
        author=listing.author,
        category=listing.category,
        department=listing.department,
        risk=risk,
    )
