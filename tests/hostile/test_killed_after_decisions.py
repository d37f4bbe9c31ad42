"""Jobs that follow a decision and die in the middle: the next run goes on."""

import asyncio

import pytest

from app import database
from moderation.cases.erasing import let_time_pass_over_cases
from moderation.sanctions.following import follow_everybody
from tests.helpers import ads
from tests.helpers.appeals import removed_ad
from tests.helpers.counting import count, logged
from tests.helpers.sanctions import taken
from tests.helpers.waiting import PATIENCE
from tests.helpers.worker import process
from tests.moderation.cases.test_erasing import ago

KILLED = """
import asyncio
import os
import signal

from app import database
import {module} as module

before = module.{function}
calls = 0


async def dies(*given, **named):
    global calls
    calls += 1
    if calls == 2:
        {first}os.kill(os.getpid(), signal.SIGKILL)
    return await before(*given, **named)


module.{function} = dies


async def run():
    async with database.connection_pool():
        await module.{job}()


asyncio.run(run())
"""
AFTER = "await before(*given, **named); "


async def killed_in(module: str, function: str, job: str, first: str) -> None:
    async with process(KILLED.format(module=module, function=function, job=job, first=first)) as dying:
        assert await asyncio.wait_for(dying.wait(), PATIENCE) == -9


@pytest.mark.commits
@pytest.mark.parametrize("first", ["", AFTER])
async def test_killed_while_it_erases_what_nobody_may_contest_the_next_run_goes_on(anne, chloe, first):
    for _ in range(3):
        await ago(await removed_ad(anne, chloe))
    await killed_in("moderation.cases.erasing", "_erase_thing", "let_time_pass_over_cases", first)
    blanked = "SELECT count(*) FROM listing WHERE body = ''"
    assert await database.value(blanked) == 1
    assert await database.value("SELECT count(*) FROM moderation_case WHERE erased_at IS NOT NULL") == 1

    await let_time_pass_over_cases()

    assert await database.value(blanked) == 3
    assert await logged("case.erased") == 3
    assert await count("evidence") == 0


@pytest.mark.commits
@pytest.mark.parametrize("first", ["", AFTER])
async def test_killed_while_it_sets_the_ads_of_a_suspended_member_aside(anne, chloe, denis, first):
    mine = [await ads.published(anne) for _ in range(3)]
    await taken(anne, "suspension", 14, by=chloe, second=denis)
    await killed_in("moderation.sanctions.following", "set_aside", "follow_everybody", first)
    states = "SELECT array_agg(status::text ORDER BY status) FROM listing WHERE id = ANY($1::uuid[])"
    ids = [ad.id for ad in mine]
    assert (await database.value(states, ids)).count("aside") == (2 if first else 1)

    await follow_everybody()

    assert await database.value(states, ids) == ["aside"] * 3
