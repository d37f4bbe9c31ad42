"""Words an administrator adds."""

from typing import Any

import httpx

from app import database
from members.tables import Member
from search.vocabulary.unfound import note
from tests.helpers.browser import Browser

PAGE = "/administration/recherche"


async def add_words(browser: Browser, *terms: str, **given: Any) -> httpx.Response:
    return await browser.submit(PAGE, **_form(terms, given))


async def try_words(browser: Browser, *terms: str, **given: Any) -> httpx.Response:
    return await browser.submit(f"{PAGE}/essai", **_form(terms, given))


def _form(terms: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    return {"terms": "\n".join(terms), "way": "same", "tried": "", **given}


async def some_words(by: Member, *, missed_by: Member) -> int:
    """Words an administrator added, and something that a member searched in vain."""
    await note("gibecière", missed_by.id)
    return int(
        await database.value(
            "INSERT INTO search_synonym (terms, one_way, added_by, added_at, withdrawn_by)"
            " VALUES (ARRAY['tenaille', 'pince coupante'], FALSE, $1, now(), $1) RETURNING id",
            by.id,
        )
    )
