"""Every test here runs on each engine: the embedded one, and a real Meilisearch server when there is one.

The server is `meilisearch` on the PATH, started on a free port over a temporary folder; or one that
already runs, named by TEST_MEILISEARCH_URL and TEST_MEILISEARCH_KEY.
"""

import os
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from search.contract import Document, Engine
from search.embedded import EmbeddedEngine
from search.meili import MeilisearchEngine
from tests.helpers.meilisearch import MeilisearchServer
from tests.search.engines.ads import CAST, in_batches

# Patience for a busy machine; the site's own budget is tested on its own.
BUDGET_MS = 10_000


@pytest.fixture(autouse=True)
def undo() -> None:
    """Engines know no database: nothing to undo."""


@pytest.fixture(scope="session")
def meilisearch_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str | None]]:
    """Address and key of a server that runs."""
    if url := os.environ.get("TEST_MEILISEARCH_URL"):
        yield url, os.environ.get("TEST_MEILISEARCH_KEY")
        return
    server = MeilisearchServer(tmp_path_factory.mktemp("meilisearch"))
    try:
        server.start()
        yield server.url, server.key
    finally:
        server.kill()


@pytest.fixture(params=["embedded", pytest.param("meilisearch", marks=pytest.mark.meilisearch)])
async def empty(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    """An engine with an index and nothing in it."""
    engine: Engine
    if request.param == "embedded":
        engine = EmbeddedEngine()
    else:
        url, key = request.getfixturevalue("meilisearch_server")
        engine = MeilisearchEngine(url, key, index=f"test-{uuid4().hex[:8]}", budget_ms=BUDGET_MS)
    await engine.prepare()
    await engine.rebuild(in_batches([]))
    yield engine
    await engine.close()


@pytest.fixture
async def engine(empty: Engine) -> Engine:
    """The cast's ads, findable."""
    await empty.put(CAST)
    return empty


@pytest.fixture
def cast() -> list[Document]:
    return CAST
