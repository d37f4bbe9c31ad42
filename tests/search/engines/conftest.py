"""Every test here runs on each engine: the embedded one, and a real Meilisearch server when there is one.

The server is `meilisearch` on the PATH, started on a free port over a temporary folder; or one that
already runs, named by TEST_MEILISEARCH_URL and TEST_MEILISEARCH_KEY.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import httpx
import pytest

from search.contract import Document, Engine
from search.embedded import EmbeddedEngine
from search.meili import MeilisearchEngine
from tests.search.engines.ads import CAST, in_batches

KEY = "a-master-key-for-tests-only"
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
    program = shutil.which("meilisearch")
    if program is None:
        pytest.skip("NOT TESTED ON MEILISEARCH: no `meilisearch` on the PATH and no MEILISEARCH_URL")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("meilisearch")
    # Each write sets as much memory aside as indexing may take: unbounded, that alone is 0.4 s on a large machine.
    command = [program, "--no-analytics", "--max-indexing-memory", "256MiB", "--master-key", KEY]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--http-addr", address, "--db-path", str(folder / "data")],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(f"http://{address}", server)
        yield f"http://{address}", KEY
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "the Meilisearch server stopped while starting"
        try:
            if httpx.get(f"{url}/health").is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError("the Meilisearch server did not become healthy in 30 s")


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
