"""The same button twice on one's offers, and on the page of those left behind: done once, and said so."""

import pytest

from tests.helpers.browser import words
from tests.helpers.cases import audited, told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs
from tests.helpers.offers import FORM, an_offer, correspondent, offer_draft, status_of, waiting_offer

HERE = "/correspondance"
OFFICE = "/administration/offres"
AGAIN = "C’est déjà fait."


@pytest.fixture
async def mine(browser, anne):
    """Anne is a correspondent in Finistère, and signed in."""
    await browser.sign_in(await correspondent(anne, "29"))
    return anne


async def second(browser, path: str, **fields: str) -> str:
    """The page a second click leads to."""
    assert (await browser.submit(path, **fields)).status_code == 303
    browser.cookies.delete("fait")
    page = await browser.follow(await browser.submit(path, **fields))
    assert page.status_code == 200
    assert AGAIN in words(page)
    return page.url.path


async def test_a_draft_deleted_twice_is_deleted(browser, mine):
    offer = await offer_draft(mine)
    assert await second(browser, f"{HERE}/{offer.id}/suppression") == HERE
    assert await audited(offer.id) == ["draft.deleted"]


async def test_who_deleted_nothing_finds_nothing_to_delete(browser, mine, bilal):
    theirs = await offer_draft(await correspondent(bilal, "29"))
    assert (await browser.submit(f"{HERE}/{theirs.id}/suppression")).status_code == 404
    assert await status_of(theirs) == "draft"
    waits = await waiting_offer(mine)
    assert (await browser.submit(f"{HERE}/{waits.id}/suppression")).status_code == 409


async def test_an_offer_withdrawn_twice_is_withdrawn(browser, mine):
    offer = await an_offer(mine)
    assert await second(browser, f"{HERE}/{offer.id}/retrait") == f"{HERE}/{offer.id}"
    assert (await browser.get(f"{HERE}/{offer.id}/retrait")).headers["location"] == f"{HERE}/{offer.id}"
    assert await audited(offer.id) == ["listing.closed"]


async def test_an_offer_taken_back_twice_is_a_draft(browser, mine):
    offer = await waiting_offer(mine)
    assert await second(browser, f"{HERE}/{offer.id}/reprise") == f"{HERE}/{offer.id}/modification"
    online = await an_offer(mine)
    assert (await browser.submit(f"{HERE}/{online.id}/reprise")).status_code == 409


async def test_an_offer_sent_twice_waits_once_and_other_words_are_not_lost_without_a_word(browser, mine):
    offer = await offer_draft(mine)
    path = f"{HERE}/{offer.id}/modification"
    assert await second(browser, path, **FORM) == f"{HERE}/{offer.id}"
    assert await status_of(offer) == "pending"
    assert (await browser.submit(path, **FORM | {"title": "Piscine : autre tarif"})).status_code == 409


async def test_an_offer_handed_over_twice_is_handed_over_once(browser, anne, bilal, denis):
    offer = await an_offer(anne)
    await correspondent(bilal, "29")
    await browser.sign_in(denis)
    assert await second(browser, f"{OFFICE}/{offer.id}/correspondant", to=str(bilal.id)) == OFFICE
    assert await audited(offer.id) == ["offer.handed_over"]
    empty_mailbox()
    await run_jobs()
    assert len(letters_to(bilal.email)) == 1


async def test_an_offer_taken_off_twice_is_taken_off_once(browser, anne, denis):
    offer = await an_offer(anne)
    await browser.sign_in(denis)
    assert await second(browser, f"{OFFICE}/{offer.id}/retrait") == OFFICE
    assert await told(anne) == [("offer_withdrawn", f"/offres/{offer.id}")]


async def test_what_is_written_for_an_offer_deleted_or_sent_meanwhile_is_given_back(browser, mine):
    gone, waits = await offer_draft(mine), await waiting_offer(mine)
    await browser.submit(f"{HERE}/{gone.id}/suppression")

    for offer, why in ((gone, "Vous avez supprimé ce brouillon"), (waits, "Cette offre a changé entre-temps")):
        late = await browser.submit(
            f"{HERE}/{offer.id}/modification", **{**FORM, "how": "Au <b>guichet</b>.", "do": "save"}
        )

        assert late.status_code == 409 and why in late.text
        assert "Au &lt;b&gt;guichet&lt;/b&gt;." in late.text and f'href="{HERE}"' in late.text
