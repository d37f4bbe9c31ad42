"""The end of an ad: its author's, or its term."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from answers.committing import uncommit
from app import database
from app.database import transaction
from app.schedule import let_time_pass_every_hour
from listings.life.expiring import expire_ads
from notifications.notifying import notify
from notifications.topics import Topic
from tests.helpers.ads import closed, draft, pending, published, removed
from tests.helpers.agreed import agreed, this_day
from tests.helpers.cases import topics
from tests.helpers.finding import findable
from tests.helpers.jobs import run_jobs, waiting_jobs
from tests.helpers.waiting import PATIENCE, until
from tests.listings.writing.test_editing import WHOLE, edits, where
from tests.listings.writing.test_sending import actions, cases, state

WAITS_FOR_A_LOCK = (
    "SELECT TRUE FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() LIMIT 1"
)
LONG_AGO = datetime.now(UTC) - timedelta(days=61)


@pytest.mark.parametrize("outcome", ["fulfilled", "withdrawn"])
async def test_an_author_ends_an_ad_and_says_how(browser, anne, outcome):
    await browser.sign_in(anne)
    ad = await published(anne)
    await run_jobs()
    assert "Comment se termine-t-elle" in (await browser.get(f"/annonces/{ad.id}/cloture")).text

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/cloture", outcome=outcome))

    assert "Votre annonce est terminée." in page.text
    kept = await state(ad)
    assert (kept.status, kept.outcome) == ("closed", outcome)
    assert kept.closed_at is not None
    assert await actions(ad) == ["listing.closed"]
    assert await findable(ad.id) is None


@pytest.mark.parametrize("outcome", ["", "expired", "paid"])
async def test_an_end_is_one_of_those_proposed(browser, anne, outcome):
    await browser.sign_in(anne)
    ad = await published(anne)

    answer = await browser.submit(f"/annonces/{ad.id}/cloture", outcome=outcome)

    assert answer.status_code == 422
    assert 'id="outcome-error"' in answer.text
    assert (await state(ad)).status == "published"


async def test_ending_twice_says_it_is_done(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)
    await browser.submit(f"/annonces/{ad.id}/cloture", outcome="fulfilled")

    again = await browser.submit(f"/annonces/{ad.id}/cloture", outcome="withdrawn")

    assert again.status_code == 409
    assert "déjà terminée" in again.text
    assert (await state(ad)).outcome == "fulfilled"


async def test_a_second_click_on_ending_leads_where_the_first_did(browser, anne):
    await browser.sign_in(anne)
    ad = await published(anne)
    for _ in range(2):
        browser.cookies.pop("fait", None)
        page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/cloture", outcome="withdrawn"))

    assert page.url.path == "/mes-annonces"
    assert "C’est déjà fait." in page.text
    assert await actions(ad) == ["listing.closed"]


@pytest.mark.commits
async def test_ending_in_two_windows_at_once_ends_once(browser, another_browser, anne):
    ad = await published(anne)
    for window in (browser, another_browser):
        await window.sign_in(anne)
        await window.get("/charte")

    answers = await asyncio.gather(
        *(window.submit(f"/annonces/{ad.id}/cloture", outcome="fulfilled") for window in (browser, another_browser))
    )

    assert [answer.status_code for answer in answers] in ([303, 303], [303, 409], [409, 303])
    assert await actions(ad) == ["listing.closed"]


async def test_ending_an_ad_withdraws_its_waiting_edit_but_not_a_report(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)
    await database.execute(
        "INSERT INTO moderation_case (kind, listing, author, category, department, due_at, opened_at)"
        " VALUES ('listing', $1, $2, 'childcare', '29', now(), now())",
        ad.id,
        emilie.id,
    )

    await browser.submit(f"/annonces/{ad.id}/cloture", outcome="withdrawn")

    assert await edits(ad) == ["withdrawn"]
    assert {case["kind"]: case["closed_at"] is None for case in await cases(ad)} == {"edit": False, "listing": True}


async def test_ads_past_their_term_close_by_themselves(anne):
    old, new = await published(anne, published_at=LONG_AGO), await published(anne)
    others = [await draft(anne), await pending(anne), await closed(anne), await removed(anne)]
    before = [(await state(ad)).status for ad in others]
    await run_jobs()

    await let_time_pass_every_hour.func(timestamp=0)

    kept = await state(old)
    assert (kept.status, kept.outcome) == ("closed", "expired")
    assert (await state(new)).status == "published"
    assert [(await state(ad)).status for ad in others] == before
    assert await findable(old.id) is None
    assert await findable(new.id)
    assert await actions(old) == ["listing.expired"]


async def test_its_author_hears_that_it_is_over_once_and_is_led_to_what_they_can_do(browser, anne):
    old = await published(anne, published_at=LONG_AGO)
    await notify(anne.id, Topic.listing_ending, thing=old.id, about=old.title, path=f"/annonces/{old.id}")
    for _ in range(2):
        await expire_ads()
    unread = await database.rows("SELECT topic, path FROM notification WHERE member = $1 AND read_at IS NULL", anne.id)
    assert [tuple(row) for row in unread] == [("listing_expired", f"/annonces/{old.id}")]
    page = await (await browser.sign_in(anne)).get(unread[0]["path"])
    assert f"/annonces/{old.id}/reprise" in page.text
    assert [name for name, _ in await waiting_jobs()].count("notifications.mail") == 1


async def test_the_author_of_what_goes_on_is_not_asked_to_take_it_up_again(anne, bilal):
    ad = (await agreed(anne, bilal, this_day(3), this_day(80))).ad
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 minute' WHERE id = $1", ad.id)
    await expire_ads()
    assert "listing_over" in await topics(anne)


async def test_expiring_again_changes_nothing(anne):
    old = await published(anne, published_at=LONG_AGO)
    assert await expire_ads() == 1
    version = (await state(old)).version

    assert await expire_ads() == 0
    assert (await state(old)).version == version


async def test_many_ads_expire_a_few_at_a_time(anne, monkeypatch):
    monkeypatch.setattr("listings.life.expiring.AT_ONCE", 2)
    for _ in range(5):
        await published(anne, published_at=LONG_AGO)

    assert await expire_ads() == 5


async def test_an_ad_that_expires_loses_its_waiting_edit(browser, emilie):
    await browser.sign_in(emilie)
    ad = await published(emilie)
    await browser.submit(where(ad), **WHOLE)
    await database.execute("UPDATE listing SET expires_at = now() WHERE id = $1", ad.id)

    await expire_ads()

    assert await edits(ad) == ["withdrawn"]


async def test_my_ads_stand_by_their_state_with_the_next_step(browser, anne, bilal):
    await browser.sign_in(anne)
    ads = {kind.__name__: await kind(anne) for kind in (draft, pending, published, closed, removed)}
    theirs = await published(bilal, title="Une annonce de Bilal")

    page = (await browser.get("/mes-annonces")).text

    for step in ("draft/brouillon", "pending/reprise", "published/modification", "published/cloture"):
        kind, way = step.split("/")
        assert f"/annonces/{ads[kind].id}/{way}" in page, step
    for kind in ("pending", "published", "closed", "removed"):
        assert f'href="/annonces/{ads[kind].id}"' in page
    assert str(theirs.id) not in page


async def test_ended_ads_come_a_page_at_a_time(browser, anne):
    await browser.sign_in(anne)
    for number in range(27):
        await closed(anne, title=f"Annonce terminée {number:02}")

    first = (await browser.get("/mes-annonces")).text
    older = first.split("/mes-annonces?apres=")[1].split('"')[0]
    second = (await browser.get(f"/mes-annonces?apres={older}")).text

    assert first.count("Annonce terminée ") == 25
    assert second.count("Annonce terminée ") == 2
    assert (await browser.get("/mes-annonces?apres=nonsense")).status_code == 200


@pytest.mark.commits
async def test_who_withdraws_while_the_term_comes_is_not_counted_on(anne, bilal):
    made = await agreed(anne, bilal, this_day(3), this_day(80))
    ad = made.ad.id
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 minute' WHERE id = $1", ad)
    is_held, may_end = asyncio.Event(), asyncio.Event()

    async def withdraw():
        async with transaction():
            await uncommit(ad, bilal.id, None, None)
            is_held.set()
            await may_end.wait()

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as both:
        both.create_task(withdraw())
        await is_held.wait()
        both.create_task(expire_ads())
        await until(lambda: database.value(WAITS_FOR_A_LOCK))
        may_end.set()

    kept = await state(made.ad)
    assert (kept.status, kept.outcome) == ("closed", "expired")
