"""What the site leans on goes away and comes back: pages go on, and nothing is forgotten."""

import asyncio

import msgspec
import pytest

import app.mail
import search.engine
from app import database, live
from app.settings import settings
from search import finding
from search.contract import EngineUnavailable
from tests.helpers.ads import published
from tests.helpers.failing import SometimesAway, free_port, mail_server
from tests.helpers.finding import found, indexed
from tests.helpers.jobs import index_follows
from tests.helpers.live import OpenPage
from tests.helpers.postgres import database_away
from tests.helpers.talks import answered
from tests.helpers.waiting import until
from tests.helpers.worker import LATER, jobs, one_round

pytestmark = pytest.mark.commits
DEGRADED = "revient dans un instant"
SOMEBODY_LISTENS = (
    "SELECT TRUE FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database() LIMIT 1"
)


@pytest.fixture
async def engine(app):
    real = search.engine.engine()
    switch = SometimesAway(real)
    search.engine.use(switch)
    yield switch
    search.engine.use(real)


async def test_while_the_search_engine_is_away_the_list_still_answers(browser, anne, engine):
    await browser.sign_in(anne)
    await published(anne, title="Poussette pliante")
    engine.is_away = True
    for address in (
        "/annonces",
        "/annonces?q=poussette",
        "/annonces?rayon=25",
        "/annonces/carte",
        "/suggestions?q=pous",
        "/",
    ):
        page = await browser.get(address)
        assert page.status_code == 200, address
        assert (DEGRADED in page.text) == (("?q=pou" in address and "suggestions" not in address) or "rayon" in address)
    assert found(await browser.get("/annonces?q=poussette")) == ["Poussette pliante"]


async def test_when_the_search_engine_is_back_the_index_catches_up(browser, index, anne, engine):
    await browser.sign_in(anne)
    gone = await published(anne, title="Tondeuse bruyante")
    await index_follows()
    engine.is_away = True
    await published(anne, title="Tondeuse silencieuse")
    await browser.submit(f"/annonces/{gone.id}/cloture", outcome="fulfilled")
    with pytest.raises(EngineUnavailable):
        await index_follows()
    assert await database.value("SELECT count(*) FROM search_document WHERE indexed IS DISTINCT FROM version") == 2

    engine.is_away = False
    await index_follows()
    assert await database.value("SELECT count(*) FROM search_document WHERE indexed = version") == 1
    assert await indexed(engine, "tondeuse") == ["Tondeuse silencieuse"]
    finding.forget_failures()
    page = await browser.get("/annonces?q=tondeuse")
    assert DEGRADED not in page.text
    assert "silencieuse" in page.text and "bruyante" not in page.text


async def test_a_mail_refused_by_a_server_that_was_away_goes_exactly_once(monkeypatch, anne, bilal):
    port = free_port()
    elsewhere = msgspec.structs.replace(settings(), smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setattr(app.mail, "settings", lambda: elsewhere)
    await answered((await published(anne)).id, bilal.id)
    await database.execute("DELETE FROM procrastinate_jobs WHERE task_name NOT LIKE 'notifications.%'")

    await database.execute(LATER)
    await one_round()
    assert await jobs() == {"todo": 1}, "nobody listened: the job waits to try again"
    assert await database.value("SELECT count(*) FROM notification WHERE mailed_at IS NOT NULL") == 0

    async with mail_server(port) as letters:
        await database.execute(LATER)
        await one_round()
        assert await jobs() == {}
        assert len(letters) == 1
        assert f"To: {anne.email}" in letters[0]
        await one_round()
        assert len(letters) == 1


async def test_while_the_database_is_away_a_page_says_so_and_then_the_site_is_back(browser, crashes, anne):
    await browser.sign_in(anne)
    assert (await browser.get("/annonces")).status_code == 200
    with database_away():
        page = await browser.get("/annonces")
        assert page.status_code == 503
        assert "<h1" in page.text and "Traceback" not in page.text and "asyncpg" not in page.text
        assert (await browser.get("/charte")).status_code in (200, 503)
    crashes.clear()
    for _ in range(12):  # each connection of the pool finds out for itself
        back = await browser.get("/annonces")
    assert back.status_code == 200
    crashes.clear()


async def test_live_pages_hear_again_after_the_database_was_away(app, browser, another_browser, crashes, anne, bilal):
    conversation = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(anne)
    with database_away():
        await asyncio.sleep(0.2)
    await until(lambda: database.value(SOMEBODY_LISTENS))  # again: it waits a second before it tries
    async with OpenPage(app, browser) as page:
        async with database.transaction():
            await live.tell(live.Happened(to=anne.id, what="message", conversation=conversation))
        assert await page.event("message") == str(conversation)
    crashes.clear()
