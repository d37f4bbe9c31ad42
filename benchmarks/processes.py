"""The site and what it is compared with, each as a process of its own on loopback."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

PORT = 8391


@dataclass(frozen=True)
class Running:
    pid: int
    started_in: float
    """Seconds from the start of the command to its first answer."""

    def web_process_mb(self) -> float:
        """Resident megabytes of the process that serves: the parent only watches it."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return max(_resident(pid) for pid in (*map(int, children), self.pid))


@asynccontextmanager
async def site(**environment: str) -> AsyncIterator[Running]:
    async with _process(["-m", "app", "serve", "--port", str(PORT)], environment, "/charte") as running:
        yield running


@asynccontextmanager
async def bare() -> AsyncIterator[Running]:
    code = (
        "from granian.server import Server; from granian.constants import Interfaces;"
        f"Server('benchmarks.bare:site', port={PORT}, interface=Interfaces.ASGI, factory=True, websockets=False,"
        " log_level='warning').serve()"
    )
    async with _process(["-c", code], {}, "/") as running:
        yield running


@asynccontextmanager
async def _process(arguments: list[str], environment: dict[str, str], path: str) -> AsyncIterator[Running]:
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", *arguments, env=os.environ | environment, start_new_session=True
    )
    try:
        await _answers(path)
        yield Running(process.pid, perf_counter() - began)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        await process.wait()


async def _answers(path: str) -> None:
    for _ in range(3000):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            status = await reader.readline()
            writer.close()
            if b" 200 " in status:
                return
        except OSError:
            pass
        await asyncio.sleep(0.02)
    raise TimeoutError(f"{path} does not answer")


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
