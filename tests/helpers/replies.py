"""What members do under an ad, at the doors they use."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from app import database
from tests.helpers.browser import Browser

HELD = "On règle ça de la main à la main, au black ?"
REFUSED = "Mon IBAN : FR76 3000 6000 0112 3456 7890 189"


async def say(browser: Browser, listing: UUID, body: str, **given: Any) -> int:
    """Something new under the ad; its number."""
    answer = await browser.submit(f"/annonces/{listing}/reponses", **{"body": body, "once": uuid4(), **given})
    assert answer.status_code == 303, answer.text
    return await latest()


async def answer_to(browser: Browser, reply: int, body: str, **given: Any) -> int:
    answer = await browser.submit(f"/reponses/{reply}/reponse", **{"body": body, "once": uuid4(), **given})
    assert answer.status_code == 303, answer.text
    return await latest()


async def change(browser: Browser, reply: int, body: str, **given: Any) -> httpx.Response:
    sent = {"body": body, "version": (await row(reply))["version"], **given}
    return await browser.submit(f"/reponses/{reply}/modification", **sent)


async def delete(browser: Browser, reply: int) -> httpx.Response:
    return await browser.submit(f"/reponses/{reply}/suppression")


async def latest() -> int:
    return await database.value("SELECT max(id) FROM reply")


async def row(reply: int) -> asyncpg.Record:
    found = await database.row("SELECT * FROM reply WHERE id = $1", reply)
    assert found is not None
    return found


async def said_ago(reply: int, ago: timedelta) -> None:
    await database.execute("UPDATE reply SET said_at = clock_timestamp() - $2::interval WHERE id = $1", reply, ago)


async def counted(listing: UUID) -> int:
    return await database.value("SELECT replies FROM listing WHERE id = $1", listing)


async def visible(listing: UUID) -> int:
    return await database.value("SELECT count(*) FROM reply WHERE listing = $1 AND state = 'published'", listing)
