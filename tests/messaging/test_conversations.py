"""Reading and writing in a conversation."""

import asyncio
from uuid import uuid4

import pytest

from app import database
from app.piccolo_conf import DB
from members.blocking import block, unblock
from messaging import writing
from messaging.access import conversation as talk_of
from messaging.sending import send
from tests.helpers.ads import published
from tests.helpers.browser import said
from tests.helpers.talks import answered, badge, unread

HTMX = {"hx-request": "true"}


async def posted(browser, path: str, **fields):
    """As the open page posts, with htmx."""
    await browser.get("/charte")
    return await browser.post(path, data=fields, headers={"x-csrftoken": browser.cookies["__Host-csrf"], **HTMX})


async def test_messages_go_both_ways_and_counts_follow(browser, another_browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    await browser.get(f"/messages/{conversation}")
    page = await browser.follow(await browser.submit(f"/messages/{conversation}", text="Merci !", once=uuid4()))
    assert "Merci !" in page.text and "Envoyé" in page.text
    assert badge(await another_browser.get("/messages"), "messages") == 1
    seen = await another_browser.get(f"/messages/{conversation}")
    assert "Merci !" in seen.text and badge(seen, "messages") == 0
    assert await unread(conversation, anne.id) == await unread(conversation, bilal.id) == 0
    assert "Lu</p>" in (await browser.get(f"/messages/{conversation}")).text


async def test_conversations_with_something_to_read_come_first(browser, anne, bilal, chloe, emilie):
    listing = await published(anne)
    old = await answered(listing.id, bilal.id, "Le plus ancien")
    await answered(listing.id, chloe.id, "Entre les deux")
    await answered(listing.id, emilie.id, "Le plus récent")
    await browser.sign_in(anne)
    for name in ("Chloe", "Emilie"):
        conversation = await database.value(
            "SELECT c.id FROM conversation c JOIN member m ON m.id = c.helper WHERE m.first_name = $1", name
        )
        await browser.get(f"/messages/{conversation}")
    page = (await browser.get("/messages")).text
    assert page.index("Le plus ancien") < page.index("Le plus récent") < page.index("Entre les deux")
    assert await unread(old, anne.id) == 1


async def test_every_conversation_is_on_exactly_one_page(browser, anne, bilal):
    conversations = [await answered((await published(anne)).id, bilal.id, f"Message n° {i:02}") for i in range(55)]
    await browser.sign_in(anne)
    for conversation in conversations[10:20]:
        await browser.get(f"/messages/{conversation}")
    found, url = [], "/messages"
    while url:
        page = await browser.get(url)
        found += [line.split('"')[0] for line in page.text.split('href="/messages/')[1:]]
        older = (
            page.text.split('rel="next"')[0].rsplit('href="', 1)[-1].split('"')[0] if 'rel="next"' in page.text else ""
        )
        url = older.replace("&amp;", "&")
    assert len(found) == 55 and set(found) == {str(c) for c in conversations}
    assert set(found[45:]) == {str(c) for c in conversations[10:20]}


async def test_a_long_conversation_is_read_backwards_by_pages(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id, "Numéro 0.")
    talk = await talk_of(conversation, bilal.id)
    for i in range(1, 70):
        await send(talk, bilal.id, f"Numéro {i}.", uuid4())
    await browser.sign_in(anne)
    latest = await browser.get(f"/messages/{conversation}")
    assert "Numéro 69." in latest.text and "Numéro 20." in latest.text and "Numéro 19." not in latest.text
    assert latest.text.index("Numéro 20.") < latest.text.index("Numéro 69.")
    older = latest.text.split("?avant=")[1].split('"')[0]
    first = await browser.get(f"/messages/{conversation}?avant={older}")
    assert "Numéro 0." in first.text and "Numéro 19." in first.text and "Numéro 20." not in first.text
    assert "?avant=" not in first.text and await unread(conversation, anne.id) == 0


async def test_what_arrived_after_the_page_was_read_stays_unread(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id, "Un")
    first = await database.value("SELECT id FROM message")
    talk = await talk_of(conversation, bilal.id)
    for i in range(60):
        await send(talk, bilal.id, f"Suite {i}", uuid4())
    await browser.sign_in(anne)
    page = await browser.get(f"/messages/{conversation}/nouveaux?apres={first}", headers=HTMX)
    assert "Suite 49" in page.text and "Suite 50" not in page.text and "data-more" in page.text
    assert await unread(conversation, anne.id) == 10
    assert await database.value("SELECT count(*) FROM notification WHERE read_at IS NULL") == 1


async def test_the_open_page_asks_only_for_what_is_new(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id, "Bonjour Anne")
    await browser.sign_in(anne)
    page = await browser.get(f"/messages/{conversation}")
    url = page.text.split('data-url="')[1].split('"')[0]
    await send(await talk_of(conversation, bilal.id), bilal.id, "Et <b>jeudi</b> ?", uuid4())
    new = await browser.get(url, headers=HTMX)
    assert "Et &lt;b&gt;jeudi&lt;/b&gt; ?" in new.text and "Bonjour Anne" not in new.text and "<html" not in new.text
    assert await unread(conversation, anne.id) == 0
    again = await browser.get(new.text.split('data-url="')[1].split('"')[0], headers=HTMX)
    assert "jeudi" not in again.text and 'id="thread-next"' in again.text


async def test_with_scripts_the_box_comes_back_empty_and_the_page_asks_for_the_message(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    response = await posted(browser, f"/messages/{conversation}", text="Merci", once=str(uuid4()))
    assert response.status_code == 200 and response.headers["hx-trigger"] == "entraide:sent"
    assert "Merci" not in response.text and "<html" not in response.text and 'name="once"' in response.text
    refused = await posted(browser, f"/messages/{conversation}", text="", once=str(uuid4()))
    assert refused.status_code == 422 and "field-error" in refused.text and "<html" not in refused.text


async def test_without_scripts_a_wrong_message_keeps_the_thread_and_the_words(browser, anne, bilal, monkeypatch):
    monkeypatch.setattr(writing, "AT_MOST", 0)
    conversation = await answered((await published(anne)).id, bilal.id, "Bonjour Anne")
    await browser.sign_in(anne)
    response = await browser.submit(f"/messages/{conversation}", text="Une longue réponse", once=uuid4())
    assert response.status_code == 422
    assert (
        "Une longue réponse" in response.text and "Bonjour Anne" in response.text and "Trop d’essais" in response.text
    )


async def test_strangers_and_visitors_learn_nothing(browser, anne, bilal, chloe, denis):
    conversation = await answered((await published(anne)).id, bilal.id, "Rien que pour Anne")
    for stranger in (chloe, denis):  # moderators and administrators too
        await browser.sign_in(stranger)
        for response in (
            await browser.get(f"/messages/{conversation}"),
            await browser.get(f"/messages/{conversation}/nouveaux?apres=0"),
            await browser.submit(f"/messages/{conversation}", text="Coucou", once=uuid4()),
        ):
            assert response.status_code == 404 and "Rien que pour Anne" not in response.text
        assert "Rien que pour Anne" not in (await browser.get("/messages")).text
    assert (await browser.get(f"/messages/{uuid4()}")).status_code == 404
    assert (await browser.get("/messages/nimporte-quoi")).status_code == 404
    browser.cookies.clear()
    for path in ("/messages", f"/messages/{conversation}", f"/messages/{conversation}/nouveaux?apres=0", "/direct"):
        response = await browser.get(path)
        assert response.status_code == 303 and response.headers["location"].startswith("/connexion")
    assert await database.value("SELECT count(*) FROM message") == 1


async def test_a_blocked_conversation_disappears_for_both_and_comes_back(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id, "Bonjour Anne")
    await block(anne.id, bilal.id)
    for member in (anne, bilal):
        await browser.sign_in(member)
        inbox = await browser.get("/messages")
        assert "Pas encore de message" in inbox.text
        assert badge(inbox, "messages") == badge(inbox, "notifications") == 0
        assert (await browser.get(f"/messages/{conversation}")).status_code == 404
        response = await browser.submit(f"/messages/{conversation}", text="Tu es là ?", once=uuid4())
        assert response.status_code == 404
    await unblock(anne.id, bilal.id)
    await browser.sign_in(anne)
    assert badge(await browser.get("/messages"), "messages") == 1
    assert "Bonjour Anne" in (await browser.get(f"/messages/{conversation}")).text


async def test_hostile_text_is_shown_as_it_was_typed(browser, anne, bilal):
    text = "<script>alert(1)</script> {{ 7*191 }} '; DROP TABLE message; -- \u202e"
    listing = await published(anne, title="<img src=x onerror=alert(1)>")
    conversation = await answered(listing.id, bilal.id, text)
    await browser.sign_in(anne)
    for path in ("/messages", f"/messages/{conversation}", "/notifications"):
        page = await browser.get(path)
        assert "<script>alert" not in page.text and "<img src=x" not in page.text
        assert "1337" not in said(page).split("DROP")[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*191 }}" in page.text or path == "/notifications"


async def test_the_title_of_a_removed_ad_is_no_longer_read_by_the_helper(browser, anne, bilal):
    listing = await published(anne, title="Un titre à retirer")
    conversation = await answered(listing.id, bilal.id)
    await database.execute("UPDATE listing SET status = 'removed' WHERE id = $1", listing.id)
    await browser.sign_in(bilal)
    for path in ("/messages", f"/messages/{conversation}"):
        page = await browser.get(path)
        assert "Annonce retirée" in page.text and "Un titre à retirer" not in page.text
    assert f'href="/annonces/{listing.id}"' not in page.text
    await browser.sign_in(anne)
    assert "Un titre à retirer" in (await browser.get(f"/messages/{conversation}")).text
    await browser.submit(f"/messages/{conversation}", text="Mon annonce a été retirée.")
    assert await database.value("SELECT about FROM notification WHERE member = $1", bilal.id) == "Annonce retirée"


@pytest.mark.parametrize("where", ["avant=abc", "avant=-1", f"avant={2**63}", "avant=0"])
async def test_a_bent_address_never_breaks_the_page(browser, anne, bilal, where):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    assert (await browser.get(f"/messages/{conversation}?{where}")).status_code in (200, 400)
    assert (await browser.get("/messages?apres=AAAA&nonlus=1")).status_code == 200
    assert (await browser.get(f"/messages/{conversation}/nouveaux")).status_code == 400


async def test_pages_cost_few_queries(browser, anne, bilal):
    listing = await published(anne)
    conversation = await answered(listing.id, bilal.id)
    for _ in range(10):
        await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    for path, most in (("/messages", 3), (f"/messages/{conversation}", 10), (f"/messages/{conversation}", 4)):
        before = DB.query_id + database.asked
        await browser.get(path)
        assert DB.query_id + database.asked - before <= most, path


@pytest.mark.commits
async def test_counts_are_exact_when_many_messages_and_readings_meet(browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id, "0")
    talk = await talk_of(conversation, bilal.id)
    await browser.sign_in(anne)
    await asyncio.gather(
        *(send(talk, bilal.id, f"Message {i}", uuid4()) for i in range(12)),
        *(browser.get(f"/messages/{conversation}") for _ in range(4)),
    )
    true = await database.value(
        "SELECT count(*) FROM message m JOIN reading r ON r.conversation = m.conversation"
        " WHERE r.member = $1 AND m.sender <> $1 AND m.id > r.read_up_to",
        anne.id,
    )
    assert await unread(conversation, anne.id) == true
    await browser.get(f"/messages/{conversation}")
    assert await unread(conversation, anne.id) == 0


@pytest.mark.commits
async def test_blocking_while_messages_fly_leaves_no_news_behind(anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    talk = await talk_of(conversation, bilal.id)
    results = await asyncio.gather(
        *(send(talk, bilal.id, f"Message {i}", uuid4()) for i in range(6)),
        block(anne.id, bilal.id),
        *(send(talk, bilal.id, f"Suite {i}", uuid4()) for i in range(6)),
        return_exceptions=True,
    )
    assert {type(r).__name__ for r in results} <= {"NoneType", "NotHere"}
    assert await database.value("SELECT count(*) FROM notification") == 0


@pytest.mark.parametrize(
    ("column", "name"),
    [("helper = author", "never_alone"), ("helper", "one_per_helper")],
)
async def test_the_database_refuses_a_conversation_alone_or_twice(anne, bilal, column, name):
    import asyncpg

    listing = await published(anne)
    await answered(listing.id, bilal.id)
    helper = anne.id if column == "helper = author" else bilal.id
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.UniqueViolationError)) as refusal:
        async with DB.transaction():
            await database.execute(
                "INSERT INTO conversation (listing, author, helper, opened_at, last_message_at)"
                " VALUES ($1, $2, $3, now(), now())",
                listing.id,
                anne.id,
                helper,
            )
    assert name in str(refusal.value)
