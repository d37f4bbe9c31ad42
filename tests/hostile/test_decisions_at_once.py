"""Around decisions, the same request six times at once is one."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import httpx
import pytest

from app import database
from tests.helpers import ads
from tests.helpers.appeals import appeal_of, contest, removed_ad
from tests.helpers.cases import case_of, decide, opened, take
from tests.helpers.counting import count, logged
from tests.helpers.notices import TYPED
from tests.helpers.reports import left_as_it_is, reports
from tests.helpers.sanctions import state_of, taken
from tests.helpers.waiting import PATIENCE
from tests.moderation.cases.people import moderating, the_case
from tests.moderation.notices.test_sending import FORM
from tests.moderation.notices.test_sending import opened as form_opened

WHY = "Tu connais mieux cette commune."


async def six(ask: Callable[[], Awaitable[httpx.Response]]) -> list[int]:
    async with asyncio.timeout(PATIENCE):
        answers = await asyncio.gather(*(ask() for _ in range(6)))
    return sorted(answer.status_code for answer in answers)


@pytest.fixture
async def signed_in_moderator(browser, chloe):
    await browser.sign_in(chloe)
    await browser.get("/charte")
    return browser


@pytest.mark.commits
async def test_a_decision_in_bulk(signed_in_moderator, anne, bilal, emilie):
    browser = signed_in_moderator
    same = {"title": "Prêt entre particuliers", "body": "Prêt rapide sans justificatif, écrivez-moi vite ici."}
    cases = [
        (await case_of((await ads.pending(one, "helping_hand", **same)).id))["id"] for one in (anne, bilal, emilie)
    ]
    page = await take(browser, cases[0])
    also = page.text.split('name="also" value="')[1].split('"')[0]
    answers = await six(lambda: decide(browser, page, cases[0], "remove", reason="dishonest", also=also))
    assert answers == [303, *[409] * 5]
    assert (await count("decision"), await logged("case.decided")) == (3, 3)
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'listing_removed'") == 3


@pytest.mark.commits
async def test_handing_over(signed_in_moderator, anne, denis):
    browser = signed_in_moderator
    await moderating(denis)
    case = await opened(await ads.published(anne))
    await take(browser, case)
    answers = await six(lambda: browser.submit(f"/moderation/dossiers/{case}/passation", to=str(denis.id), words=WHY))
    assert answers == [303] * 6
    assert (await count("case_note"), await logged("case.handed_over")) == (1, 1)
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'case_handed'") == 1


@pytest.mark.commits
async def test_confirming_a_measure(browser, anne, chloe, denis):
    await moderating(denis)
    measure = await taken(anne, "suspension", 14, by=chloe)
    await browser.sign_in(denis)
    await browser.get("/charte")
    assert await six(lambda: browser.submit(f"/moderation/sanctions/{measure}/confirmation")) == [303, *[409] * 5]
    assert (await state_of(measure), await logged("sanction.confirmed")) == ("active", 1)
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'sanction_taken'") == 1


@pytest.mark.commits
@pytest.mark.parametrize("who", ["a visitor", "a member"])
async def test_a_notice(browser, anne, bilal, who):
    where = f"/annonces/{(await ads.published(anne)).id}"
    if who == "a member":
        await browser.sign_in(bilal)
    await browser.get("/charte")
    sent = {**TYPED, "where": where, "opened": form_opened()}
    assert await six(lambda: browser.submit(FORM, **sent)) == [303] * 6
    assert (await count("notice"), await count("moderation_case"), await logged("notice.received")) == (1, 1, 1)


@pytest.mark.commits
async def test_telling_more(browser, anne, bilal, emilie, chloe):
    path = f"/annonces/{(await ads.published(anne)).id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await reports(browser, emilie, path)
    more = "Il m’a demandé de payer avant, par message privé."
    answers = await six(lambda: browser.submit(f"/signalements/{read}/precision", words=more))
    assert answers == [303] * 6
    assert await database.value("SELECT words FROM report WHERE reporter = $1", emilie.id) == more


@pytest.mark.commits
async def test_switching_a_rule(browser, denis):
    await browser.sign_in(denis)
    await browser.get("/charte")
    sent = {"mode": "shadow", "why": "Elle se trompe souvent ces jours-ci."}
    assert await six(lambda: browser.submit("/moderation/regles/scam.link/mode", **sent)) == [303] * 6
    assert (await count("rule_switch"), await logged("rule.switched")) == (1, 1)


@pytest.mark.commits
async def test_saying_that_one_knows_somebody(signed_in_moderator, anne):
    browser = signed_in_moderator
    case = await opened(await ads.published(anne))
    await take(browser, case)
    answers = await six(lambda: browser.submit(f"/moderation/dossiers/{case}/lien"))
    assert {*answers} <= {303, 404}
    assert 303 in answers
    assert (await count("moderator_tie"), await logged("tie.declared")) == (1, 1)
    assert (await the_case(case))["claimed_by"] is None


@pytest.mark.commits
async def test_showing_numbers(signed_in_moderator, anne):
    browser = signed_in_moderator
    case = await opened(await ads.published(anne))
    await take(browser, case)
    assert await six(lambda: browser.submit(f"/moderation/dossiers/{case}/coordonnees")) == [303] * 6
    assert await logged("case.unmasked") >= 1, "each look is one, and none goes unsaid"


@pytest.mark.commits
async def test_contesting_and_writing_to_the_team(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await browser.sign_in(anne)
    await browser.get("/charte")
    once = str(uuid4())
    assert await six(lambda: contest(browser, decision, once=once)) == [303] * 6
    assert (await count("appeal"), await count("appeal_message"), await logged("appeal.opened")) == (1, 1, 1)
    appeal, once = (await appeal_of(decision))["id"], str(uuid4())
    answers = await six(lambda: browser.submit(f"/recours/{appeal}/messages", words="J’ajoute ceci.", once=once))
    assert answers == [303] * 6
    assert await count("appeal_message") == 2
