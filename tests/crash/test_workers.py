"""A process dies at the worst moment: nothing is lost, nothing is done by halves."""

import asyncio

import pytest

from app import database
from app.jobs import defer, queue
from app.schedule import revive_jobs
from search.engine import engine
from search.jobs import check_index, follow_author
from tests.helpers.finding import indexed
from tests.helpers.jobs import index_follows
from tests.helpers.worker import THAT_HANGS, jobs, one_round, process

pytestmark = pytest.mark.commits

CHANGE = """
import asyncio
import os
import signal

from app import database
from members.tables import Member
from tests.helpers.ads import published


async def change():
    async with database.connection_pool():
        anne = await Member.objects().first()
        async with database.transaction():
            await published(anne, title="Poussette tombée du camion")
            {before}
        {after}


asyncio.run(change())
"""
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"


async def found(browser, words: str) -> bool:
    page = await browser.get("/annonces", params={"q": words})
    assert page.status_code == 200
    return "/annonces/" in page.text.partition('class="cards"')[2]


async def test_killed_after_the_change_the_ad_is_findable_later(browser, index, anne):
    await browser.sign_in(anne)
    async with process(CHANGE.format(before="pass", after=KILLED)) as killed:
        assert await asyncio.wait_for(killed.wait(), 30) == -9
    assert not await indexed(engine(), "poussette")
    await index_follows()
    assert await indexed(engine(), "poussette")
    assert await found(browser, "poussette")


async def test_killed_before_the_commit_nothing_of_the_change_is_there(anne):
    async with process(CHANGE.format(before=KILLED, after="pass")) as killed:
        assert await asyncio.wait_for(killed.wait(), 30) == -9
    assert await jobs() == {}
    assert await database.value("SELECT count(*) FROM listing") == 0
    assert await database.value("SELECT count(*) FROM search_document") == 0


async def test_a_worker_killed_in_the_middle_of_a_job_leaves_it_to_another():
    await defer(check_index)
    async with process(THAT_HANGS) as worker:
        assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"started\n"
        assert await jobs() == {"doing": 1}
        worker.kill()
        await asyncio.wait_for(worker.wait(), 30)
    await one_round()
    assert await jobs() == {"doing": 1}, "a worker that may still live keeps its job"

    await _a_minute_later()
    async with queue.open_async():
        await revive_jobs(timestamp=0)
    assert await jobs() == {"todo": 1}
    await one_round()
    assert await jobs() == {}


async def test_what_follows_under_the_same_lock_waits_for_the_revived_job(anne):
    """Jobs of one lock run in order: the later one is not lost behind the stalled one."""
    await defer(check_index, lock="one after the other")
    async with process(THAT_HANGS) as worker:
        assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"started\n"
        await defer(follow_author, lock="one after the other", author=anne.id)
        worker.kill()
        await asyncio.wait_for(worker.wait(), 30)
    await one_round()
    assert await jobs() == {"doing": 1, "todo": 1}
    await _a_minute_later()
    async with queue.open_async():
        await revive_jobs(timestamp=0)
    await one_round()
    assert await jobs() == {}


async def _a_minute_later() -> None:
    await database.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
