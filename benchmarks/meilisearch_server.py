"""A Meilisearch server of our own while something is measured."""

import asyncio
import json
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
async def server(folder: Path, *, is_kept: bool = False) -> AsyncIterator[Running]:
    """`meilisearch` on the PATH, over a new folder that is gone afterwards; with `is_kept` it stays, and the next one
    there has its address and its key."""
    address, key = _access(folder)
    running = Running(f"http://{address}", key, folder)
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
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)


def _access(folder: Path) -> tuple[str, str]:
    """Where it listens and its master key, as kept in the folder."""
    kept = folder / "access.json"
    if not kept.exists():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        os.makedirs(folder)
        kept.write_text(json.dumps([f"127.0.0.1:{port}", secrets.token_hex(16)]))
    address, key = json.loads(kept.read_text())
    return address, key


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
