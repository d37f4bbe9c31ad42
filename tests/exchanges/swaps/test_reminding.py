"""A day before a proposal ends, whoever said nothing hears of it once; whoever is asked reads how many would come."""

import asyncio

import pytest

from app import database
from exchanges.kinds import Reason
from exchanges.swaps.answering import accept, decline
from exchanges.swaps.reminding import remind_of_answers
from tests.helpers.browser import words
from tests.helpers.cases import told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs
from tests.helpers.swaps import accepted, asked, host, proposed

REMINDER = "swap_unanswered"


@pytest.fixture
async def pair(anne, bilal):
    return await host(anne, 6), await host(bilal, 6, commune="29232")


async def is_left(swap, left: str) -> None:
    await database.execute("UPDATE swap SET answer_by = now() + $2::text::interval WHERE id = $1", swap, left)


async def reminders(member) -> int:
    return [topic for topic, _ in await told(member)].count(REMINDER)


async def test_who_said_nothing_hears_of_it_once_a_day_before(anne, bilal, pair):
    swap = await proposed(*pair)
    await accept(swap, bilal.id)
    await is_left(swap, "25 hours")
    assert await remind_of_answers() == 0
    await is_left(swap, "23 hours")
    await run_jobs()
    empty_mailbox()
    await database.execute("DELETE FROM news_mail")
    for expected in (1, 0):
        assert await remind_of_answers() == expected
        assert (await reminders(anne), await reminders(bilal)) == (1, 0)
    assert (REMINDER, f"/echanges/{swap}") in await told(anne)
    await run_jobs()
    assert len(letters_to(anne.email)) == 1 and not letters_to(bilal.email)


async def test_who_answered_or_is_asked_last_or_too_late_hears_nothing(anne, bilal, pair):
    swap = await proposed(*pair)
    await database.execute("UPDATE swap_party SET asked_last = TRUE WHERE member = $1", anne.id)
    await is_left(swap, "-1 hour")
    assert await remind_of_answers() == 0
    await is_left(swap, "2 hours")
    assert await remind_of_answers() == 1
    assert (await reminders(anne), await reminders(bilal)) == (0, 1)
    await decline(swap, bilal.id, Reason.weeks)
    assert await remind_of_answers() == 0


@pytest.mark.commits
async def test_two_workers_at_once_tell_once(anne, bilal, pair):
    swap = await proposed(*pair)
    await is_left(swap, "2 hours")
    await asyncio.gather(remind_of_answers(), remind_of_answers())
    assert (await reminders(anne), await reminders(bilal)) == (1, 1)


async def party_of(member, size: int) -> None:
    await database.execute("UPDATE exchanger SET party_size = $2 WHERE member = $1", member.id, size)


async def test_a_proposal_says_how_many_would_come(browser, anne, bilal, pair):
    await party_of(bilal, 4)
    swap = await proposed(*pair)
    await browser.sign_in(anne)
    assert "quatre personnes en tout, enfants compris" in words(await browser.get(f"/echanges/{swap}"))


async def test_once_all_said_yes_it_still_says_how_many(browser, anne, bilal, pair):
    await party_of(bilal, 3)
    swap = await accepted(*pair)
    await browser.sign_in(anne)
    assert "Trois personnes en tout" in words(await browser.get(f"/echanges/{swap}"))


async def test_who_is_asked_reads_how_many_and_who_asks_does_not_read_it_of_the_other(browser, anne, bilal, pair):
    await party_of(anne, 5)
    await party_of(bilal, 3)
    swap = await asked(*pair)
    await browser.sign_in(bilal)
    assert "Cinq personnes en tout" in words(await browser.get(f"/echanges/{swap}"))
    await browser.sign_in(anne)
    assert "personnes en tout" not in words(await browser.get(f"/echanges/{swap}"))


async def test_who_never_said_how_many_they_are_is_not_said_to_be_two(browser, anne, bilal, pair):
    swap = await asked(*pair)
    await database.execute("DELETE FROM exchanger WHERE member = $1", anne.id)
    await browser.sign_in(bilal)
    assert "personnes en tout" not in words(await browser.get(f"/echanges/{swap}"))
