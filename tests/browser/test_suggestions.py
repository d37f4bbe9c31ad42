"""The search box as the combobox pattern asks: for the keyboard, for screen readers, and for who types quickly."""

import asyncio
import re
from typing import Any

from playwright.async_api import Page, Route, expect

from tests.helpers.axe import troubles
from tests.helpers.chromium import DESK, PHONE

PROPOSED = """
<div role="group" aria-label="Recherches">
  <div class="combobox-head" aria-hidden="true">Recherches</div>
  <div role="option" aria-selected="false" data-value="garde de chat" data-href="/annonces?q=chat">garde de chat</div>
</div>
"""


def box(page: Page) -> Any:
    return page.get_by_role("search").get_by_role("combobox").locator("visible=true").first


async def test_a_screen_reader_hears_how_many_there_are_and_which_is_pointed_at(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"], viewport=DESK)).open("/")
    field = box(page)
    await expect(field).to_have_attribute("aria-expanded", "false")
    await field.fill("covoi")
    await expect(page.get_by_role("group", name="Rubriques")).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ suggestions?\. "))).to_have_count(1)
    await expect(field).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    pointed = await field.get_attribute("aria-activedescendant")
    await expect(page.locator(f"[id='{pointed}']")).to_have_attribute("aria-selected", "true")
    await expect(page.locator("[aria-selected=true]")).to_have_count(1)
    await expect(field).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(field).to_have_attribute("aria-expanded", "false")
    await expect(page.get_by_role("option")).to_have_count(0)
    assert await field.get_attribute("aria-activedescendant") is None


async def test_the_arrows_go_through_all_groups_and_round(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"], viewport=DESK)).open("/")
    await box(page).fill("garde")
    options = page.get_by_role("option")
    await expect(options.first).to_be_visible()
    how_many = await options.count()
    assert how_many > 1
    seen = []
    for _ in range(how_many + 1):
        await page.keyboard.press("ArrowDown")
        seen.append(await box(page).get_attribute("aria-activedescendant"))
    assert len(set(seen)) == how_many
    assert seen[0] == seen[-1]
    await page.keyboard.press("ArrowUp")
    assert await box(page).get_attribute("aria-activedescendant") == seen[-2]


async def test_what_was_typed_before_is_given_up_by_the_browser(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"], viewport=DESK)).open("/")
    asked: list[str] = []

    async def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            await asyncio.sleep(2)  # overtaken meanwhile
        await route.fulfill(status=200, content_type="text/html", body=PROPOSED if len(asked) > 1 else "late")

    given_up: list[str] = []
    page.on("requestfailed", lambda request: given_up.append(request.url))
    await page.route("**/suggestions*", answer)
    field = box(page)
    async with page.expect_request("**/suggestions*"):
        await field.press_sequentially("gar", delay=10)
    async with page.expect_event("requestfailed"):
        await field.press_sequentially("de", delay=10)
    await expect(page.get_by_role("option", name="garde de chat")).to_be_visible()
    assert given_up == asked[:1]
    assert "late" not in await page.content()


async def test_enter_without_a_choice_searches_what_was_typed(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"], viewport=PHONE)).open("/annonces")
    field = box(page)
    await field.fill("garde")
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**q=garde*")


async def test_the_open_list_is_accessible_and_fits(open_window: Any, cast: Any):
    page = await (await open_window(cast["anne"], viewport=PHONE, reduced_motion="reduce")).open("/annonces")
    await box(page).fill("garde")
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("ArrowDown")
    wrong = await troubles(page)
    assert not wrong, "\n".join(wrong)


async def test_words_tried_are_accessible_and_fit(open_window: Any, cast: Any):
    window = await open_window(cast["denis"], viewport=PHONE, reduced_motion="reduce")
    page = await window.open("/administration/recherche")
    await page.get_by_label("Expressions").fill("gibecière\ncartable")
    await page.get_by_role("button", name="Essayer d’abord").click()
    await expect(page.get_by_role("heading", name="Chercher « gibecière »")).to_be_in_viewport()
    await page.evaluate("scrollTo(0, 0)")  # axe takes what the header covers for too small
    wrong = await troubles(page)
    assert not wrong, "\n".join(wrong)
