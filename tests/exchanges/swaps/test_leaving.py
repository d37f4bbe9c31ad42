"""Withdrawing, a home that leaves, a block, a suspension: it ends for all, and who is left is helped first."""

from datetime import timedelta

import pytest

from app import database
from app.dates import today
from exchanges.swaps.leaving import home_left, member_left
from exchanges.swaps.passing import let_swaps_pass
from listings.life.erasing import erase_old_ads
from listings.life.steps import Step, move
from members.blocking import block
from tests.exchanges.swaps.test_answering import ended_why, told
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs
from tests.helpers.sanctions import taken
from tests.helpers.swaps import accepted, confirmed, host, proposed, requested, state_of

STATES = {"proposed": proposed, "accepted": accepted, "confirmed": confirmed}


@pytest.fixture
async def homes(anne, bilal, emilie):
    weeks = (1, 2, 6)
    return [
        await host(anne, *weeks),
        await host(bilal, *weeks, commune="29232"),
        await host(emilie, *weeks, commune="35238"),
    ]


async def calls() -> list:
    return await database.rows("SELECT guest FROM hospitality_call ORDER BY opened_at")


async def began(swap) -> None:
    await database.execute(
        "UPDATE stay SET first = $2, last = $3 WHERE swap = $1",
        swap,
        today() - timedelta(days=2),
        today() + timedelta(5),
    )


async def test_a_withdrawal_frees_everybody_and_the_others_are_matched_again(
    browser, another_browser, anne, bilal, homes
):
    swap = await confirmed(*homes[:2])
    await database.execute("DELETE FROM match_asked")
    await browser.sign_in(anne)
    page = words(await browser.get(f"/echanges/{swap}/retrait"))
    assert "Cela arrive à tout le monde" in page
    left = await browser.follow(await browser.submit(f"/echanges/{swap}/retrait"))
    assert "nous cherchons déjà autre chose" in words(left)
    assert (await state_of(swap), await ended_why(swap)) == ("dissolved", "withdrawn")
    assert await database.value("SELECT count(*) FROM engagement") == 0
    assert {row["member"] for row in await database.rows("SELECT member FROM match_asked")} == {anne.id, bilal.id}
    assert (await told(bilal, "swap_called_off"), await told(anne, "swap_called_off")) == (1, 0)
    await another_browser.sign_in(bilal)
    talk = await database.value("SELECT conversation FROM stay WHERE swap = $1 LIMIT 1", swap)
    thread = words(await another_browser.get(f"/messages/{talk}"))
    assert "L’échange n’aura pas lieu." in thread and "retiré" not in thread
    assert await database.value("SELECT count(*) FROM exchanger WHERE served_at IS NOT NULL") == 0
    assert not await calls()


async def test_shortly_before_the_stay_a_roof_is_looked_for_before_anybody_is_told(browser, anne, bilal, homes):
    swap = await confirmed(*homes[:2], week=1)
    await browser.sign_in(anne)
    await browser.submit(f"/echanges/{swap}/retrait")
    assert [row["guest"] for row in await calls()] == [bilal.id]
    order = await database.rows(
        "SELECT topic FROM notification WHERE member = $1 AND topic IN ('roof_sought', 'swap_called_off') ORDER BY id",
        bilal.id,
    )
    assert [row["topic"] for row in order] == ["roof_sought", "swap_called_off"]


async def test_only_stays_that_are_near_are_called_for(browser, anne, bilal, emilie, homes):
    swap = await confirmed(*homes, week=1)
    far = today() + timedelta(days=120)
    await database.execute("UPDATE stay SET first = $2, last = $2::date + 7 WHERE swap = $1 AND guest = $3",
        swap, far, emilie.id)  # fmt: skip
    await browser.sign_in(anne)
    await browser.submit(f"/echanges/{swap}/retrait")
    assert [row["guest"] for row in await calls()] == [bilal.id]


async def test_a_loop_ends_whole_and_all_others_are_called_for(browser, anne, bilal, emilie, homes):
    swap = await confirmed(*homes, week=1)
    await browser.sign_in(anne)
    await browser.submit(f"/echanges/{swap}/retrait")
    assert {row["guest"] for row in await calls()} == {bilal.id, emilie.id}


async def test_nothing_is_left_before_a_yes_nor_while_somebody_is_there(browser, anne, homes):
    await browser.sign_in(anne)
    swap = await proposed(*homes[:2])
    assert (await browser.submit(f"/echanges/{swap}/retrait")).status_code == 409
    await database.execute("DELETE FROM swap")
    swap = await confirmed(*homes[:2])
    await began(swap)
    there = await browser.submit(f"/echanges/{swap}/retrait")
    assert there.status_code == 409 and "Le séjour a commencé" in words(there)
    assert "Je ne peux plus" not in words(await browser.get(f"/echanges/{swap}"))


