"""Simulators in a real browser: by keyboard alone, with and without scripts, and as everyone sees the pages."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.helpers.axe import troubles
from tests.helpers.chromium import DESK

AF = "/droits/simulateurs/af"
TWO_CHILDREN = ("2016-05-03", "2019-02-01")
DAY = "2026-11-22"
"""One with scales: they all end."""


async def answer(page: Page) -> None:
    """Whatever is asked on this page of those of these tests."""
    for name, value in (("territory", "mainland"), ("shared_custody", "non"), ("work", "other"), ("alone", "non")):
        box = page.locator(f"input[type=radio][name={name}][value={value}]")
        if await box.count():
            await box.check()
    if await page.locator("[name=resources]:visible").count():
        await page.fill("[name=resources]", "30 000")


async def two_children(page: Page) -> None:
    await page.fill("[name=enfant-1-born]", TWO_CHILDREN[0])
    await page.get_by_role("button", name="Ajouter un enfant").click()
    await expect(page.locator("[name=enfant-2-born]")).to_be_visible()
    await expect(page.locator("[name=enfant-1-born]")).to_have_value(TWO_CHILDREN[0])
    await page.fill("[name=enfant-2-born]", TWO_CHILDREN[1])


async def on_the_day(page: Page) -> None:
    """As the form of one simulator lets one choose."""
    await page.get_by_text("Calculer pour une autre date").click()
    await page.fill("[name=jour]", DAY)


async def on_the_day_of_the_questionnaire(page: Page) -> None:
    """Its pages carry a day, and only its results let one choose it."""
    field = f'<input type="hidden" name="jour" value="{DAY}">'
    await page.locator("form.form").evaluate("(form, field) => form.insertAdjacentHTML('beforeend', field)", field)


async def test_one_simulator_from_its_questions_to_its_result(open_window: Any, scripts: bool):
    page = await (await open_window(scripts=scripts)).open(AF)
    wrong = await troubles(page) if scripts else []
    await on_the_day(page)
    await two_children(page)
    for _ in range(5):
        if await page.get_by_role("heading", name="Vos réponses").count():
            break
        await page.get_by_role("button", name="Calculer").last.click()
        await answer(page)
    await expect(page.locator(".estimate").get_by_text("Probable")).to_be_visible()
    await expect(page.locator(".estimate-amount strong")).to_have_text(re.compile("€"))
    if scripts:
        wrong += await troubles(page)
    assert not wrong, "\n".join(wrong)
    assert not await page.context.cookies()


async def test_the_questionnaire_from_its_first_page_to_what_is_shown_to_the_service(open_window: Any):
    page = await (await open_window(reduced_motion="reduce")).open("/droits/mes-droits")
    await on_the_day_of_the_questionnaire(page)
    wrong = list[str]()
    for _ in range(15):
        if await page.get_by_text("Calculé pour le").count():
            break
        wrong += await troubles(page)
        await expect(page.locator("h1")).to_have_count(1)
        if await page.locator("[name=enfant-1-born]:visible").count():
            await two_children(page)
        await answer(page)
        await page.locator(".actions").get_by_role("button", name="Continuer").click()
    await expect(page.get_by_role("heading", name="Probable", exact=True)).to_be_visible()
    wrong += await troubles(page)
    await page.get_by_role("button", name="Montrer au service social").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Que voulez-vous montrer"))
    wrong += await troubles(page)
    await page.get_by_role("button", name="Voir ce qui partira").click()
    await expect(page.get_by_text("Voici exactement ce qui partira")).to_be_visible()
    assert not wrong, "\n".join(wrong)


async def test_by_keyboard_alone_enter_goes_on_and_an_error_is_met_first(open_window: Any):
    page = await (await open_window()).open(AF)
    await page.locator("[name=enfant-1-born]").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".estimate").get_by_text("Peu probable")).to_be_visible()

    page = await (await open_window()).open("/droits/simulateurs/mensualites")
    amount = page.locator("[name=loan_amount]")
    await amount.focus()
    await page.keyboard.type("beaucoup")
    await page.keyboard.press("Enter")
    await expect(page.locator("#errors")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("[name=loan_amount]")).to_be_focused()
    assert not await troubles(page)


@pytest.mark.parametrize("path", ["/droits/simulateurs/prime-activite-et-logement", "/droits/simulateurs"])
async def test_the_other_pages_are_for_everyone(path: str, open_window: Any):
    page = await (await open_window()).open(path)
    assert not await troubles(page)


async def test_a_result_prints_without_the_site_around(open_window: Any):
    page = await (await open_window(viewport=DESK)).open(AF)
    await page.get_by_role("button", name="Calculer").last.click()
    await page.emulate_media(media="print")
    await expect(page.get_by_role("banner")).to_be_hidden()
    await expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Vos réponses")).to_be_visible()
    printed = await page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
