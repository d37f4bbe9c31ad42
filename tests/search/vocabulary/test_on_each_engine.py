"""Words added and taken back change what the very engine finds, and the settings of a server that holds them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

import search.engine
from app import database
from search.contract import Document, Engine, Query
from search.embedded import EmbeddedEngine
from search.meili import MeilisearchEngine
from search.vocabulary import following
from tests.helpers.jobs import run_jobs
from tests.helpers.vocabulary import PAGE, add_words
from tests.search.engines.ads import in_batches
from tests.search.engines.conftest import BUDGET_MS, meilisearch_server  # noqa: F401

BAG = Document(id="bag", title="Cartable presque neuf", body="À donner.", published_at=datetime(2026, 3, 1, tzinfo=UTC))
OTHER = Document(
    id="other", title="Perceuse à prêter", body="Le samedi.", published_at=datetime(2026, 3, 2, tzinfo=UTC)
)


@pytest.fixture(params=["embedded", pytest.param("meilisearch", marks=pytest.mark.meilisearch)])
async def engine(request: pytest.FixtureRequest, app: Any) -> AsyncIterator[Engine]:
    """In the place of the site's own, with two ads."""
    served: Engine = EmbeddedEngine()
    if request.param == "meilisearch":
        url, key = request.getfixturevalue("meilisearch_server")
        served = MeilisearchEngine(url, key, index=f"test-{uuid4().hex[:8]}", budget_ms=BUDGET_MS)
    await served.prepare()
    await served.rebuild(in_batches([BAG, OTHER]))
    former = search.engine.engine()
    search.engine.use(served)
    yield served
    search.engine.use(former)
    await served.close()


async def found(engine: Engine, words: str) -> list[str]:
    return [hit.id for hit in (await engine.search(Query(words=words))).hits]


async def test_words_find_each_other_once_added_and_no_more_once_taken_back(engine, browser, denis):
    await browser.sign_in(denis)
    assert await found(engine, "gibecière") == []
    await add_words(browser, "gibecière", "cartable")
    await run_jobs()
    assert await found(engine, "gibecière") == ["bag"]
    assert await found(engine, "cartable") == ["bag"]
    await browser.submit(f"{PAGE}/{await database.value('SELECT id FROM search_synonym')}/retrait")
    await run_jobs()
    assert await found(engine, "gibecière") == []


async def test_one_word_for_several_and_one_way_only(engine, browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "bricolo", "perceuse", way="one_way")
    await add_words(browser, "sac à dos d’écolier", "cartable")
    await run_jobs()
    assert await found(engine, "bricolo") == ["other"]
    assert await found(engine, "sac à dos d'écolier") == ["bag"]


async def test_an_index_built_while_words_were_added_has_them(engine, browser, denis):
    """The build began before."""
    beside = await engine.begin()
    await engine.add(beside, [BAG, OTHER])
    await browser.sign_in(denis)
    await add_words(browser, "gibecière", "cartable")
    await run_jobs()
    await engine.swap(beside)
    await search.engine.prepare(engine)
    assert await found(engine, "gibecière") == ["bag"]


async def test_an_engine_that_comes_back_is_given_the_words_of_the_database(engine, browser, denis):
    await database.execute(
        "INSERT INTO search_synonym (terms, one_way, added_at) VALUES (ARRAY['cartable', 'gibecière'], FALSE, now())"
    )
    assert await found(engine, "gibecière") == []
    await search.engine.prepare(engine)
    assert await found(engine, "gibecière") == ["bag"]
    await database.execute("DELETE FROM search_synonym")
    await following.read_again()
    await search.engine.prepare(engine)
    assert await found(engine, "gibecière") == []
