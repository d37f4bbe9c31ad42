"""Every page of the site, for the person it is for: axe finds nothing, nothing overflows, the console stays empty.

The addresses are those of the authorisation matrix, which no route can be missing from.
"""

import asyncio
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Page

from tests.conventions.test_authorisation import EVERYONE, EXPECTED, IN
from tests.helpers.chromium import DESK, PHONE, Window
from tests.helpers.source import PROJECT
from tests.helpers.world import World

AXE = (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async (tags) => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]})).violations
    .map((v) => `${v.id}: ${v.help}\\n    ` + v.nodes.slice(0, 4)
    .map((n) => `${n.target} ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ""}`).join("\\n    "))"""
WIDER = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map((e) => `${e.tagName}.${e.className}`).join(", ") || "the page" : \"\""""

NO_PAGE = (
    "/static/",
    "/photos/",
    "/direct",
    "/communes",
    "/suggestions",
    "/messages/{conversation}/nouveaux",
)
"""Files, events, and fragments that only stand inside other pages."""
AT_ONCE = 3


class Look(NamedTuple):
    who: str
    path: str


def pages() -> list[Look]:
    """Each address as the first person it opens for; the home page for everyone, an ad also for its readers."""
    looks = [Look(who, "/") for who in EVERYONE]
    looks += [Look("stranger", "/annonces/{published}"), Look("stranger", "/annonces?q=garde"), Look("visitor", "/x")]
    looks += [Look("moderator", "/moderation"), Look("moderator", "/moderation/journal")]
    looks += [Look("owner", path) for path in ("/mes-annonces", "/messages", "/notifications", "/moi/appareils")]
    looks += [Look("visitor", "/courriels"), Look("owner", "/annonces?categorie=childcare&departement=29&rayon=50")]
    for line, answers in EXPECTED.items():
        method, path = line.split(" ", 1)
        opens = [who for who in EVERYONE if answers[who] == IN]
        if method == "GET" and opens and path != "/" and not path.startswith(NO_PAGE):
            looks.append(Look(opens[0], path))
    return looks


async def _troubles(page: Page) -> list[str]:
    await page.evaluate(AXE)
    found = []
    for size in (PHONE, DESK):
        await page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            found += [f"{size['width']} {scheme}: {said}" for said in await page.evaluate(LOOK, RULES)]
    for width in (320, 390):
        await page.set_viewport_size({"width": width, "height": 700})
        if wide := await page.evaluate(WIDER):
            found.append(f"{width}: wider than the screen: {wide}")
    return found


@pytest.mark.parametrize("who", EVERYONE)
async def test_pages_are_accessible_fit_and_make_no_noise(who: str, open_window: Any, world: World):
    own = await open_window(world.people[who], reduced_motion="reduce")
    turns, wrong = asyncio.Semaphore(AT_ONCE), list[str]()

    async def look(path: str, own: Window) -> None:
        async with turns:
            page = await own.context.new_page()
            try:
                answer = await page.goto(own.address + path, wait_until="load")
                assert answer and (answer.status in (200, 409) or path == "/x"), f"{path}: {answer and answer.status}"
                wrong.extend(f"{path}\n  {said}" for said in await _troubles(page))
            finally:
                await page.close()

    await asyncio.gather(*(look(world.path(path), own) for name, path in pages() if name == who))
    assert not wrong, "\n".join(wrong)
