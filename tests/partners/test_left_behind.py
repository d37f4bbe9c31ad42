"""Offers whose correspondent left: they stay to their end, an administrator hands them over or withdraws them."""

import pytest

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import audited, told
from tests.helpers.offers import an_offer, correspondent, status_of

HERE = "/administration/offres"


@pytest.fixture
async def left(anne):
    """Anne is no correspondent any more."""
    offer = await an_offer(await correspondent(anne, "29"))
    await database.execute("DELETE FROM role WHERE member = $1", anne.id)
    return offer


async def test_an_offer_stays_when_its_correspondent_leaves(browser, anne, left):
    assert (await browser.get(f"/offres/{left.id}")).status_code == 200
    await browser.sign_in(anne)
    assert (await browser.get(f"/correspondance/{left.id}")).status_code == 403


async def test_an_administrator_hands_it_over(browser, another_browser, bilal, denis, left):
    await correspondent(bilal, "29", "22")
    await browser.sign_in(denis)
    page = await browser.get(HERE)
    assert left.title in words(page).replace("\u202f", " ") and "Bilal" in words(page)
    assert (await browser.submit(f"{HERE}/{left.id}/correspondant", to=str(bilal.id))).status_code == 303
    assert "Rien à faire" in words(await browser.get(HERE))
    await another_browser.sign_in(bilal)
    assert (await another_browser.get(f"/correspondance/{left.id}")).status_code == 200
    assert "offer.handed_over" in await audited(left.id)


async def test_both_are_told_of_a_handing_over_where_each_may_read_it(
    browser, another_browser, anne, bilal, denis, left
):
    await correspondent(bilal, "29")
    await browser.sign_in(denis)
    await browser.submit(f"{HERE}/{left.id}/correspondant", to=str(bilal.id))
    assert await told(anne) == [("offer_handed_over", f"/offres/{left.id}")]
    assert await told(bilal) == [("offer_entrusted", f"/correspondance/{left.id}")]
    for window, member in ((browser, anne), (another_browser, bilal)):
        await window.sign_in(member)
        assert (await window.get((await told(member))[0][1])).status_code == 200


async def test_only_to_a_correspondent_of_everywhere_it_is_valid(browser, bilal, chloe, denis, left):
    await correspondent(bilal, "35")
    await browser.sign_in(denis)
    for to in (bilal.id, chloe.id, "nobody", ""):
        assert (await browser.submit(f"{HERE}/{left.id}/correspondant", to=str(to))).status_code == 409
    assert "Aucun correspondant n’agit" in words(await browser.get(HERE))


async def test_an_administrator_withdraws_it_once(browser, anne, denis, left):
    await browser.sign_in(denis)
    assert (await browser.submit(f"{HERE}/{left.id}/retrait")).status_code == 303
    assert await status_of(left) == "closed" and "offer.withdrawn" in await audited(left.id)
    assert (await browser.submit(f"{HERE}/{left.id}/retrait")).status_code == 303
    assert await told(anne) == [("offer_withdrawn", f"/offres/{left.id}")]
    await browser.sign_in(anne)
    assert "n’est plus visible" in words(await browser.get(f"/offres/{left.id}"))


async def test_a_shrunk_territory_leaves_an_offer_behind_too(browser, anne, denis):
    await an_offer(await correspondent(anne, "29"))
    await browser.sign_in(denis)
    assert "Rien à faire" in words(await browser.get(HERE))
    await database.execute("UPDATE role SET departments = '{35}' WHERE member = $1", anne.id)
    assert "Confier" in words(await browser.get(HERE)) or "Aucun correspondant" in words(await browser.get(HERE))


async def test_no_ad_is_withdrawn_by_this_door(browser, anne, denis):
    ad = await published(anne)
    await browser.sign_in(denis)
    assert (await browser.submit(f"{HERE}/{ad.id}/retrait")).status_code == 409
    assert await status_of(ad) == "published"
