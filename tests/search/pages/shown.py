"""The page of the one box, as a member reads it."""

import re

import httpx

from search.documents.guides import Guides, all_guides
from search.keeping import keep
from tests.helpers.browser import Browser
from tests.helpers.jobs import run_jobs


async def guides_kept() -> None:
    """The site's own pages, findable as they are after any start."""
    await keep(Guides(), sorted(all_guides()))
    await run_jobs()


async def ask(browser: Browser, words: str) -> httpx.Response:
    """The one box, once the index has followed."""
    await run_jobs()
    page = await browser.get("/recherche", params={"q": words})
    assert page.status_code == 200
    assert "revient dans un instant" not in page.text, "the engine did not answer"
    return page


def groups(page: httpx.Response) -> dict[str, list[str]]:
    """The titles under each heading, in order, without highlighting."""
    found = re.findall(r'<h2 id="(\w+)-title">.*?</h2>(.*?)</section>', page.text, re.DOTALL)
    return {
        name: [re.sub("<[^>]+>", "", one).replace("\u00a0", " ") for one in re.findall(r"<h3.*?</h3>", part)]
        for name, part in found
    }


def pin(page: httpx.Response) -> str | None:
    """Where the answer above everything else leads; a number to call first."""
    shown = re.search(
        r'<section class="care" aria-labelledby="pin-title">.*?<a [^>]*href="([^"]+)"', page.text, re.DOTALL
    )
    return shown[1] if shown else None
