"""Private messages: nothing waits for a moderator. What is dangerous is refused, what seems so is said to its sender
first, what two people need of each other is theirs."""

from uuid import uuid4

import pytest

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.talks import answered
from tests.moderation.rules_in_use.people import DISTRESS, IBAN, INSULT, MISSION, PHONE


@pytest.fixture
async def talk(browser, anne, bilal) -> str:
    """The address of a conversation, open in Bilal's browser."""
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(bilal)
    return f"/messages/{conversation}"


async def messages() -> list[str]:
    return [row[0] for row in await database.rows("SELECT body FROM message ORDER BY id OFFSET 1")]


@pytest.mark.parametrize("text", [MISSION, INSULT], ids=["mission", "insult"])
async def test_a_doubtful_message_is_said_to_its_sender_once_then_leaves(browser, talk, text):
    advised = await browser.submit(talk, text=text)
    assert advised.status_code == 422 and await messages() == []
    assert "c’est vous qui décidez" in words(advised) and "field-error" not in advised.text
    assert f'name="told" value="{text}"' in advised.text and text in advised.text.split("<textarea")[1]

    assert (await browser.submit(talk, text=text, told=text)).status_code == 303
    assert await messages() == [text]
    assert not await database.rows("SELECT FROM moderation_case"), "nobody of the team reads it"


async def test_other_words_are_other_advice(browser, talk):
    assert (await browser.submit(talk, text=f"{MISSION} Voilà.", told=MISSION)).status_code == 422
    assert await messages() == []


async def test_a_message_that_was_rewritten_leaves_at_once(browser, talk):
    await browser.submit(talk, text=MISSION)
    assert (await browser.submit(talk, text="On fête un retour, venez !", told=MISSION)).status_code == 303


async def test_an_account_number_is_refused_even_when_it_is_meant(browser, talk):
    refused = await browser.submit(talk, text=IBAN, told=IBAN)
    assert refused.status_code == 422 and 'id="text-error"' in refused.text and 'name="told"' not in refused.text
    assert "même en privé" in words(refused)
    assert await messages() == []


async def test_the_charter_says_so(browser):
    assert "Pas de coordonnées bancaires, même en privé." in words(await browser.get("/charte"))


async def test_a_number_or_an_address_is_between_the_two(browser, talk):
    text = f"{PHONE} J’habite 12 rue des Lilas, le code est 45B12."
    assert (await browser.submit(talk, text=text)).status_code == 303
    assert await messages() == [text]


async def test_distress_leaves_at_once_and_its_writer_sees_whom_to_call(browser, talk):
    sent = await browser.submit(talk, text=DISTRESS)
    assert "#" not in sent.headers["location"], "whom to call is told at the top of the page"
    page = words(await browser.follow(sent))
    assert await messages() == [DISTRESS]
    assert "quelqu’un peut vous écouter maintenant" in page and "3114" in page


async def test_in_an_open_page_the_numbers_stand_beside_the_empty_form(browser, talk):
    browser.headers["hx-request"] = "true"
    form = await browser.submit(talk, text=DISTRESS)
    assert form.status_code == 200 and 'href="tel:3114"' in form.text and 'name="told"' not in form.text
    advised = await browser.submit(talk, text=MISSION)
    assert 'name="told"' in advised.text and "<html" not in advised.text and await messages() == [DISTRESS]


async def test_the_first_word_to_an_ad_is_heard_the_same_way(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    door = f"/annonces/{ad.id}/candidature"
    advised = await browser.submit(door, text=MISSION, once=uuid4())
    assert advised.status_code == 422 and f'name="told" value="{MISSION}"' in advised.text
    sent = await browser.submit(door, text=MISSION, told=MISSION, once=uuid4())
    assert sent.status_code == 303 and sent.headers["location"].startswith("/messages/")


async def test_the_first_word_of_a_person_in_distress_leaves_with_whom_to_call(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    sent = await browser.submit(f"/annonces/{ad.id}/candidature", text=DISTRESS, once=uuid4())
    assert "3114" in words(await browser.follow(sent))
