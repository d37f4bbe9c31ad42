"""The job that ends, reminds and erases dies at the worst moment; the next run does what is left, nothing twice."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.database import transaction
from app.settings import settings
from listings.life.passing import let_time_pass
from listings.photos.files import Size, keep, photo_file
from tests.helpers.ads import closed, published
from tests.helpers.cases import told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.waiting import PATIENCE, until
from tests.helpers.worker import jobs, one_round, process
from tests.listings.life.test_closing import WAITS_FOR_A_LOCK

pytestmark = pytest.mark.commits

KILLED_WHILE = """
import asyncio
import os
import signal

from app import database
from listings.life import {module}
from listings.life.passing import let_time_pass

{module}.AT_ONCE = 1
before = {module}.{function}
calls = 0


async def dies(*given, **named):
    global calls
    calls += 1
    if calls == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return await before(*given, **named)


{module}.{function} = dies


async def run():
    async with database.connection_pool():
        await let_time_pass()


asyncio.run(run())
"""


@pytest.fixture(autouse=True)
def mailbox():
    empty_mailbox()
    yield
    empty_mailbox()


async def killed_while(module: str, function: str) -> None:
    async with process(KILLED_WHILE.format(module=module, function=function)) as dying:
        assert await asyncio.wait_for(dying.wait(), 30) == -9


async def ending(author):
    return await published(author, published_at=datetime.now(UTC) - timedelta(days=55))


async def test_killed_while_it_reminds_everyone_is_told_once(anne, bilal):
    for author in (anne, bilal):
        await ending(author)
    await killed_while("reminding", "notify")
    assert await database.value("SELECT count(*) FROM listing WHERE reminded_at IS NOT NULL") == 1

    await let_time_pass()
    await one_round()

    for author in (anne, bilal):
        assert [topic for topic, _ in await told(author)] == ["listing_ending"]
        assert len(letters_to(author.email)) == 1


async def test_an_ad_still_held_by_a_run_that_died_is_waited_for_not_passed_over(anne, bilal):
    """The database learns a moment later that the process is gone."""
    ads = [await ending(author) for author in (anne, bilal)]
    is_held, may_go = asyncio.Event(), asyncio.Event()

    async def hold():
        async with transaction():
            await database.execute("SELECT FROM listing WHERE id = $1 FOR UPDATE", ads[1].id)
            is_held.set()
            await may_go.wait()

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as both:
        both.create_task(hold())
        await is_held.wait()
        both.create_task(let_time_pass())
        await until(lambda: database.value(WAITS_FOR_A_LOCK))
        may_go.set()
    for author in (anne, bilal):
        assert [topic for topic, _ in await told(author)] == ["listing_ending"]


async def test_killed_after_reminding_and_before_the_letter_it_leaves_later(anne):
    await ending(anne)
    await let_time_pass()
    assert not list(settings().mail_dir.glob("*.eml"))
    await let_time_pass()
    await one_round()
    await one_round()
    assert len(letters_to(anne.email)) == 1


async def test_killed_while_it_ends_ads_those_who_wait_are_told_once(anne):
    for _ in range(3):
        await published(anne, published_at=datetime.now(UTC) - timedelta(days=61))
    await killed_while("expiring", "tell_all_who_wait")
    states = "SELECT array_agg(status ORDER BY status)::text[] FROM listing"
    assert await database.value(states) == ["closed", "published", "published"]

    await let_time_pass()

    assert await database.value(states) == 3 * ["closed"]
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'listing.expired'") == 3


async def test_killed_while_it_erases_no_file_is_forgotten_and_none_is_left(anne):
    photos = []
    for _ in range(3):
        ad = await closed(anne)
        photo = await database.value(
            "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", ad.id
        )
        keep(photo, dict.fromkeys(Size, b"RIFF"))
        photos.append(photo)
    await database.execute("UPDATE listing SET closed_at = now() - interval '1 year'")
    await killed_while("erasing", "_forget_news")
    assert await database.value("SELECT count(*) FROM listing") == 2
    assert await database.value("SELECT count(*) FROM photo") == 2
    assert all(photo_file(photo, Size.thumb).exists() for photo in photos), "files go after the rows, by a job"

    await let_time_pass()
    await one_round()

    assert await database.value("SELECT count(*) FROM listing") == 0
    assert not any(photo_file(photo, size).exists() for photo in photos for size in Size)
    assert await jobs() == {}


async def test_three_runs_at_once_do_it_once(anne, bilal):
    for author in (anne, bilal):
        await ending(author)
    for _ in range(4):
        await published(anne, published_at=datetime.now(UTC) - timedelta(days=61))
    await asyncio.gather(*(let_time_pass() for _ in range(3)))
    await one_round()
    assert len(letters_to(bilal.email)) == 1
    assert len(letters_to(anne.email)) == 2, "the one about the ad that ends soon, and one for the four that ended"
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'listing.expired'") == 4
