"""What breaks and comes back: a search engine that can be away, a mail server that can be shut."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from search.contract import Engine, EngineUnavailable


class SometimesAway:
    """A real engine behind a switch: while `is_away`, all it is asked raises EngineUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.is_away = engine, False

    def __getattr__(self, name: str) -> Any:
        if self.is_away and name not in ("name", "close"):
            return self._refuse
        return getattr(self.engine, name)

    async def _refuse(self, *_: Any, **__: Any) -> Any:
        raise EngineUnavailable("away, for the test")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asynccontextmanager
async def mail_server(port: int) -> AsyncIterator[list[str]]:
    """An SMTP server that takes everything; gives the letters taken so far."""
    letters: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            match line[:4].upper():
                case b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                case b"DATA":
                    writer.write(b"354 go on\r\n")
                    letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                    writer.write(b"250 taken\r\n")
                case _:
                    writer.write(b"250 ok\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    try:
        yield letters
    finally:
        server.close()
