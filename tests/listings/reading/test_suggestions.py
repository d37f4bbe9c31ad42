"""What the search box proposes, and where each proposal leads."""

from tests.helpers.ads import published
from tests.helpers.finding import search, suggested


async def test_a_title_opens_its_ad(browser, index, anne, bilal):
    ad = await published(anne, "classifieds", title="Tondeuse à gazon")
    await browser.sign_in(bilal)
    await search(browser)
    assert f'data-href="/annonces/{ad.id}"' in await suggested(browser, "tond")


async def test_a_title_two_ads_bear_is_searched(browser, index, anne, bilal):
    for author in (anne, bilal):
        await published(author, "classifieds", title="Tondeuse à gazon")
    await browser.sign_in(bilal)
    await search(browser)
    said = await suggested(browser, "tond")
    assert "/annonces?q=Tondeuse+%C3%A0+gazon" in said
    assert said.count("Tondeuse à gazon") == 2  # one proposal: its value and its words


async def test_a_place_says_when_its_department_has_no_ad(browser, index, anne, bilal):
    await published(anne, commune="29019")
    await browser.sign_in(bilal)
    await search(browser)
    assert "annonces du 29" in await suggested(browser, "brest")
    assert "aucune annonce du 83" in await suggested(browser, "toulon")
