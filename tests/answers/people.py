"""Many members at once, and what an author does on the board."""

from typing import Any
from uuid import UUID

import httpx

from app import database
from members.tables import Body, Member
from tests.helpers.browser import Browser
from tests.helpers.cast import belonging, person
from tests.helpers.talks import answered


async def neighbours(body: Body, number: int, commune: str = "29019") -> list[Member]:
    return [await belonging(await person(f"Membre{n:02}", commune), body) for n in range(number)]


async def answer_of(listing: UUID, helper: UUID) -> Any:
    return await database.row("SELECT * FROM answer WHERE listing = $1 AND helper = $2", listing, helper)


async def state_of(listing: UUID, helper: UUID) -> str:
    return (await answer_of(listing, helper))["state"]


async def answer_from(listing: UUID, *helpers: Member, slots: tuple[str, ...] = ()) -> list[str]:
    """Their answers' ids, in order."""
    for helper in helpers:
        await answered(listing, helper.id, f"Bonjour, c’est {helper.first_name}.", slots)
    return [str((await answer_of(listing, helper.id))["id"]) for helper in helpers]


async def on_board(browser: Browser, listing: UUID, answer: str, do: str, **fields: Any) -> httpx.Response:
    return await browser.submit(f"/annonces/{listing}/candidatures/{answer}/{do}", **fields)


async def seats(listing: UUID) -> set[tuple[str, int, UUID]]:
    found = await database.rows(
        "SELECT slot, seat, helper FROM commitment WHERE listing = $1 AND ended_at IS NULL", listing
    )
    return {tuple(row) for row in found}


async def reserved(listing: UUID) -> int:
    return await database.value("SELECT reserved FROM listing WHERE id = $1", listing)


async def lines(listing: UUID, helper: UUID) -> list[str]:
    """What stands in their conversation: words and events, in order."""
    found = await database.rows(
        "SELECT m.body FROM message m JOIN conversation c ON c.id = m.conversation"
        " WHERE c.listing = $1 AND c.helper = $2 ORDER BY m.id",
        listing,
        helper,
    )
    return [row["body"] for row in found]


async def told(member: UUID) -> list[str]:
    """Topics of what they have not read, in order."""
    found = await database.rows(
        "SELECT topic FROM notification WHERE member = $1 AND read_at IS NULL ORDER BY id", member
    )
    return [row["topic"] for row in found]
