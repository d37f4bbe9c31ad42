"""The filters of the list: in their place on a wide screen, in a sheet on a phone, with scripts and without."""

import asyncio
import re
from typing import Any

from playwright.async_api import expect

from app.database import transaction
from search.following.indexing import until_followed
from tests.helpers.ads import published
from tests.helpers.chromium import DESK
from tests.helpers.waiting import PATIENCE


async def two_of(what: str, cast: Any) -> None:
    """One to be given, one to be lent, findable."""
    async with transaction():
        for deal in ("give", "lend"):
            await published(cast["anne"], "classifieds", title=f"{what} ancien", deal=deal)
    async with asyncio.timeout(PATIENCE):
        await until_followed()


async def test_a_filter_applies_in_its_place_and_the_number_is_announced(open_window: Any, cast: Any):
    await two_of("Harmonium", cast)
    page = await (await open_window(cast["bilal"], viewport=DESK)).open("/annonces?q=harmonium")
    number = page.locator("#results-count[role=status]")
    await expect(number).to_have_text("2 annonces")
    await page.evaluate("document.querySelector('#results-count').dataset.same = 'yes'")

    give = page.get_by_role("radio", name=re.compile("À donner"))
    await give.focus()
    await page.keyboard.press("Space")
    await expect(number).to_have_text("1 annonce")
    await expect(number).to_have_attribute("data-same", "yes")  # a live region that is replaced is not read out
    await expect(page).to_have_url(re.compile(r"/annonces\?q=harmonium&nature=give$"))
    await expect(page.locator(".cards .card")).to_have_count(1)
    await expect(page.get_by_role("radio", name=re.compile("À donner"))).to_be_focused()

    await page.get_by_role("link", name=re.compile("À donner.*retirer")).click()
    await expect(number).to_have_text("2 annonces")
    await page.go_back()
    await expect(number).to_have_text("1 annonce")


async def test_a_commune_typed_by_keyboard_becomes_the_centre(open_window: Any, cast: Any):
    await two_of("Clavecin", cast)
    page = await (await open_window(cast["bilal"], viewport=DESK)).open("/annonces?q=clavecin")
    field = page.get_by_role("combobox", name="Une autre commune")
    await field.fill("lanvéoc")
    await expect(page.locator("#filter-communes [role=option]").first).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".chips")).to_contain_text("Autour de Lanvéoc")
    await expect(page.get_by_role("combobox", name="Une autre commune")).to_have_value("Lanvéoc (29)")
    await expect(page).to_have_url(re.compile("commune=Lanv%C3%A9oc"))


async def test_on_a_phone_filters_are_a_sheet_applied_at_once(open_window: Any, cast: Any, scripts: bool):
    what = "Hautbois" if scripts else "Basson"
    await two_of(what, cast)
    page = await (await open_window(cast["bilal"], scripts=scripts)).open(f"/annonces?q={what}")
    await page.get_by_role("button", name=re.compile("Filtrer")).click()
    await page.get_by_role("radio", name=re.compile("À donner")).check()
    await page.get_by_role("combobox", name=re.compile("Autour de Quimper")).select_option("100")
    await expect(page.locator("#results-count")).to_have_text("2 annonces")  # nothing happens behind the sheet
    await page.get_by_role("button", name="Appliquer").click()
    await expect(page.locator("#results-count")).to_have_text("1 annonce")
    await expect(page.get_by_role("button", name=re.compile("Filtrer 2"))).to_be_visible()


async def test_in_the_sheet_nothing_covers_the_field_one_comes_to(open_window: Any, cast: Any):
    page = await (await open_window(cast["bilal"])).open("/annonces")
    await page.get_by_role("button", name=re.compile("Filtrer")).click()
    await page.locator(".facet-more summary").click()
    await page.locator("#filtres").evaluate("sheet => sheet.scrollTo(0, sheet.scrollHeight)")
    field = page.get_by_role("combobox", name="Une autre commune")
    await field.evaluate("field => field.scrollIntoView({block: 'nearest'})")
    top, below = await page.locator(".sheet-head").bounding_box(), await field.bounding_box()
    assert top and below and below["y"] >= top["y"] + top["height"]


async def test_one_long_word_stays_within_the_page(open_window: Any, cast: Any):
    page = await (await open_window(cast["bilal"])).open(f"/annonces?q={'a' * 119}")
    chip = await page.locator(".chip").filter(has_text="aaa").bounding_box()
    assert chip and page.viewport_size and chip["width"] <= page.viewport_size["width"]
