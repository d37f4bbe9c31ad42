"""What members do to tell the team that something is wrong, at the doors they use."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx

from app import database
from members.tables import Member
from tests.helpers.browser import Browser
from tests.helpers.cases import take_and_decide


async def reports(browser: Browser, member: Member, path: str, reason: str = "market", **given: Any) -> UUID:
    """This member's report of what stands at `path`; the case of the page it leads to."""
    answer = await (await browser.sign_in(member)).submit(f"{path}/signalement", reason=reason, **given)
    return case_at(answer)


def case_at(answer: httpx.Response) -> UUID:
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].removeprefix("/signalements/"))


async def left_as_it_is(browser: Browser, path: str, reporter: Member, moderator: Member) -> UUID:
    """The case in which the thing was reported, read and left."""
    case = await reports(browser, reporter, path)
    decided = await take_and_decide(await browser.sign_in(moderator), case, "approve")
    assert decided.status_code == 303, decided.text
    return case


async def reports_of(reporter: Member) -> list[asyncpg.Record]:
    """The latest first."""
    return await database.rows("SELECT * FROM report WHERE reporter = $1 ORDER BY made_at DESC", reporter.id)


async def cases_about(listing: UUID) -> int:
    return await database.value("SELECT count(*) FROM moderation_case WHERE listing = $1", listing)
