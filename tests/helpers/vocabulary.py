"""Words an administrator adds."""

from typing import Any

import httpx

from tests.helpers.browser import Browser

PAGE = "/administration/recherche"


async def add_words(browser: Browser, *terms: str, **given: Any) -> httpx.Response:
    return await browser.submit(PAGE, **_form(terms, given))


async def try_words(browser: Browser, *terms: str, **given: Any) -> httpx.Response:
    return await browser.submit(f"{PAGE}/essai", **_form(terms, given))


def _form(terms: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    return {"terms": "\n".join(terms), "way": "same", "tried": "", **given}
