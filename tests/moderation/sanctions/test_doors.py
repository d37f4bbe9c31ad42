"""Who may not post finds no form to fill in for nothing, and from every refusal the way to why."""

import pytest

from tests.helpers.ads import published
from tests.helpers.browser import said
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


async def test_who_may_post_finds_them(browser, anne, emilie):
    there = await published(anne)
    await browser.sign_in(emilie)
    page = await browser.get(f"/annonces/{there.id}")
    assert 'name="body"' in page.text and 'name="text"' in page.text and "Vous ne pouvez pas" not in said(page)


async def test_a_refusal_leads_to_why(browser, ad):
    refused = await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce encore là ?")
    assert refused.status_code == 403
    assert 'class="button button-main" href="/moi/decisions"' in refused.text
