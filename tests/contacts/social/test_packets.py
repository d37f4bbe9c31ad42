"""Results of simulators, from their page to a conversation: seen exactly as they are sent."""

import html
from uuid import uuid4

import pytest

from app import database
from contacts.social.packets import Packet, carried, packets_of, read_carried
from tests.benefits.simulators.test_packet import ALL
from tests.helpers.counting import count
from tests.helpers.social import A_PACKET, a_talk, code_on, holds_code, opening, social_worker, taken_up


def of_packet(page) -> str:
    """The part of a page that shows a packet."""
    return page.text.partition('<div class="social-packet">')[2].partition("</div>\n")[0]


async def from_simulator(browser):
    """As the form of a simulator's page, which has no cookie and no token."""
    sent = ALL | {"montrer": ["resultat/af", "reponse/resources"]}
    return await browser.post("/service-social/paquet/apercu", data=sent)


def field_of(page) -> str:
    """The packet as the form of the preview carries it."""
    return html.unescape(page.text.partition('name="packet" value="')[2].partition('"')[0])


@pytest.fixture
async def wanda(body):
    return await social_worker("Wanda", "29")


async def test_it_is_shown_before_it_is_sent_and_kept_nowhere(browser, wanda):
    page = await from_simulator(browser)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert "Voici exactement ce qui partira" in page.text
    assert await count("social_packet") == 0


async def test_a_visitor_sends_it_with_a_first_word(browser, another_browser, wanda):
    page = await from_simulator(browser)
    code = code_on(await browser.submit("/service-social", **opening(packet=field_of(page))))
    assert len(code) == 16
    talk = await database.value("SELECT id FROM social_talk")
    assert [one.packet for one in (await packets_of(talk)).values()] == [read_carried(field_of(page))]
    await taken_up(talk, wanda)
    await another_browser.sign_in(wanda)
    shown = await another_browser.get(f"/service-social/conversations/{talk}")
    assert of_packet(shown).replace("h3", "h2").split() == of_packet(page).split() != []


async def test_a_mistake_in_the_first_word_does_not_lose_it(browser, wanda):
    page = await browser.submit("/service-social", **opening(packet=carried(A_PACKET), text=""))
    assert page.status_code == 422
    assert "Allocations familiales" in page.text and 'name="packet"' in page.text


async def test_the_form_of_the_preview_carries_its_own_proof(browser, wanda):
    """A visitor's simulator page sets no cookie: the preview must, or its own form would be refused."""
    page = await from_simulator(browser)
    token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]
    assert token and token == browser.cookies["__Host-csrf"]
    talk = await a_talk()
    holds_code(browser, talk)
    sent = {"_csrf_token": token, "packet": carried(A_PACKET), "talk": str(talk)}
    answer = await browser.post("/service-social/resultats/envoi", data=sent)
    assert answer.status_code == 303 and await count("social_packet") == 1


async def test_a_member_chooses_among_their_open_conversations(browser, anne, wanda):
    talk, closed = await a_talk(anne), await a_talk(anne)
    await database.execute("UPDATE social_talk SET state = 'closed', closed_at = now() WHERE id = $1", closed)
    await browser.sign_in(anne)
    page = await from_simulator(browser)
    assert str(talk) in page.text and str(closed) not in page.text
    shown = await browser.follow(
        await browser.submit("/service-social/resultats/envoi", packet=carried(A_PACKET), talk=str(talk))
    )
    assert "151,05" in of_packet(shown)
    assert (
        await browser.submit("/service-social/resultats/envoi", packet=carried(A_PACKET), talk=str(closed))
    ).status_code == 409


async def test_nobody_sends_into_a_conversation_that_is_not_theirs(browser, anne, bilal, wanda):
    talk = await a_talk(anne)
    await taken_up(talk, wanda)
    for member in (bilal, wanda):
        await browser.sign_in(member)
        answer = await browser.submit("/service-social/resultats/envoi", packet=carried(A_PACKET), talk=str(talk))
        assert answer.status_code == 404
    assert await count("social_packet") == 0


@pytest.mark.parametrize("forged", ["", "x", "eyJ.abc", "a" * 100_000])
async def test_words_that_are_not_ours_are_no_packet(browser, forged: str):
    assert read_carried(forged) is None
    answer = await browser.submit("/service-social/resultats/envoi", packet=forged, talk=str(uuid4()))
    assert answer.status_code in (404, 413)


async def test_a_changed_packet_is_no_packet():
    signed = carried(A_PACKET)
    assert read_carried(signed) == A_PACKET
    assert read_carried(signed[:-3] + "abc") is None
    assert read_carried(carried(Packet((), ()))) == Packet((), ())
