"""Sales are counted per member and calendar year; a price stands only where something is sold."""

import asyncio
from datetime import date

import pytest

from app import database
from listings.life.publishing import publish
from tests.helpers.ads import draft, pending
from tests.helpers.browser import words
from tests.helpers.cases import case_of
from tests.helpers.sales import sold

SELLS = {"deal": "sell", "price_cents": 500}


async def status(ad) -> str:
    return await database.value("SELECT status FROM listing WHERE id = $1", ad.id)


async def sales(member) -> int:
    return await database.value("SELECT count(*) FROM sale WHERE member = $1", member.id)


async def test_a_sale_counts_once_in_the_life_of_its_ad(browser, anne):
    ad = await draft(anne, "classifieds", quantity=10, **SELLS)
    await browser.sign_in(anne)
    for _ in range(2):
        await browser.submit(f"/annonces/{ad.id}/publication")
    assert await sales(anne) == 1
    await browser.submit(f"/annonces/{ad.id}/modification", **typed(ad, price="4"))
    await browser.submit(f"/annonces/{ad.id}/prolongation")
    assert await sales(anne) == 1
    await database.execute("DELETE FROM listing WHERE id = $1", ad.id)
    assert await sales(anne) == 1


def typed(ad, **changed) -> dict[str, str]:
    said = {"deal": "sell", "title": ad.title, "body": ad.body, "condition": "good", "commune": "Brest (29)"}
    return {**said, **changed}


async def test_what_a_moderator_approves_counts_when_it_is_online(anne):
    ad = await pending(anne, "classifieds", **SELLS)
    assert await sales(anne) == 0
    await publish(ad.id)
    assert await sales(anne) == 1


async def test_a_gift_turned_into_a_sale_counts_and_what_is_given_does_not(browser, anne):
    ad = await draft(anne, "classifieds")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/publication")
    assert await sales(anne) == 0
    await browser.submit(f"/annonces/{ad.id}/modification", **typed(ad, price="5"))
    assert await sales(anne) == 1


async def test_from_the_fifteenth_the_author_is_advised_and_from_the_thirtieth_read_first(browser, anne):
    await browser.sign_in(anne)
    for before, said, becomes in ((13, "", "published"), (14, "15e vente", "published"), (29, "30e vente", "pending")):
        await database.execute("DELETE FROM sale")
        await sold(anne, before)
        ad = await draft(anne, "classifieds", title=f"Lampe n° {before}", **SELLS)
        preview = words(await browser.get(f"/annonces/{ad.id}/apercu"))
        assert ("vente de l’année" in preview) == bool(said)
        assert said in preview
        await browser.submit(f"/annonces/{ad.id}/publication")
        assert await status(ad) == becomes
    case = await case_of(ad.id)
    assert "commerce.many-sales" in case["findings"]


async def test_the_count_starts_again_with_the_year(browser, anne):
    await sold(anne, 40, year=date.today().year - 1)  # noqa: DTZ011 - last year, wherever one is
    ad = await draft(anne, "classifieds", **SELLS)
    await browser.sign_in(anne)
    assert "vente de l’année" not in words(await browser.get(f"/annonces/{ad.id}/apercu"))
    await browser.submit(f"/annonces/{ad.id}/publication")
    assert await status(ad) == "published"


async def test_an_ad_already_counted_is_changed_and_prolonged_without_a_word(browser, anne):
    ad = await draft(anne, "classifieds", **SELLS)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/publication")
    await sold(anne, 40)
    answer = await browser.submit(f"/annonces/{ad.id}/modification", **typed(ad, price="4"))
    assert answer.status_code == 303
    assert await database.value("SELECT price_cents FROM listing WHERE id = $1", ad.id) == 400


async def test_ones_own_ads_say_how_much_was_sold(browser, anne):
    await browser.sign_in(anne)
    await sold(anne, 14)
    assert "objets en vente cette année" not in words(await browser.get("/mes-annonces"))
    await sold(anne, 1)
    assert "Vous avez mis 15 objets en vente cette année" in words(await browser.get("/mes-annonces"))


@pytest.mark.parametrize("deal", ["give", "lend", "seek"])
async def test_a_price_stands_only_on_what_is_sold(browser, anne, deal):
    ad = await draft(anne, "classifieds")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/brouillon", do="save", **typed(ad, deal=deal, price="12"))
    kept = await database.row("SELECT deal, price_cents FROM listing WHERE id = $1", ad.id)
    assert (kept["deal"], kept["price_cents"]) == (deal, None)


@pytest.mark.parametrize(("price", "fits"), [("5000", True), ("5000,01", False), ("", False)])
async def test_a_sale_has_a_price_under_the_cap(browser, anne, price, fits):
    ad = await draft(anne, "classifieds")
    await browser.sign_in(anne)
    answer = await browser.submit(f"/annonces/{ad.id}/brouillon", do="preview", **typed(ad, price=price))
    assert (answer.status_code == 303) == fits
    assert ('id="price-error"' in answer.text) != fits


@pytest.mark.parametrize("deal", ["give", "lend"])
async def test_money_asked_for_in_the_words_of_a_gift_is_told(browser, anne, deal):
    ad = await draft(anne, "classifieds", deal=deal, body="Poussette en bon état, 20 € à débattre, à venir chercher.")
    await browser.sign_in(anne)
    assert "ne demande pas d’argent" in words(await browser.get(f"/annonces/{ad.id}/apercu"))


async def test_help_has_no_price(browser, anne):
    ad = await draft(anne, "helping_hand")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/brouillon", do="save", kind="offer", title=ad.title, price="12")
    assert await database.value("SELECT price_cents FROM listing WHERE id = $1", ad.id) is None


@pytest.mark.commits
async def test_sent_from_two_windows_at_once_a_sale_counts_once(browser, another_browser, anne):
    ad = await draft(anne, "classifieds", **SELLS)
    for window in (browser, another_browser):
        await window.sign_in(anne)
        await window.get("/charte")
    await asyncio.gather(*(window.submit(f"/annonces/{ad.id}/publication") for window in (browser, another_browser)))
    assert await sales(anne) == 1
