"""Open pages hear at once what happens. These tests commit: PostgreSQL tells nobody before."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from app import database, direct, live
from app.database import transaction
from members.blocking import block
from members.sessions import end_all_sessions
from messaging.access import conversation as talk_of
from messaging.sending import send
from tests.helpers.ads import published
from tests.helpers.live import OpenPage
from tests.helpers.talks import answered, badge
from tests.helpers.waiting import PATIENCE

pytestmark = pytest.mark.commits


async def test_a_message_reaches_the_other_s_open_page(app, browser, another_browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    async with OpenPage(app, browser) as page:
        response = await another_browser.submit(
            f"/annonces/{listing.id}/candidature", text="Rien de ceci ne voyage", once=uuid4()
        )
        conversation = response.headers["location"].removeprefix("/messages/")
        assert await page.event("message") == conversation
        counts = msgspec.json.decode(await page.event("badge"))
        assert counts == {"messages": 1, "notifications": 1}
        shown = await browser.get("/messages")
        assert counts == {"messages": badge(shown, "messages"), "notifications": badge(shown, "notifications")}
        await browser.get(f"/messages/{conversation}")
        assert msgspec.json.decode(await page.event("badge")) == {"messages": 0, "notifications": 0}
        assert "voyage" not in str(page.seen)


async def test_the_sender_s_page_hears_that_the_message_was_read(app, browser, another_browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    async with OpenPage(app, another_browser) as page:
        await browser.get(f"/messages/{conversation}")
        assert await page.event("message") == str(conversation)


async def test_the_stream_is_neither_kept_nor_compressed_nor_buffered(app, browser, anne):
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        assert page.status == 200
        assert page.headers["content-type"].startswith("text/event-stream")
        assert page.headers["cache-control"] == "no-store" and page.headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in page.headers


async def test_beyond_99_the_open_page_counts_as_a_new_one_would(app, browser, anne):
    await database.execute(
        "INSERT INTO notification (member, topic, thing, path, first_at, last_at)"
        " SELECT $1, 'new_message', gen_random_uuid(), '/', now(), now() FROM generate_series(1, 120)",
        anne.id,
    )
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        await live.tell(live.Happened(to=anne.id, what="badge"))
        assert msgspec.json.decode(await page.event("badge"))["notifications"] == 100


async def test_others_hear_nothing(app, browser, anne, bilal, chloe):
    listing = await published(anne)
    await browser.sign_in(chloe)
    async with OpenPage(app, browser) as page:
        await answered(listing.id, bilal.id)
        assert await page.nothing_but()


async def test_what_is_rolled_back_is_never_told(app, browser, anne):
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        with pytest.raises(ZeroDivisionError):
            async with transaction():
                await live.tell(live.Happened(to=anne.id, what="badge"))
                raise ZeroDivisionError
        assert await page.nothing_but()


async def test_a_silent_page_gets_a_heartbeat(app, browser, anne, monkeypatch):
    monkeypatch.setattr(direct, "HEARTBEAT", 0.05)
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        await page.comment()
        await page.comment()


async def test_the_stream_ends_with_the_session_and_says_nothing_more(app, browser, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        await end_all_sessions(anne.id)
        await send(await talk_of(conversation, bilal.id), bilal.id, "Encore là ?", uuid4())
        await page.event("fin")
        assert [name for name, _ in page.seen] == ["badge", "fin"]


async def test_a_page_nothing_happens_on_notices_too_that_its_session_ended(app, browser, anne, monkeypatch):
    monkeypatch.setattr(direct, "HEARTBEAT", 0.05)
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        await end_all_sessions(anne.id)
        await page.event("fin")


async def test_the_oldest_of_too_many_pages_gives_way(app, browser, anne):
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as first:
        pages = [OpenPage(app, browser) for _ in range(direct.PAGES)]
        for page in pages:
            await page.__aenter__()
        await first.event("fin")
        async with transaction():
            await live.tell(live.Happened(to=anne.id, what="badge"))
        for page in pages:
            await page.event("badge")
            await page.__aexit__()


async def test_a_closed_page_leaves_nothing_behind(app, browser, anne):
    await browser.sign_in(anne)
    async with OpenPage(app, browser):
        assert anne.id in live._pages and anne.id in direct._open
    await asyncio.sleep(0)
    assert anne.id not in live._pages and anne.id not in direct._open


async def test_blocking_empties_the_other_s_counts_at_once(app, browser, anne, bilal):
    await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        assert '"messages":1' in page.seen[0][1]
        await block(bilal.id, anne.id)
        assert msgspec.json.decode(await page.event("badge")) == {"messages": 0, "notifications": 0}


async def test_streams_end_when_the_server_stops_and_browsers_come_back(app, browser, anne):
    await browser.sign_in(anne)
    async with OpenPage(app, browser) as page:
        direct._end_streams()
        await asyncio.wait_for(page.ended.wait(), PATIENCE)
        assert anne.id not in direct._open
    assert [name for name, _ in page.seen] == ["badge"]  # without `fin` a browser opens a new one
