"""What two requests or two runs do at the same moment, really committed."""

import asyncio

import pytest

from app import database
from exchanges.stays.access import confirmed_for
from exchanges.stays.confirmed import confirmed_of
from exchanges.stays.finishing import finish_past_swaps
from exchanges.stays.kinds import Item
from exchanges.stays.preparing import PreparingForm, tick
from exchanges.stays.reminding import remind_before_stays
from tests.helpers.stays import gives_card, readings, swapped
from tests.moderation.cases.people import as_me

pytestmark = pytest.mark.commits


async def test_two_runs_finish_an_exchange_once(anne, bilal):
    await swapped(anne, bilal, starts=-8, nights=7)
    await asyncio.gather(*(finish_past_swaps() for _ in range(4)))
    assert await database.value("SELECT count(*) FROM help") == 2
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'swap.done'") == 1
    assert await database.value("SELECT sum(families_helped) FROM member") == 2


async def test_two_runs_remind_once(anne, bilal):
    await swapped(anne, bilal, starts=10)
    await asyncio.gather(*(remind_before_stays() for _ in range(4)))
    assert await database.value("SELECT sum(times) FROM notification WHERE topic = 'stay_reminder'") == 2


async def test_a_list_sent_twice_at_once_is_one_of_the_two(anne, bilal):
    swap = await swapped(anne, bilal)
    found = await confirmed_for(swap.id, anne.id)
    one, other = PreparingForm(item=[Item.keys]), PreparingForm(item=[Item.keys, Item.insurer])
    await asyncio.gather(*(tick(found, form) for form in (one, other) * 5))
    seen = await confirmed_of(swap.id, as_me(anne))
    assert Item.keys in {prepared.item for prepared in seen.preparations if prepared.ticked}


async def test_readings_at_once_are_each_noted(browser, another_browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(bilal)
    answers = await asyncio.gather(*(one.get(swap.her_door) for one in (browser, another_browser) * 5))
    assert {answer.status_code for answer in answers} == {200} and await readings(swap.at_hers) == 10
