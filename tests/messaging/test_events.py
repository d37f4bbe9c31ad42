"""What happens between two people stands in their conversation as a quiet line."""

from uuid import uuid4

import pytest

from app import database
from messaging.access import conversation as talk_of
from messaging.events import say_event
from messaging.sending import send
from messaging.tables import Event
from notifications.notifying import notify
from notifications.topics import Topic
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.live import OpenPage
from tests.helpers.talks import answered, badge, unread


async def test_an_event_is_a_quiet_line_unread_for_the_other(browser, another_browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    await author.get(f"/messages/{talk}")
    assert await say_event(talk, anne.id, Event.chosen, "Anne compte sur Bilal.", uuid4())
    assert await unread(talk, bilal.id) == 1 and await unread(talk, anne.id) == 0
    page = await author.get(f"/messages/{talk}")
    assert 'class="thread-event"' in page.text and "Anne compte sur Bilal." in page.text
    assert "Envoyé" not in words(page), "nobody wrote it"
    inbox = words(await author.get("/messages"))
    assert "Anne compte sur Bilal." in inbox and "Vous : Anne compte" not in inbox
    assert badge(await helper.get("/messages"), "messages") == 1
    await helper.get(f"/messages/{talk}")
    assert await unread(talk, bilal.id) == 0


async def test_each_reads_what_happened_from_their_side(browser, another_browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    theirs, own = "Bilal a retiré sa réponse.", "Vous avez retiré votre réponse."
    await say_event(talk, bilal.id, Event.withdrawn, theirs, uuid4(), own=own)
    for path in (f"/messages/{talk}", f"/messages/{talk}/nouveaux?apres=0", "/messages"):
        hers, his = words(await author.get(path)), words(await helper.get(path))
        assert theirs in hers and own not in hers, path
        assert own in his and theirs not in his, path
    assert "Vous : Vous" not in words(await helper.get("/messages"))


async def test_said_twice_it_stands_once(anne, bilal):
    talk, once = await answered((await published(anne)).id, bilal.id), uuid4()
    said = [await say_event(talk, anne.id, Event.closed, "L’annonce est terminée.", once) for _ in range(2)]
    assert said == [True, False] and await unread(talk, bilal.id) == 1


@pytest.mark.parametrize("event", Event)
async def test_every_event_can_be_shown(event, browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    await say_event(talk, anne.id, event, "Quelque chose est arrivé.", uuid4())
    page = await (await browser.sign_in(bilal)).get(f"/messages/{talk}")
    assert page.status_code == 200 and "Quelque chose est arrivé." in page.text


async def test_reading_the_conversation_settles_all_that_was_told_of_it(browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    await say_event(talk, anne.id, Event.chosen, "Anne compte sur Bilal.", uuid4())
    await notify(bilal.id, Topic.answer_chosen, thing=talk, about="Garde", path=f"/messages/{talk}")
    helper = await browser.sign_in(bilal)
    assert badge(await helper.get("/messages"), "notifications") == 1
    assert badge(await helper.get(f"/messages/{talk}"), "notifications") == 0
    assert badge(await helper.get("/messages"), "notifications") == 0


async def test_an_event_is_no_reply_to_anybody(anne, bilal):
    """Or choosing somebody would count as having answered them within a minute."""
    talk = await answered((await published(anne)).id, bilal.id)
    await say_event(talk, anne.id, Event.listed, "Bilal est sur la liste d’attente.", uuid4())
    assert await database.value("SELECT count(*) FROM reply_delay") == 0
    await send(await talk_of(talk, anne.id), anne.id, "Merci Bilal.", uuid4())
    await send(await talk_of(talk, bilal.id), bilal.id, "Avec plaisir.", uuid4())
    await send(await talk_of(talk, anne.id), anne.id, "À mardi.", uuid4())
    assert await database.value("SELECT count(*) FROM reply_delay") == 2


@pytest.mark.commits
async def test_an_event_reaches_both_open_pages(app, browser, another_browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    async with OpenPage(app, browser) as author, OpenPage(app, another_browser) as helper:
        await say_event(talk, anne.id, Event.chosen, "Anne compte sur Bilal.", uuid4())
        assert await author.event("message") == str(talk) == await helper.event("message")
    first = await database.value("SELECT min(id) FROM message")
    new = await another_browser.get(f"/messages/{talk}/nouveaux?apres={first}")
    assert "thread-event" in new.text and "Anne compte sur Bilal." in new.text
    assert 'id="talk-standing" hx-swap-oob="true"' in new.text, "what may be done now is shown with it"
