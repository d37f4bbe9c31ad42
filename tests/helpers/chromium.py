"""Real Chromium, and what a page does wrong without showing it: errors in the console, requests to other hosts."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def program() -> str:
    """Where Chromium is. Without one these tests are skipped, except where nothing may be skipped."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    missing = f"NOT TESTED IN A BROWSER: none of {', '.join(NAMES)} on the PATH, and CHROMIUM is not set"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    executable = program()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await _closed(browser)


async def _closed(what: Browser | BrowserContext) -> None:
    """Closing knows no time limit of its own."""
    async with asyncio.timeout(2 * PATIENCE / 1000):
        await what.close()


class Window:
    """Somebody's browser: its cookies, one page, and every complaint it made."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.complaints: list[str] = []
        self._refusals: set[str] = set()
        context.on("request", self._look_at_host)
        context.on("page", self._listen)

    async def open(self, path: str = "/", page: Page | None = None) -> Page:
        page = page or await self.context.new_page()
        await page.goto(self.address + path, wait_until="load")
        return page

    def _listen(self, page: Page) -> None:
        page.on("console", self._keep)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._expect)

    def _look_at_host(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https", "ws", "wss") and not request.url.startswith(self.address):
            self.complaints.append(f"asked another host: {request.url}")

    def _expect(self, response: Any) -> None:
        # Chromium writes in its console that a page answered 404 or 422; the page itself says it too.
        if response.request.is_navigation_request() and 400 <= response.status < 500:
            self._refusals.add(response.url)

    def _keep(self, message: ConsoleMessage) -> None:
        is_known = message.location.get("url") in self._refusals or message.text.startswith(ABORTED)
        if message.type in ("error", "warning") and not is_known:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")


# htmx notes in the console that leaving the page ended a request for suggestions.
ABORTED = ("htmx:sendAbort", "htmx:afterRequest")


@asynccontextmanager
async def window(browser: Browser, address: str, *, scripts: bool = True, **more: Any) -> AsyncIterator[Window]:
    """A fresh browser; complaints fail the test when it closes."""
    given = {"viewport": PHONE, "locale": "fr-FR", "timezone_id": "Europe/Paris", **more}
    context = await browser.new_context(java_script_enabled=scripts, **given)
    context.set_default_timeout(PATIENCE)
    opened = Window(context, address)
    try:
        yield opened
    finally:
        await _closed(context)
    assert not opened.complaints, "\n".join(opened.complaints)
