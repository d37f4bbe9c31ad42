"""Advice while somebody types: theirs alone, kept nowhere, no more than advice."""

import pytest

from app import database
from moderation.rules import while_typing
from tests.helpers.ads import draft
from tests.helpers.browser import words
from tests.moderation.rules_in_use.people import DISTRESS, IBAN, INSULT, MISSION, PHONE, hits


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("annonce", {"title": "Bonjour", "body": PHONE, "category": "tips"}),
        ("reponse", {"body": PHONE, "category": "tips"}),
        ("merci", {"word": PHONE, "category": "childcare"}),
        ("merci", {"word-0b8f6f3e-5c43-4b8c-9f7c-1f1f6b1d2a10": PHONE, "category": "childcare"}),
        ("message", {"text": MISSION}),
    ],
)
async def test_each_form_is_advised_with_the_words_it_is_about(browser, anne, form, sent):
    await browser.sign_in(anne)
    advice = await browser.submit(f"/conseil/{form}", **sent)
    assert advice.status_code == 200 and "notice" in advice.text and "<mark>" in advice.text
    assert "<html" not in advice.text
    assert await hits() == [] and not await database.rows("SELECT FROM moderation_case")


@pytest.mark.parametrize("form", ["annonce", "reponse", "merci", "message"])
async def test_what_no_rule_speaks_of_is_advised_of_nothing(browser, anne, form):
    await browser.sign_in(anne)
    sent = {"title": "Une bonne adresse", "category": "tips"}
    sent |= dict.fromkeys(("body", "text", "word"), "Bonjour à tous, merci beaucoup.")
    assert (await browser.submit(f"/conseil/{form}", **sent)).text == ""


async def test_an_ad_is_advised_with_its_fields(browser, anne):
    await browser.sign_in(anne)
    ad = {"title": "Perceuse", "body": "En bon état.", "category": "classifieds", "deal": "sell", "price": "4000"}
    assert "notice" in (await browser.submit("/conseil/annonce", **ad)).text
    assert "notice" not in (await browser.submit("/conseil/annonce", **{**ad, "price": "40"})).text


async def test_half_a_form_is_no_mistake(browser, anne):
    await browser.sign_in(anne)
    half = {"category": "rides", "on-1": "demain", "starts-1": "2", "price": "beaucoup", "kind": "?", "body": PHONE}
    assert "<mark>06 12 34 56 78</mark>" in (await browser.submit("/conseil/annonce", **half)).text
    assert (await browser.submit("/conseil/annonce", category="no such", body=PHONE)).status_code == 200
    assert (await browser.submit("/conseil/annonce")).text == ""


async def test_a_private_message_may_say_a_number_and_not_an_account(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.submit("/conseil/message", text=PHONE)).text == ""
    assert "notice-danger" in (await browser.submit("/conseil/message", text=IBAN)).text


async def test_distress_is_answered_with_numbers_and_no_reproach(browser, anne):
    await browser.sign_in(anne)
    advice = await browser.submit("/conseil/reponse", body=DISTRESS)
    assert 'href="tel:3114"' in advice.text and "Numéros vérifiés le" in words(advice)
    assert "notice" not in advice.text and "error" not in advice.text


async def test_an_address_of_no_form_is_not_here(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.submit("/conseil/poeme", body=INSULT)).status_code == 404


async def test_typing_faster_than_anyone_gets_no_more_advice(browser, anne, monkeypatch):
    monkeypatch.setattr(while_typing, "AT_MOST", 2)
    await browser.sign_in(anne)
    answers = [(await browser.submit("/conseil/reponse", body=INSULT)).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


async def test_the_forms_ask_for_advice_and_work_without(browser, anne):
    ad = await draft(anne, "tips")
    page = await (await browser.sign_in(anne)).get(f"/annonces/{ad.id}/brouillon")
    assert 'hx-post="/conseil/annonce"' in page.text and "&#34;tips&#34;" not in page.text
    assert """hx-vals='{"category": "tips"}'""" in page.text
