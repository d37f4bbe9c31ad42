"""A Meilisearch server of our own while something is measured."""

import asyncio
import os
import secrets
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import httpx


class Running(NamedTuple):
    url: str
    key: str
    folder: Path

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a site that searches with it."""
        return {"MEILISEARCH_URL": self.url, "MEILISEARCH_KEY": self.key}


def is_there() -> bool:
    return shutil.which("meilisearch") is not None


@asynccontextmanager
async def server(folder: Path) -> AsyncIterator[Running]:
    """`meilisearch` on the PATH, over a new folder that is gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    os.makedirs(folder)
    running = Running(f"http://{address}", secrets.token_hex(16), folder)
    # As the README says: unbounded, each write sets so much memory aside that it takes 0.4 s more on a large machine.
    options = [
        "--max-indexing-memory",
        "1GiB",
        "--no-analytics",
        "--env",
        "development",
        "--log-level",
        "WARN",
        "--http-addr",
        address,
    ]
    process = await asyncio.create_subprocess_exec(
        "meilisearch",
        *options,
        *("--master-key", running.key, "--db-path", str(folder / "data")),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _healthy(running.url)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
        shutil.rmtree(folder, ignore_errors=True)


async def _healthy(url: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(600):
            try:
                if (await client.get(f"{url}/health")).is_success:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.05)
    raise TimeoutError("the Meilisearch server does not answer")


def megabytes(folder: Path) -> int:
    """What the files below it take on the disk."""
    return round(sum(os.stat(file).st_blocks * 512 for file in folder.rglob("*") if file.is_file()) / 2**20)
