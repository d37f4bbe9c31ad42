"""Finding ads again as members do: an index with nothing in it, then what a page of results shows."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from app import database
from search import facets
from search.contract import Document, DocumentType, Engine, Query
from search.engine import engine
from tests.helpers.browser import Browser
from tests.helpers.jobs import run_jobs

ADS = (DocumentType.listing, DocumentType.tip)


@pytest.fixture
async def index(app: Any) -> None:
    """The site's own engine, with nothing of the tests before. `run_jobs` brings ads in."""
    await engine().rebuild(nothing())
    facets.forget()


async def index_made() -> None:
    """An empty one, for those who do not ask for it."""
    await engine().prepare()
    await engine().rebuild(nothing())


async def findable(listing: UUID) -> Any:
    """The row by which an ad is found, in the index or without; None when nobody may find it any more."""
    return await database.row("SELECT * FROM search_document WHERE id = $1 AND NOT is_gone", str(listing))


async def told_wrong() -> list[Any]:
    """Ads that are found though they are not online, not found though they are, or by words they no longer say. Where
    a test moves the clock of an ad alone, whether it expired is left open."""
    return await database.rows(_TOLD_WRONG)


_TOLD_WRONG = """
SELECT l.id, l.status, l.title, d.title AS found_as
FROM listing l FULL JOIN (SELECT * FROM search_document WHERE NOT is_gone AND type IN ('listing', 'tip')) d
    ON d.id = l.id::text
WHERE l.id IS NULL OR (d.id IS NOT NULL AND (l.status <> 'published' OR l.title <> d.title OR l.body <> d.body))
    OR (d.id IS NULL AND l.status = 'published' AND l.expires_at > now())
"""


async def indexed(engine: Engine, words: str = "") -> list[str]:
    """The titles of ads the engine itself finds, whatever the database says: the rights say some of the same words."""
    hits = (await engine.search(Query(words=words, type=ADS))).hits
    return ["".join(piece.text for piece in hit.title) for hit in hits]


async def nothing() -> AsyncIterator[list[Document]]:
    for batch in ():
        yield batch


async def search(browser: Browser, **asked: str | int) -> httpx.Response:
    """The list after the queue's work is done. Counts are asked for again."""
    await run_jobs()
    facets.forget()
    page = await browser.get("/annonces", params=asked)
    assert page.status_code == 200
    assert "revient dans un instant" not in page.text, "the engine did not answer"
    return page


def found(page: httpx.Response) -> list[str]:
    """The titles of the cards, in order, without highlighting."""
    titles = re.findall(r'class="card-link"[^>]*>(.*?)</a>', page.text, re.DOTALL)
    return [html.unescape(re.sub(r"</?mark>", "", title)) for title in titles]


def marked(page: httpx.Response) -> set[str]:
    """The words shown as found."""
    return {html.unescape(word) for word in re.findall(r"<mark>(.*?)</mark>", page.text)}


def numbers(page: httpx.Response) -> dict[str, int]:
    """What each choice of the filters says it would leave."""
    boxes = re.findall(r'value="(\w+)"[^>]*><span>[^<]*</span><span class="facet-count">(\d+)</span>', page.text)
    listed = re.findall(r'<option value="(\w+)"[^>]*>[^<]* – (\d+)(?=\s*<)', page.text)
    return {value: int(number) for value, number in [*boxes, *listed]}


async def suggested(browser: Browser, typed: str) -> str:
    """What stands under the search box."""
    return html.unescape((await browser.get("/suggestions", params={"q": typed})).text)
