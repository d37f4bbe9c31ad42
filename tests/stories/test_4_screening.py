"""What is published at once, what waits, what is advised against, what is refused."""

from tests.helpers.ads import draft
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.listings.writing.test_sending import PHONE, WEAPON


async def _send(browser, ad):
    return await browser.submit(f"/annonces/{ad.id}/publication")


async def test_a_trusted_members_ad_is_there_at_once(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    ad = await draft(anne)
    assert "en ligne" in words(await browser.follow(await _send(browser, ad)))
    await another_browser.sign_in(bilal)
    assert ad.title in words(await another_browser.get("/annonces"))


async def test_a_new_members_ad_waits_until_somebody_has_read_it(browser, another_browser, emilie, bilal):
    await browser.sign_in(emilie)
    await another_browser.sign_in(bilal)
    ad = await draft(emilie)
    assert "Vos premières annonces sont lues" in words(await browser.get(f"/annonces/{ad.id}/apercu"))
    assert "Une personne de l’équipe la lit" in words(await browser.follow(await _send(browser, ad)))
    assert ad.title not in words(await another_browser.get("/annonces"))
    assert (await another_browser.get(f"/annonces/{ad.id}")).status_code == 404


async def test_three_approved_ads_make_a_member_trusted(browser, another_browser, emilie, chloe):
    await browser.sign_in(emilie)
    await another_browser.sign_in(chloe)
    for number in range(3):
        ad = await draft(emilie, title=f"Garde du mercredi, semaine {number}")
        await _send(browser, ad)
        await take_and_decide(another_browser, (await case_of(ad.id))["id"], "approve")
    fourth = await draft(emilie, title="Garde du jeudi")
    assert "en ligne" in words(await browser.follow(await _send(browser, fourth)))


async def test_a_telephone_number_is_advised_against_before_sending(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, body=PHONE)
    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert "06 12 34 56 78" in words(preview)
    assert "Publier l’annonce" not in preview.text


async def test_a_weapon_is_refused_and_nothing_waits(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, "classifieds", body=WEAPON, deal="sell", price_cents=10_000)
    preview = await browser.get(f"/annonces/{ad.id}/apercu")
    assert "/publication" in preview.text and "Corriger" in preview.text
    assert "Publier l’annonce" not in preview.text
    assert (await _send(browser, ad)).status_code in (409, 422)
    assert (await browser.get(f"/annonces/{ad.id}/brouillon")).status_code == 200
