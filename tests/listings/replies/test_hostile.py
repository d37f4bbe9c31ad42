"""Forged numbers, other people's words, markup: what a hand-made request gets."""

import pytest

from app import database
from members.blocking import block
from tests.helpers.ads import draft, published
from tests.helpers.cases import said_under
from tests.helpers.replies import answer_to, change, counted, delete, row, say

SCRIPT = '<script>alert(1)</script> {{ 7*7 }} "><img src=x onerror=alert(1)>'


async def test_a_parent_or_a_quote_of_another_ad_cannot_be_forged(browser, anne, bilal):
    ad, other = await published(anne), await published(anne)
    elsewhere = await said_under(other.id, anne, "Sous une autre annonce.")
    here = await said_under(ad.id, anne, "Ici.")
    await browser.sign_in(bilal)

    said = await say(browser, ad.id, "Bonjour.", parent=elsewhere, quotes=elsewhere)
    answer = await answer_to(browser, here, "Bonjour.", parent=elsewhere, quotes=elsewhere, quote="on")

    assert ((await row(said))["parent"], (await row(said))["quotes"]) == (None, None)
    assert [(await row(answer))[name] for name in ("listing", "parent", "quotes")] == [ad.id, here, here]


@pytest.mark.parametrize("state", ["held", "removed", "deleted", "withdrawn"])
async def test_what_others_do_not_read_is_neither_answered_nor_quoted(browser, anne, bilal, state):
    ad = await published(anne)
    hidden = await said_under(ad.id, anne, "Un secret.")
    body = "" if state in ("deleted", "withdrawn") else "Un secret."
    await database.execute("UPDATE reply SET state = $2, body = $3 WHERE id = $1", hidden, state, body)
    await browser.sign_in(bilal)

    page = await browser.get(f"/reponses/{hidden}/reponse?citer=oui")
    sent = await browser.submit(f"/reponses/{hidden}/reponse", body="Bonjour.", quote="on")

    assert (page.status_code, sent.status_code) == (404, 404)
    assert "Un secret" not in page.text


async def test_under_an_ad_or_a_person_one_does_not_see_nothing_is_there(browser, anne, bilal, emilie):
    hidden = await said_under((await draft(anne)).id, anne, "Pas encore.")
    of_blocked = await said_under((await published(emilie)).id, anne, "Bonjour.")
    own = await said_under((await published(anne)).id, bilal, "Et moi ?")
    await block(anne.id, bilal.id)
    await browser.sign_in(bilal)
    for reply, what in ((hidden, "reponse"), (of_blocked, "reponse"), (own, "modification"), (own, "suppression")):
        assert (await browser.get(f"/reponses/{reply}/{what}")).status_code == 404
        sent = await browser.submit(f"/reponses/{reply}/{what}", body="Bonjour.", version=1)
        assert sent.status_code == 404


async def test_nobody_changes_or_deletes_the_words_of_another(browser, anne, bilal):
    ad = await published(anne)
    hers = await said_under(ad.id, anne, "Ce sont mes mots.")
    await browser.sign_in(bilal)
    assert (await browser.get(f"/reponses/{hers}/modification")).status_code == 404
    assert (await change(browser, hers, "Ce ne sont plus mes mots.")).status_code == 404
    assert (await delete(browser, hers)).status_code == 404
    assert (await row(hers))["body"] == "Ce sont mes mots."


async def test_markup_in_words_and_quotes_is_shown_as_it_was_typed(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    first = await say(browser, ad.id, SCRIPT)
    await answer_to(browser, first, SCRIPT, quote="on")
    for path in (f"/annonces/{ad.id}", f"/reponses/{first}/reponse?citer=oui", f"/reponses/{first}/modification"):
        page = (await browser.get(path)).text
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "{{ 7*7 }}" in page


@pytest.mark.parametrize("number", [0, -1, 2**63, 2**70, "abc", "1;--"])
async def test_numbers_that_are_none_are_not_there(browser, anne, number):
    ad = await published(anne)
    await browser.sign_in(anne)
    for what in ("reponse", "modification", "suppression"):
        assert (await browser.get(f"/reponses/{number}/{what}")).status_code == 404
    for page in ("avant", "depuis"):
        assert (await browser.get(f"/annonces/{ad.id}?{page}={number}")).status_code in (200, 400)


async def test_a_page_that_starts_at_a_reply_of_another_ad_shows_its_own(browser, anne, bilal):
    ad, other = await published(anne), await published(anne)
    await said_under(ad.id, bilal, "Ici.")
    elsewhere = await said_under(other.id, bilal, "Ailleurs.")
    await browser.sign_in(bilal)
    for page in ("avant", "depuis"):
        shown = (await browser.get(f"/annonces/{ad.id}?{page}={elsewhere}")).text
        assert "Ici." in shown and "Ailleurs." not in shown


@pytest.mark.parametrize("sent", [{"body": ""}, {"body": "a" * 1001}, {"body": "Bien.", "version": "x"}, {}])
async def test_a_form_that_does_not_fit_comes_back(browser, anne, bilal, sent):
    ad = await published(anne)
    own = await said_under(ad.id, bilal, "Bonjour.")
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/reponses/{own}/modification", **sent)).status_code == 422
    assert (await row(own))["body"] == "Bonjour." and await counted(ad.id) == 0