async def test_the_other_s_withdrawal_finds_it_over(browser, anne, bilal, homes):
    swap = await accepted(*homes[:2])
    await browser.sign_in(anne)
    await browser.submit(f"/echanges/{swap}/retrait")
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/echanges/{swap}/retrait")).status_code == 409


@pytest.mark.parametrize(("state", "step", "after"), [
    ("proposed", Step.withdraw, "dissolved"),
    ("proposed", Step.send_back, "dissolved"),
    ("proposed", Step.remove, "dissolved"),
    ("accepted", Step.withdraw, "accepted"),
    ("accepted", Step.remove, "dissolved"),
    ("confirmed", Step.withdraw, "confirmed"),
    ("confirmed", Step.remove, "dissolved"),
])  # fmt: skip
async def test_a_home_that_leaves(state, step, after, homes):
    swap = await STATES[state](*homes[:2])
    await move(homes[1].id, step)
    await home_left(homes[1].id)
    assert await state_of(swap) == after
    assert bool(await database.value("SELECT count(*) FROM engagement")) == (after != "dissolved")


@pytest.mark.parametrize("state", [state for state in STATES if state != "proposed"])
async def test_a_block_ends_what_they_have_together_and_says_nothing_of_itself(state, browser, anne, bilal, homes):
    swap = await STATES[state](*homes[:2])
    await block(anne.id, bilal.id)
    await run_jobs()
    assert (await state_of(swap), await ended_why(swap)) == ("dissolved", "blocked")
    await browser.sign_in(bilal)
    page = words(await browser.get(f"/echanges/{swap}"))
    assert "n’aura pas lieu" in page and "Anne" not in page and "bloqu" not in page


async def test_a_block_while_nobody_knows_who_the_others_are_ends_it_like_a_silence(browser, anne, bilal, homes):
    swap = await proposed(*homes[:2])
    await block(anne.id, bilal.id)
    await run_jobs()
    for member in (bilal, anne):
        await browser.sign_in(member)
        page = await browser.follow(await browser.submit(f"/echanges/{swap}/accord"))
        assert "Nous attendons les autres réponses" in words(page)
    assert await state_of(swap) == "proposed"
    await database.execute("UPDATE swap SET answer_by = now() WHERE id = $1", swap)
    await let_swaps_pass()
    assert await ended_why(swap) == "silence"


@pytest.mark.parametrize("state", STATES)
async def test_a_suspension_ends_ones_exchanges(state, anne, bilal, emilie, denis, chloe, homes):
    swap = await STATES[state](*homes[:2])
    await taken(bilal, "suspension", 14, by=denis, second=chloe)
    await run_jobs()
    assert (await state_of(swap), await ended_why(swap)) == ("dissolved", "suspended")


async def test_nobody_is_put_out_of_a_home_where_they_stay(bilal, homes):
    swap = await confirmed(*homes[:2])
    await began(swap)
    await member_left(bilal.id)
    await let_swaps_pass()
    assert await state_of(swap) == "confirmed"


async def test_what_a_lost_job_left_is_ended_by_the_sweep(anne, bilal, homes):
    swap = await requested(homes[0], homes[1])
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", anne.id, bilal.id)
    await let_swaps_pass()
    assert await ended_why(swap) == "blocked"


async def test_a_home_that_is_expected_of_is_not_erased(bilal, homes):
    swap = await confirmed(*homes[:2])
    await move(homes[1].id, Step.withdraw)
    await database.execute("UPDATE listing SET closed_at = now() - interval '1 year' WHERE id = $1", homes[1].id)
    await erase_old_ads()
    await let_swaps_pass()
    assert await state_of(swap) == "confirmed" and await database.value("SELECT count(*) FROM stay") == 2
    await member_left(bilal.id)
    await erase_old_ads()
    assert not await database.value("SELECT count(*) FROM listing WHERE id = $1", homes[1].id)


@pytest.mark.parametrize("size", [2, 3])
async def test_an_exchange_without_one_of_its_members_ends(size, bilal, homes):
    swap = await confirmed(*homes[:size])
    await database.execute("DELETE FROM member WHERE id = $1", bilal.id)
    await let_swaps_pass()
    assert await state_of(swap) == "dissolved"
    assert await database.value("SELECT count(*) FROM engagement") == 0
