"""Clicks at the same moment: each counts once, and no two exchanges hold the same days."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from app import database
from app.database import transaction
from app.refusals import Refused
from exchanges.swaps.access import swap_for
from exchanges.swaps.agreeing import Span, agree, propose_days
from exchanges.swaps.answering import accept
from exchanges.swaps.leaving import blocked, home_left
from exchanges.swaps.passing import let_swaps_pass
from listings.life.steps import Step, move
from members.blocking import block
from tests.helpers.browser import Browser
from tests.helpers.cast import belonging, person
from tests.helpers.counting import count, logged
from tests.helpers.homes import a_home
from tests.helpers.swaps import WEEK, asked, host, proposed, requested, saturday, state_of, version_of
from tests.helpers.waiting import PATIENCE

pytestmark = pytest.mark.commits


@pytest.fixture
async def homes(anne, bilal, emilie):
    return [await host(anne, 6, 7), await host(bilal, 6, 7, commune="29232"), await host(emilie, 6, 7)]


@pytest.fixture
async def browsers(app, anne, bilal, emilie):
    """Hers, his and Emilie's, each ready to send a form."""
    found = []
    for member in (anne, bilal, emilie):
        browser = Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test")
        await browser.sign_in(member)
        await browser.get("/charte")
        found.append(browser)
    yield found
    for browser in found:
        await browser.aclose()


async def all_at_once(*doing) -> list:
    async with asyncio.timeout(PATIENCE):
        return await asyncio.gather(*doing, return_exceptions=True)


def statuses(answers) -> list[int]:
    return sorted(answer.status_code for answer in answers)


async def overlaps() -> int:
    return await database.value(
        "SELECT count(*) FROM engagement g JOIN engagement h ON h.exchanger = g.exchanger AND h.id > g.id"
        " AND daterange(g.first, g.last) && daterange(h.first, h.last)"
    )


async def test_everybody_says_yes_at_the_same_moment_several_times(browsers, homes):
    swap = await proposed(*homes)
    answers = await all_at_once(*(one.submit(f"/echanges/{swap}/accord") for one in browsers for _ in range(3)))
    assert statuses(answers) == [303] * 9
    assert (await state_of(swap), await logged("swap.accepted")) == ("accepted", 1)
    assert await count("engagement") == 3
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'swap_accepted'") == 3
    assert await count("message") == 3


async def test_a_yes_and_a_no_at_the_same_moment_leave_it_whole_or_ended(browsers, homes):
    swap = await proposed(*homes[:2])
    hers, his, _ = browsers
    await hers.submit(f"/echanges/{swap}/accord")
    await all_at_once(his.submit(f"/echanges/{swap}/accord"), hers.submit(f"/echanges/{swap}/refus", reason="place"))
    state, held = await state_of(swap), await count("engagement")
    assert (state, held) in (("accepted", 2), ("dissolved", 0))


async def test_six_noes_end_it_once(browsers, homes):
    swap = await proposed(*homes[:2])
    answers = await all_at_once(*(browsers[0].submit(f"/echanges/{swap}/refus", reason="home") for _ in range(6)))
    assert statuses(answers) == [303] * 6, "the same click again is no mistake"
    assert await logged("swap.dissolved") == 1
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'swap_dissolved'") == 1


async def test_six_withdrawals_end_it_once(browsers, homes):
    swap = await requested(homes[0], homes[1])
    answers = await all_at_once(*(one.submit(f"/echanges/{swap}/retrait") for one in browsers[:2] for _ in range(3)))
    assert statuses(answers) == [*[303] * 3, *[409] * 3], "who came second left nothing"
    assert await logged("swap.dissolved") == 1


async def test_two_runs_propose_to_the_same_people_once(homes):
    swaps = await all_at_once(*(proposed(*pair) for pair in (homes[:2], homes[1:], [homes[2], homes[0]])))
    assert sum(swap is not None for swap in swaps) == 1, swaps
    assert await count("swap") == 1


