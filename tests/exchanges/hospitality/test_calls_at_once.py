"""Two neighbours say yes in the same moment: one is proposed to the guest, the other waits."""

import asyncio
import contextvars

import pytest

from app import database, dates
from exchanges.hospitality.answering import say_yes
from exchanges.hospitality.asking import go_on
from exchanges.swaps.withdrawing import withdraw
from tests.helpers.cast import belonging, person
from tests.helpers.homes import a_home
from tests.helpers.roofs import WEEK, confirmed_pair, exchanges_homes, saturday

pytestmark = pytest.mark.commits
FIRST = saturday()


async def at_once(*doing) -> list[object]:
    """Each on a connection of its own."""
    tasks = [asyncio.create_task(one, context=contextvars.Context()) for one in doing]
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_the_first_yes_wins_and_nobody_is_asked_twice(anne, bilal, emilie, body):
    hosts = [emilie, *[await belonging(await person(f"Voisine{number}", "29232"), body) for number in range(3)]]
    home, theirs = await a_home(anne), await a_home(bilal, commune="29232")
    for one in (anne, bilal):
        await exchanges_homes(one, free=[FIRST], away=[FIRST])
    for one in hosts:
        await a_home(one, commune="29232")
        await exchanges_homes(one, ways=["hosting"], free=[FIRST])
    swap = await confirmed_pair(anne, home, bilal, theirs, FIRST, FIRST + WEEK)
    await withdraw(swap, bilal.id)
    call = await database.value("SELECT id FROM hospitality_call")

    assert await at_once(*(go_on(call, dates.now()) for _ in range(3))) == [None] * 3
    assert await database.value("SELECT count(*) FROM hospitality_asked") == len(hosts)
    assert await database.value("SELECT sum(times) FROM notification WHERE topic = 'roof_needed'") == len(hosts)

    said = await at_once(*(say_yes(call, one.id, dates.now()) for one in hosts), say_yes(call, emilie.id, dates.now()))
    assert said == [None] * (len(hosts) + 1)
    assert await database.value("SELECT count(*) FROM hospitality_asked WHERE said = 'yes'") == len(hosts)
    assert await database.value("SELECT count(*) FROM hospitality_asked WHERE swap IS NOT NULL") == 1
    assert await database.value("SELECT count(*) FROM swap WHERE form = 'hospitality'") == 1
