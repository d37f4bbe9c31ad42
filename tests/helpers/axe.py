"""What a page does to people who see, read or hold it otherwise: axe, at two sizes and in two lights; and its width."""

from playwright.async_api import Page

from tests.helpers.chromium import DESK, PHONE
from tests.helpers.source import PROJECT

AXE = (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async (tags) => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]})).violations
    .map((v) => `${v.id}: ${v.help}\\n    ` + v.nodes.slice(0, 4)
    .map((n) => `${n.target} ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ""}`).join("\\n    "))"""
WIDER = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map((e) => `${e.tagName}.${e.className}`).join(", ") || "the page" : \"\""""


async def troubles(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in words; nothing is what one wants."""
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