async def test_two_exchanges_of_one_member_on_the_same_days_hold_them_once(homes, anne, bilal, emilie):
    first, second = await requested(homes[1], homes[0]), await requested(homes[2], homes[0])
    with_bilal = await days_proposed(first, anne)
    with_emilie = await days_proposed(second, anne)
    done = await all_at_once(agree(first, bilal.id, with_bilal), agree(second, emilie.id, with_emilie))
    assert sorted(done) == [False, True]
    assert sorted([await state_of(first), await state_of(second)]) == ["accepted", "confirmed"]
    assert await overlaps() == 0 and await count("engagement") == 2


async def days_proposed(swap, by) -> int:
    seen = await swap_for(swap, by.id)
    span = Span(saturday(6), saturday(6) + WEEK)
    await propose_days(swap, by.id, {stay.id: span for stay in seen.my_stays}, seen.version)
    return await version_of(swap)


async def test_days_from_both_at_once_are_one_proposal(browsers, homes):
    swap = await requested(homes[0], homes[1])
    fields = {"version": "1", "guest_last": saturday(9).isoformat()}
    answers = await all_at_once(
        browsers[0].submit(f"/echanges/{swap}/jours", **fields, guest_first=saturday(7).isoformat()),
        browsers[1].submit(f"/echanges/{swap}/jours", **fields, guest_first=saturday(8).isoformat()),
    )
    assert statuses(answers) == [303, 409]
    assert await version_of(swap) == 2


async def test_one_request_sent_six_times_and_six_requests_at_once(browsers, homes, body):
    once = str(uuid4())
    where = f"/logements/{homes[1].id}/echange"
    answers = await all_at_once(*(browsers[0].submit(where, form="hospitality", once=once) for _ in range(6)))
    assert statuses(answers) == [303] * 6 and await count("swap") == 1
    others = [await a_home(await belonging(await person(f"Voisin{n}", "29232"), body)) for n in range(4)]
    answers = await all_at_once(
        *(browsers[0].submit(f"/logements/{home.id}/echange", form="hospitality", once=str(uuid4())) for home in others)
    )
    assert statuses(answers) == [303, 409, 409, 409] and await count("swap") == 2


async def test_a_block_during_the_last_yes_lets_nobody_meet(browsers, homes, anne, bilal):
    swap = await asked(homes[0], homes[1])
    await all_at_once(browsers[1].submit(f"/echanges/{swap}/accord"), block(anne.id, bilal.id))
    await blocked(anne.id, bilal.id)
    assert await state_of(swap) == "dissolved" and await count("engagement") == 0


async def test_a_home_that_leaves_during_the_last_yes(homes, anne, bilal):
    swap = await proposed(*homes[:2])
    await accept(swap, anne.id)

    async def leaves() -> None:
        async with transaction():
            await move(homes[0].id, Step.withdraw)
            await home_left(homes[0].id)

    await all_at_once(accept(swap, bilal.id), leaves())
    assert (await state_of(swap), await count("engagement")) in (("accepted", 2), ("dissolved", 0))


async def test_a_proposal_never_stands_with_a_home_that_left(homes):
    async def leaves() -> None:
        async with transaction():
            await move(homes[0].id, Step.withdraw)
            await home_left(homes[0].id)

    await all_at_once(proposed(*homes[:2]), leaves())
    assert await database.value("SELECT count(*) FROM swap WHERE state = 'proposed'") == 0


async def test_the_last_yes_and_the_end_of_its_time(homes, anne, bilal):
    swap = await proposed(*homes[:2])
    await accept(swap, anne.id)
    await database.execute("UPDATE swap SET answer_by = clock_timestamp() + interval '30 ms' WHERE id = $1", swap)

    async def sweeps() -> None:
        while await state_of(swap) == "proposed":
            await let_swaps_pass()

    answers = await all_at_once(accept(swap, bilal.id), sweeps())
    assert answers[0] == "accepted" or isinstance(answers[0], Refused)
    assert (await state_of(swap), await count("engagement")) in (("accepted", 2), ("dissolved", 0))
