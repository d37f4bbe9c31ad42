"""Who may not post finds no form to fill in for nothing, and from every refusal the way to why."""

import pytest

from tests.helpers.ads import closed, draft, published
from tests.helpers.browser import said
from tests.helpers.cases import said_under
from tests.helpers.exchanges import helping
from tests.helpers.sanctions import taken


@pytest.fixture
async def ad(browser, anne, bilal, chloe):
    """Somebody else's, before a member who may not post."""
    there = await published(anne)
    await taken(bilal, "no_posting", 7, by=chloe)
    await browser.sign_in(bilal)
    return there


async def test_no_form_is_offered_that_would_be_refused(browser, ad):
    for address in (f"/annonces/{ad.id}", f"/annonces/{ad.id}/candidature"):
        page = await browser.get(address)
        assert "Vous ne pouvez pas répondre jusqu’au" in said(page)
        assert 'name="body"' not in page.text and 'name="text"' not in page.text
        assert 'href="#repondre"' not in page.text


async def test_an_ad_is_not_written_for_nothing_and_drafts_are_kept(browser, bilal, ad):
    own = await draft(bilal)
    for address in ("/annonces/nouvelle", f"/annonces/{own.id}/apercu"):
        page = await browser.get(address)
        assert "Vous ne pouvez pas publier" in said(page) and "gardé" in said(page)
        main = page.text.split("<main")[1].split("<footer")[0]
        assert "<form" not in main and 'href="/moi/decisions"' in main
    assert (await browser.get(f"/annonces/{own.id}/brouillon")).status_code == 200


async def test_nor_a_change_a_reply_or_a_word_of_thanks(browser, anne, bilal, ad):
    own, theirs = await published(bilal), await said_under(ad.id, anne, "Qui vient ?")
    mine = await said_under(ad.id, bilal, "Moi.")
    exchange = await helping((await closed(anne)).id, bilal, anne)
    for address, told in (
        (f"/annonces/{own.id}/modification", "modifier cette annonce"),
        (f"/reponses/{theirs}/reponse", "répondre ici"),
        (f"/reponses/{mine}/modification", "modifier ce message"),
        (f"/mercis/ecrire/{exchange}", "écrire de mot"),
    ):
        page = await browser.get(address)
        assert f"Vous ne pouvez pas {told} jusqu’au" in said(page), address
        assert "<textarea" not in page.text, address


async def test_who_may_post_finds_them(browser, anne, emilie):
    there = await published(anne)
    await browser.sign_in(emilie)
    page = await browser.get(f"/annonces/{there.id}")
    assert 'name="body"' in page.text and 'name="text"' in page.text and "Vous ne pouvez pas" not in said(page)


async def test_a_refusal_leads_to_why(browser, ad):
    refused = await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce encore là ?")
    assert refused.status_code == 403
    assert 'class="button button-main" href="/moi/decisions"' in refused.text
