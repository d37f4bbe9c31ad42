"""Requests no well-behaved client sends: addresses left as they are, bodies that never end."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote_to_bytes

import httpx


async def raw_get(app: Any, path: bytes, cookies: httpx.Cookies | None = None) -> tuple[int, bytes]:
    """Status and body of a GET whose path is sent byte for byte, dots and all."""
    answer: dict[str, Any] = {"status": 0, "body": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer["status"] = message["status"]
        else:
            answer["body"] += message.get("body", b"")

    jar = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path,
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"site.test"), (b"cookie", jar.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("site.test", 443),
    }
    await app(scope, receive, send)
    return answer["status"], answer["body"]


class Flood:
    """A body of `most` bytes, told apart in small pieces: `drawn` says how much of it the site took."""

    def __init__(self, most: int, start: bytes = b"text=") -> None:
        self.most, self.start, self.drawn = most, start, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.start
        piece = b"a" * 65_536
        while self.drawn < self.most:
            self.drawn += len(piece)
            yield piece
