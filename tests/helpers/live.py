"""An open page’s stream of events, driven by hand: httpx waits for the end of an answer, and this one has none."""

import asyncio
from typing import Any

import httpx

from tests.helpers.waiting import PATIENCE


class OpenPage:
    """`async with OpenPage(app, browser) as page: await page.event("message")`."""

    def __init__(self, app: Any, browser: httpx.AsyncClient) -> None:
        self._app = app
        self._cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self._gone = asyncio.Event()
        self.ended = asyncio.Event()
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.seen: list[tuple[str, str]] = []
        self.comments = 0

    async def __aenter__(self) -> "OpenPage":
        self._task = asyncio.create_task(self._app(self._scope(), self._receive, self._send))
        try:
            await self.event("badge")
        except BaseException:
            self._gone.set()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._gone.set()
        # Not wait_for: it cancels what is late and then waits for that as long as it takes.
        ended, _pending = await asyncio.wait({self._task}, timeout=PATIENCE)
        assert ended, "the stream goes on without its page"
        self._task.result()

    async def event(self, name: str, seconds: float = PATIENCE) -> str:
        """The data of the next event of that name; earlier ones of other names are passed over."""
        async with asyncio.timeout(seconds):
            while True:
                found, data = _parsed((await self._chunks.get()).decode())
                if found:
                    self.seen.append((found, data))
                else:
                    self.comments += 1
                if found == name:
                    return data

    async def nothing_but(self, *names: str, seconds: float = 0.3) -> bool:
        """Whether for a while no event of another name comes."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    found, _ = _parsed((await self._chunks.get()).decode())
                    if found and found not in names:
                        return False
        except TimeoutError:
            return True

    async def comment(self, seconds: float = PATIENCE) -> None:
        async with asyncio.timeout(seconds):
            while _parsed((await self._chunks.get()).decode())[0]:
                pass

    def _scope(self) -> dict[str, Any]:
        headers = [(b"host", b"site.test"), (b"cookie", self._cookies.encode()), (b"accept-encoding", b"br, gzip")]
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "https",
            "path": "/direct",
            "raw_path": b"/direct",
            "root_path": "",
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("site.test", 443),
        }

    async def _receive(self) -> dict[str, Any]:
        if not self.status:
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        elif message.get("body"):
            await self._chunks.put(message["body"])
        elif not message.get("more_body"):
            self.ended.set()


def _parsed(chunk: str) -> tuple[str, str]:
    lines = dict(line.split(": ", 1) for line in chunk.splitlines() if ": " in line)
    return lines.get("event", ""), lines.get("data", "")
