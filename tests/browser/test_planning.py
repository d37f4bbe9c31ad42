"""A year of weeks in a real browser: by shortcut, by mouse, by keyboard, by touch, with and without scripts."""

import re
from typing import Any

from playwright.async_api import Page, expect

from app import database
from app.dates import today
from exchanges.calendar.school_weeks import slots
from exchanges.calendar.weeks import coming
from members.tables import Member
from places.school_zones import SchoolZone
from tests.helpers.chromium import PHONE

YEAR = "/moi/echanges/calendrier"
SAID = "[data-said]"


async def noted(member: Member) -> dict[str, tuple[bool, bool]]:
    rows = await database.rows(
        "SELECT saturday, home_free, can_travel FROM planned_week w JOIN exchanger e ON e.id = w.exchanger"
        " WHERE e.member = $1 ORDER BY saturday",
        member.id,
    )
    return {row["saturday"].isoformat(): (row["home_free"], row["can_travel"]) for row in rows}


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Enregistrer mes semaines").click()
    await expect(page.get_by_text("Personne d’autre ne voit vos semaines")).to_be_visible()


async def test_a_shortcut_ticks_what_the_button_then_saves(open_window: Any, cast: Any, scripts: bool):
    winter = next(slot for slot in slots(SchoolZone.b, coming(today())) if slot.name.startswith("Hiver"))
    page = await (await open_window(cast["bilal"], scripts=scripts)).open(YEAR)
    await page.locator("[name=mark][value=away]").check()
    await page.get_by_role("button", name=winter.name).click()
    for day in winter.saturdays:
        await expect(page.locator(f"[name=away][value='{day}']")).to_be_checked()
        await expect(page.locator(f"[name=home][value='{day}']")).not_to_be_checked()
    await expect(page.locator(SAID)).to_contain_text("Pas encore enregistré")
    assert page.url.partition("#")[0].endswith(YEAR), "no week stands in an address"
    await save(page)
    kept = await noted(cast["bilal"])
    assert all(kept[day.isoformat()] == (False, True) for day in winter.saturdays)


async def test_a_mouse_held_down_notes_each_week_it_passes(open_window: Any, cast: Any):
    page = await (await open_window(cast["farid"], reduced_motion="reduce")).open(YEAR)
    names = page.locator(".plan-month:has(.plan-week:nth-of-type(4)) .plan-week legend")
    await names.nth(4).scroll_into_view_if_needed()
    first, last = await names.nth(4).bounding_box(), await names.nth(6).bounding_box()
    assert first and last
    await page.mouse.move(first["x"] + 20, first["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(last["x"] + 20, last["y"] + 10, steps=12)
    await page.mouse.up()
    await page.mouse.move(first["x"] + 20, first["y"] + 300)
    assert await page.locator("[name=home]:checked").count() == 3
    assert await page.locator("[name=away]:checked").count() == 3
    await expect(page.locator(SAID)).to_contain_text("Pas encore enregistré")
    await save(page)
    assert list((await noted(cast["farid"])).values()) == [(True, True)] * 3


async def test_a_touch_on_its_name_notes_a_week_and_a_month_has_its_button(open_window: Any, cast: Any):
    window = await open_window(cast["emilie"], has_touch=True, viewport=PHONE)
    page = await window.open(YEAR)
    name = page.locator(".plan-week legend").nth(9)
    await name.scroll_into_view_if_needed()
    await name.tap()
    await expect(page.locator("[name=home]:checked")).to_have_count(1)
    month = page.locator(".plan-month").nth(5)
    await page.locator("[name=mark][value=home]").check()
    await month.get_by_role("button").tap()
    weeks = await month.locator(".plan-week").count()
    await expect(month.locator("[name=home]:checked")).to_have_count(weeks)
    await expect(month.locator("[name=away]:checked")).to_have_count(0)
    assert page.url.endswith(YEAR)


async def test_the_keyboard_reaches_each_box_by_its_week(open_window: Any, cast: Any, scripts: bool):
    page = await (await open_window(cast["emilie"], scripts=scripts)).open(YEAR)
    name = await page.locator(".plan-week legend").nth(3).evaluate("(legend) => legend.firstChild.textContent")
    group = page.get_by_role("group", name=re.compile(f"^{name}"))
    await group.get_by_label("Libre").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(group.get_by_label("Libre")).to_be_checked()
    await expect(group.get_by_label("Départ")).to_be_checked()


async def test_only_the_place_that_is_asked_for_has_its_field(open_window: Any, cast: Any, scripts: bool):
    who = cast["farid" if scripts else "chloe"]
    page = await (await open_window(who, scripts=scripts)).open("/moi/echanges/souhaits")
    commune, region = page.locator("#commune"), page.locator("#region")
    await expect(commune).to_be_hidden()
    await page.get_by_label("Une région").check()
    await expect(region).to_be_visible()
    await expect(commune).to_be_hidden()
    await region.select_option("Bretagne")
    await page.get_by_role("button", name="Ajouter à ma liste").click()
    await expect(page.locator(".plan-wish")).to_have_text(["Bretagne"])
    await page.get_by_label("N’importe où").check()
    await page.get_by_label("Dans quel cadre").select_option("À la mer")
    await page.get_by_role("button", name="Ajouter à ma liste").click()
    await page.get_by_role("button", name="Monter : N’importe où, à la mer").click()
    await expect(page.locator(".plan-wish")).to_have_text(["N’importe où, à la mer", "Bretagne"])
    await page.get_by_role("button", name="Enregistrer mes souhaits").click()
    await expect(page.get_by_text("Personne d’autre ne voit vos souhaits")).to_be_visible()
