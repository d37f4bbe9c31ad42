"""With the keyboard alone."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Route, expect

from app.database import transaction
from tests.helpers.ads import published
from tests.helpers.chromium import DESK, PATIENCE

TYPED_AND_LEFT = """(field) => {
    field.focus();
    field.value = "brest";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}"""


async def test_the_first_key_leads_past_the_header(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"])).open("/annonces")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    await expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


async def test_a_commune_is_chosen_with_the_arrows(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"])).open("/moi/profil")
    field = page.get_by_role("combobox", name=re.compile("Commune"))
    await field.fill("")
    await field.fill("quimp")
    await expect(page.get_by_role("option").first).to_be_visible()
    await expect(field).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    await expect(first).to_have_attribute("aria-selected", "true")
    await expect(field).to_have_attribute("aria-activedescendant", await first.get_attribute("id") or "?")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value(re.compile(r"^Quimp.* \(29\)$"))
    await expect(field).to_have_attribute("aria-expanded", "false")


async def test_escape_closes_the_suggestions_and_the_next_letter_opens_them(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"])).open("/moi/profil")
    field = page.get_by_role("combobox", name=re.compile("Commune"))
    await field.fill("quimpe")
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await expect(field).to_have_attribute("aria-expanded", "false")
    await page.keyboard.type("r")
    await expect(page.get_by_role("option").first).to_be_visible()


async def test_escape_gives_up_suggestions_not_yet_asked_for(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"])).open("/moi/profil")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.get_by_role("combobox", name=re.compile("Commune")).evaluate(TYPED_AND_LEFT)
    await page.wait_for_timeout(400)
    assert not [url for url in asked if "/communes" in url]


async def test_what_is_pointed_at_stays_so_while_one_types_on(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"])).open("/moi/profil")
    field = page.get_by_role("combobox", name=re.compile("Commune"))
    await field.fill("")
    await field.fill("quimpe")
    quimper = page.get_by_role("option", name="Quimper 29000")
    await expect(quimper).to_be_visible()
    for _ in range(await page.get_by_role("option").count()):
        await page.keyboard.press("ArrowDown")
        if await quimper.get_attribute("aria-selected") == "true":
            break
    async with page.expect_response(re.compile("/communes")):
        await page.keyboard.type("r")
    await expect(quimper).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("by", ["escape", "next field"])
async def test_suggestions_too_late_are_not_shown(by: str, open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"])).open("/moi/profil")
    field = page.get_by_role("combobox", name=re.compile("Commune"))
    gone = asyncio.Event()

    async def answer_late(route: Route) -> None:
        async with asyncio.timeout(PATIENCE / 1000):
            await gone.wait()
        await route.continue_()

    await page.route("**/communes*", answer_late)
    async with page.expect_request("**/communes*"):
        await field.fill("brest")
    await (page.keyboard.press("Escape") if by == "escape" else page.get_by_label("Prénom").focus())
    async with page.expect_response("**/communes*"):
        gone.set()
    await page.wait_for_timeout(100)
    await expect(page.get_by_role("option")).to_have_count(0)


async def test_a_suggestion_of_the_search_box_is_followed(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"], viewport=DESK)).open("/")
    await page.get_by_role("combobox", name=re.compile("^Chercher")).fill("covoit")
    await expect(page.get_by_role("option", name="Covoiturage", exact=True)).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/annonces?categorie=rides")


async def test_a_title_among_the_suggestions_opens_its_ad(open_window: Any, cast: Any):
    async with transaction():
        ad = await published(cast["bilal"], "classifieds", title="Métronome à balancier")
    page = await (await open_window(cast["anne"], viewport=DESK)).open("/annonces?q=metronome")
    async with asyncio.timeout(10):
        while not await page.locator(".card-link").count():
            await page.reload()
    await page.get_by_role("combobox", name=re.compile("^Chercher")).fill("métron")
    await expect(page.get_by_role("option", name="Métronome à balancier")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/annonces/{ad.id}")
