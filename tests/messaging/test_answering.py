"""Answering an ad privately opens one conversation."""

import asyncio
import re
from uuid import uuid4

import pytest

from app import database
from members.blocking import block
from messaging import writing
from tests.helpers.ads import closed, draft, pending, published, removed
from tests.helpers.browser import said
from tests.helpers.jobs import waiting_jobs
from tests.helpers.talks import answered, badge, unread


async def messages() -> int:
    return await database.value("SELECT count(*) FROM message")


async def test_an_answer_opens_a_conversation_the_author_reads(browser, another_browser, anne, bilal):
    listing = await published(anne, title="Cherche baby-sitter le mercredi")
    await browser.sign_in(bilal)
    form = await browser.get(f"/annonces/{listing.id}/candidature")
    assert "Répondre à Anne" in form.text and "Cherche baby-sitter le mercredi" in form.text

    page = await browser.follow(
        await browser.submit(f"/annonces/{listing.id}/candidature", text="Je suis libre.", once=uuid4())
    )
    assert "Votre message est parti" in page.text and "Je suis libre." in page.text and "Envoyé" in page.text

    await another_browser.sign_in(anne)
    inbox = await another_browser.get("/messages")
    assert badge(inbox, "messages") == 1 and badge(inbox, "notifications") == 1
    assert "Bilal" in inbox.text and "Je suis libre." in inbox.text and "non lu" in inbox.text
    thread = await another_browser.get(page.url.path)
    assert "Je suis libre." in thread.text
    assert badge(thread, "messages") == 0 and badge(thread, "notifications") == 0
    assert "Lu</p>" in (await browser.get(page.url.path)).text


async def test_a_second_answer_continues_the_same_conversation(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    first = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=uuid4())
    second = await browser.submit(f"/annonces/{listing.id}/candidature", text="Et jeudi ?", once=uuid4())
    assert first.headers["location"] == second.headers["location"]
    assert await messages() == 2
    again = await browser.get(f"/annonces/{listing.id}/candidature")
    assert again.status_code == 303 and again.headers["location"] == first.headers["location"]


async def test_the_same_form_sent_twice_is_one_message_and_one_notification(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    once = uuid4()
    for _ in range(2):
        response = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=once)
        assert response.status_code == 303
    assert await messages() == 1
    conversation = await database.value("SELECT id FROM conversation")
    assert await unread(conversation, anne.id) == 1
    assert await database.value("SELECT sum(times) FROM notification") == 1


async def test_a_form_brought_back_by_the_browser_and_filled_in_anew_is_another_message(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    once = uuid4()
    await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=once)
    await browser.submit(f"/annonces/{listing.id}/candidature", text="J’ai oublié : jeudi aussi.", once=once)
    assert await messages() == 2


@pytest.mark.commits
async def test_two_answers_at_once_make_one_conversation(browser, another_browser, anne, bilal):
    listing = await published(anne)
    for each in (browser, another_browser):
        await each.sign_in(bilal)
        await each.get("/charte")
    responses = await asyncio.gather(
        *(
            each.submit(f"/annonces/{listing.id}/candidature", text=f"Message {i}", once=uuid4())
            for i, each in enumerate((browser, another_browser) * 4)
        )
    )
    assert {r.status_code for r in responses} == {303}
    assert len({r.headers["location"] for r in responses}) == 1
    conversation = await database.value("SELECT id FROM conversation")
    assert await messages() == 8 and await unread(conversation, anne.id) == 8
    assert await database.value("SELECT times FROM notification") == 8


@pytest.mark.commits
async def test_the_same_request_sent_twice_at_once_is_one_message(browser, another_browser, anne, bilal):
    listing = await published(anne)
    for each in (browser, another_browser):
        await each.sign_in(bilal)
        await each.get("/charte")
    once = uuid4()
    responses = await asyncio.gather(
        *(
            each.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=once)
            for each in (browser, another_browser) * 3
        )
    )
    assert {r.status_code for r in responses} == {303}
    assert await messages() == 1
    assert await unread(await database.value("SELECT id FROM conversation"), anne.id) == 1


async def test_nobody_answers_their_own_ad(browser, anne):
    listing = await published(anne)
    await browser.sign_in(anne)
    for response in (
        await browser.get(f"/annonces/{listing.id}/candidature"),
        await browser.submit(f"/annonces/{listing.id}/candidature", text="Moi", once=uuid4()),
    ):
        assert response.status_code == 409 and "Cette annonce est la vôtre" in response.text
    assert await messages() == 0


async def test_a_closed_or_expired_ad_takes_no_answer(browser, anne, bilal):
    done, old = await closed(anne), await published(anne)
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 hour' WHERE id = $1", old.id)
    await browser.sign_in(bilal)
    for listing in (done, old):
        response = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=uuid4())
        assert response.status_code == 409 and "terminée" in response.text
    assert await messages() == 0


