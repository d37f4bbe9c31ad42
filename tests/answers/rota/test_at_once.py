"""Several at the same moment, and workers that die: nothing twice, nothing lost."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from answers.rota.asking import find_for_all_due, look_for_somebody
from app import database, dates
from listings.schedules.schedule import Schedule, Weekly
from tests.helpers.agreed import this_day
from tests.helpers.browser import words
from tests.helpers.cases import told, topics
from tests.helpers.rotas import school_run, takes
from tests.helpers.worker import jobs, one_round, process

pytestmark = pytest.mark.commits

IN_DAYS = 4

THAT_DIES = """
import asyncio

from answers.rota import asking
from app import database
from app.jobs import queue


async def die(*_, **__):
    print("asked", flush=True)
    await asyncio.sleep(600)


async def work():
    asking._come_back = die
    queue.perform_import_paths()
    queue.periodic_registry.periodic_tasks.clear()
    async with database.connection_pool(), queue.open_async():
        await queue.run_worker_async(concurrency=1, update_heartbeat_interval=1)


asyncio.run(work())
"""
"""Asks somebody, and dies before it is written down."""


async def every_day(anne, *helpers):
    """A week in which each helper has one seat every day."""
    weekly = Schedule(weekly=Weekly(days=tuple(range(7)), since=this_day()))
    ad = await school_run(anne, schedule=weekly, seats=3)
    for seat, helper in enumerate(helpers, 1):
        await takes(ad, helper, str((this_day(IN_DAYS).weekday() + seat - 1) % 7), since=this_day())
    return ad


async def released(browser, member, ad) -> UUID:
    await browser.sign_in(member)
    await browser.submit(f"/annonces/{ad.id}/semaine/absence", day=this_day(IN_DAYS).isoformat())
    return await database.value("SELECT id FROM slot_release")


async def count(what: str) -> int:
    return await database.value(f"SELECT count(*) FROM {what}")


async def test_two_who_say_yes_at_once_are_one_who_comes(browser, another_browser, anne, bilal, farid, emilie):
    ad = await every_day(anne, bilal, farid, emilie)
    release = await released(browser, bilal, ad)
    await browser.sign_in(farid)
    await another_browser.sign_in(emilie)
    for each in (browser, another_browser):
        await each.get("/charte")
    answers = await asyncio.gather(*(each.submit(f"/creneaux/{release}/oui") for each in (browser, another_browser)))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "Quelqu’un vient déjà d’accepter" in words(late)
    assert (await topics(bilal)).count("slot_covered") == 1


async def test_two_who_take_the_last_place_at_once(browser, another_browser, anne, bilal, farid):
    ad = await every_day(anne, bilal, farid)
    await database.execute("UPDATE listing SET quantity = 1, places = 7, reserved = 2")
    day = this_day(IN_DAYS + 2).isoformat()
    await browser.sign_in(bilal)
    await another_browser.sign_in(farid)
    for each in (browser, another_browser):
        await each.get("/charte")
    for weekly in ({"weekly": "on"}, {}):
        before = await count("commitment")
        answers = await asyncio.gather(
            *(each.submit(f"/annonces/{ad.id}/semaine/prise", day=day, **weekly) for each in (browser, another_browser))
        )
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        assert await count("commitment") == before + 1
        day = this_day(IN_DAYS + 3).isoformat()


async def test_the_same_release_sent_six_times_at_once_is_one(browser, another_browser, anne, bilal, farid):
    ad = await every_day(anne, bilal, farid)
    for each in (browser, another_browser):
        await each.sign_in(bilal)
        await each.get("/charte")
    day = this_day(IN_DAYS).isoformat()
    answers = await asyncio.gather(
        *(each.submit(f"/annonces/{ad.id}/semaine/absence", day=day) for each in (browser, another_browser) * 3)
    )
    assert {answer.status_code for answer in answers} == {303}
    assert await count("slot_release") == 1
    assert await topics(anne) == ["slot_released"]


async def test_workers_that_look_at_once_ask_one_person(browser, anne, bilal, farid, emilie):
    ad = await every_day(anne, bilal, farid, emilie)
    release = await released(browser, bilal, ad)
    morning = dates.now().replace(hour=10) + timedelta(days=1)  # whatever the hour now, people are awake then
    await asyncio.gather(*(look_for_somebody(release, morning) for _ in range(6)))
    assert await count("slot_call") == 1
    assert await count("notification WHERE topic = 'slot_to_cover'") == 1


async def test_one_says_yes_while_the_release_is_taken_back(browser, another_browser, anne, bilal, farid):
    ad = await every_day(anne, bilal, farid)
    release = await released(browser, bilal, ad)
    await another_browser.sign_in(farid)
    for each in (browser, another_browser):
        await each.get("/charte")
    back, yes = await asyncio.gather(
        browser.submit(f"/annonces/{ad.id}/semaine/retour", day=this_day(IN_DAYS).isoformat()),
        another_browser.submit(f"/creneaux/{release}/oui"),
    )
    covered = await count("slot_release WHERE covered_by IS NOT NULL")
    assert (back.status_code == 303) == (covered == 0)
    assert (yes.status_code == 303) == (covered == 1)
    assert await count("slot_release") == covered


async def test_a_worker_killed_while_it_asks_leaves_nothing_half_done(browser, monkeypatch, anne, bilal, farid):
    ad = await every_day(anne, bilal, farid)
    await database.execute("DELETE FROM procrastinate_jobs")
    await released(browser, bilal, ad)
    await database.execute("DELETE FROM procrastinate_jobs WHERE task_name <> 'answers.find_somebody'")
    async with process(THAT_DIES) as worker:
        assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"asked\n"
        assert await jobs() == {"doing": 1}
        worker.kill()
        await asyncio.wait_for(worker.wait(), 30)
    assert await count("slot_call") == 0 and await told(farid) == []

    morning = dates.now().replace(hour=10) + timedelta(days=1)
    monkeypatch.setattr(dates, "now", lambda: morning)
    await find_for_all_due(morning)  # the sweep needs no job
    assert await count("slot_call") == 1
    await one_round()
    await find_for_all_due(morning)
    assert await topics(farid) == ["slot_to_cover"]
