"""What is printed on paper: the letter with its code, alone on one page."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.helpers.chromium import DESK
from tests.helpers.world import World


async def test_the_letter_of_a_body_is_one_page_without_the_site_around(open_window: Any, cast: Any, world: Any):
    own = await open_window(cast["denis"], viewport=DESK)
    page = await own.open(world.path("/administration/organismes/{body}/lettre"))
    await expect(page.get_by_role("button", name="Imprimer la lettre")).to_be_visible()
    await page.emulate_media(media="print")
    await expect(page.get_by_role("banner")).to_be_hidden()
    await expect(page.get_by_role("button", name="Imprimer la lettre")).to_be_hidden()
    await expect(page.locator(".letter .code")).to_be_visible()
    await expect(page.locator(".letter svg.qr")).to_be_visible()
    printed = await page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


@pytest.mark.parametrize("place", ["/offres/{offer}", "/contacts/{contact}"])
async def test_an_offer_and_a_contact_print_with_their_address(place: str, open_window: Any, world: World):
    page = await (await open_window(None, viewport=DESK)).open(world.path(place))
    await expect(page.locator("p.print-only")).to_be_hidden()
    await page.emulate_media(media="print")
    await expect(page.locator("p.print-only")).to_contain_text(world.path(place))
    await expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    printed = await page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


async def test_a_benefit_prints_with_its_sources_and_address_and_nothing_to_press(open_window: Any, world: Any):
    own = await open_window(None, viewport=DESK)
    page = await own.open(world.path("/droits/prestations/{benefit}"))
    await expect(page.get_by_role("heading", name="Une question")).to_be_visible()
    await page.emulate_media(media="print")
    await expect(page.get_by_role("heading", name="Une question")).to_be_hidden()
    await expect(page.get_by_role("link", name="Faire la demande")).to_be_hidden()
    await expect(page.get_by_text("Sources")).to_be_visible()
    await expect(page.locator(".benefit-foot .print-only")).to_contain_text("/droits/prestations/")
    printed = await page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 2