async def test_what_is_not_published_cannot_be_found_by_answering(browser, anne, bilal):
    await browser.sign_in(bilal)
    for listing in (await draft(anne), await pending(anne), await removed(anne)):
        response = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=uuid4())
        assert response.status_code == 404
    assert (await browser.get(f"/annonces/{uuid4()}/candidature")).status_code == 404


async def test_a_tip_is_answered_under_it_and_not_in_private(browser, anne, bilal):
    listing = await published(anne, category="tips")
    await browser.sign_in(bilal)
    response = await browser.submit(f"/annonces/{listing.id}/candidature", text="Merci", once=uuid4())
    assert response.status_code == 409 and "sous l’annonce" in response.text


async def test_a_block_in_either_direction_hides_the_ad(browser, anne, bilal, chloe):
    listing = await published(anne)
    await block(anne.id, bilal.id)
    await block(chloe.id, anne.id)
    for helper in (bilal, chloe):
        await browser.sign_in(helper)
        response = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=uuid4())
        assert response.status_code == 404
    assert await messages() == 0


async def test_a_visitor_is_sent_to_sign_in(browser, anne):
    listing = await published(anne)
    for response in (
        await browser.get(f"/annonces/{listing.id}/candidature"),
        await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once=uuid4()),
    ):
        assert response.status_code == 303 and response.headers["location"].startswith("/connexion")


@pytest.mark.parametrize("text", ["", "   ", "a" * 4001, "\x00"])
async def test_an_empty_or_endless_message_is_asked_again(browser, anne, bilal, text):
    listing = await published(anne)
    await browser.sign_in(bilal)
    response = await browser.submit(f"/annonces/{listing.id}/candidature", text=text, once=uuid4())
    assert response.status_code == 422 and "field-error" in response.text
    assert await messages() == 0


async def test_an_account_number_does_not_leave_and_nothing_typed_is_lost(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    text = "Voici mon compte : FR76 3000 6000 0112 3456 7890 189"
    response = await browser.submit(f"/annonces/{listing.id}/candidature", text=text, once=uuid4())
    assert response.status_code == 422 and "IBAN" in said(response) and text in response.text
    assert "<mark>FR76 3000 6000 0112 3456 7890 189</mark>" in response.text
    assert "Votre message n’est pas parti" in response.text and 'name="told"' not in response.text
    assert await messages() == 0


async def test_a_refused_message_is_told_as_the_advice_while_typing_tells_it(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(bilal)
    text = "Voici mon compte : FR76 3000 6000 0112 3456 7890 189"
    live = await browser.submit("/conseil/message", text=text)
    response = await browser.submit(f"/messages/{conversation}", text=text, once=uuid4())
    assert response.status_code == 422 and "c’est vous qui décidez" not in response.text
    for shown in re.findall(r"<(?:mark|p|strong)>.+?</(?:mark|p|strong)>", live.text):
        assert shown in response.text
    assert "<mark>" in live.text and await messages() == 1


async def test_a_telephone_number_may_be_given_in_private(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    text = "Appelez-moi au 06 12 34 56 78, 12 rue de Siam."
    response = await browser.submit(f"/annonces/{listing.id}/candidature", text=text, once=uuid4())
    assert response.status_code == 303


async def test_a_form_without_its_mark_or_with_a_forged_one(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    without = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour")
    assert without.status_code == 303
    forged = await browser.submit(f"/annonces/{listing.id}/candidature", text="Bonjour", once="'; DROP TABLE message")
    assert forged.status_code == 422 and "Rechargez la page" in forged.text


async def test_messages_by_the_hundred_are_slowed_down(browser, anne, bilal, monkeypatch):
    monkeypatch.setattr(writing, "AT_MOST", 3)
    listing = await published(anne)
    await browser.sign_in(bilal)
    for i in range(3):
        response = await browser.submit(f"/annonces/{listing.id}/candidature", text=f"Message {i}", once=uuid4())
        assert response.status_code == 303
    response = await browser.submit(f"/annonces/{listing.id}/candidature", text="Encore un", once=uuid4())
    assert response.status_code == 422
    assert "Trop d’essais" in response.text and "Encore un" in response.text
    assert await messages() == 3


async def test_one_email_job_waits_for_the_whole_conversation(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    for i in range(3):
        await browser.submit(f"/annonces/{listing.id}/candidature", text=f"Message {i}", once=uuid4())
    assert [name for name, _ in await waiting_jobs()].count("notifications.look") == 1


async def test_a_new_member_opens_only_ten_conversations_a_day(browser, anne, emilie):
    await browser.sign_in(emilie)
    answers = []
    for _ in range(11):
        ad = await published(anne, "helping_hand")
        answers.append(await browser.submit(f"/annonces/{ad.id}/candidature", text="Je peux venir samedi."))

    assert [answer.status_code for answer in answers] == [303] * 10 + [422]
    assert "Je peux venir samedi." in answers[-1].text
