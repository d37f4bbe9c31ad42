"""A real Meilisearch server, to be asked, killed and started again."""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import httpx
import pytest

KEY = "a-master-key-for-tests-only"
STARTS_WITHIN = 30.0  # seconds
MEMORY = Path("/dev/shm")  # noqa: S108 - under it mkdtemp draws the name
ENOUGH = 2**30  # bytes; a container may have as little as 64 MB there


class MeilisearchServer:
    """`meilisearch` on the PATH, over a folder and on a port that stay the same when it is started again."""

    key = KEY

    def __init__(self, folder: Path) -> None:
        found = shutil.which("meilisearch")
        if found is None:
            pytest.skip("NOT TESTED ON MEILISEARCH: no `meilisearch` on the PATH and no TEST_MEILISEARCH_URL")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        self._program, self._folder, self._data = found, folder, _where_writing_is_quick(folder)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{self._address}"

    def start(self, *, wait: bool = True) -> None:
        # Each write sets as much memory aside as indexing may take: unbounded, that alone is 0.4 s on a large machine.
        bounds = ["--max-indexing-memory", "256MiB", "--max-indexing-threads", "2"]
        where = ["--http-addr", self._address, "--db-path", str(self._data)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "--no-analytics", "--master-key", KEY, *bounds, *where],
                cwd=self._folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "MEILI_LOG_LEVEL": "WARN"},
            )
        if wait:
            self.wait_until_healthy()

    def wait_until_healthy(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "the Meilisearch server stopped while starting"
            try:
                if httpx.get(f"{self.url}/health").is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError(f"the Meilisearch server did not become healthy in {STARTS_WITHIN} s")

    def kill(self) -> None:
        """At once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


def _where_writing_is_quick(folder: Path) -> Path:
    """In memory where there is room: on a disk a new index waits a quarter of a second for it."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH:
        return folder / "data"
    data = tempfile.mkdtemp(prefix="entraide-test-meilisearch-", dir=MEMORY)
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    return Path(data)
