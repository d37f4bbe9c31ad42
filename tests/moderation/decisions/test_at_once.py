"""A decision and what its author does in the same instant: one of the two holds, and the other is told."""

import asyncio

import msgspec
import pytest

from app import database
from app.database import transaction
from app.refusals import Refused
from listings.content import Content
from listings.life.publishing import take_back
from listings.writing.editing import edit
from moderation.sanctions.effects import hold_member
from tests.helpers.ads import content, pending, published
from tests.helpers.browser import said
from tests.helpers.cases import case_of, decide, opened, take, topics
from tests.helpers.sanctions import warned_about_reports
from tests.helpers.waiting import until
from tests.moderation.cases.people import as_me, moderating, somebody_waits

pytestmark = pytest.mark.commits


async def _or_refused(work) -> str:
    try:
        await work
    except Refused as refused:
        return type(refused).__name__
    return "done"


async def _status(ad) -> str:
    return await database.value("SELECT status FROM listing WHERE id = $1", ad.id)


@pytest.mark.parametrize("kind", ["remove", "ask_changes"])
async def test_a_refusal_and_the_authors_edit(browser, chloe, anne, kind):
    ad = await published(anne)
    case = await opened(ad)
    page = await take(await browser.sign_in(chloe), case)
    other = msgspec.structs.replace(content(), title="Garde de deux enfants le jeudi")
    async with asyncio.timeout(20):
        answer, edited = await asyncio.gather(
            decide(browser, page, case, kind), _or_refused(edit(ad.id, as_me(anne, is_moderator=False), other))
        )
    title = await database.value("SELECT title FROM listing WHERE id = $1", ad.id)
    if edited == "done":
        assert answer.status_code == 409
        assert "rien n’a été décidé" in said(answer)
        assert (await _status(ad), title) == ("published", other.title)
        assert await database.value("SELECT count(*) FROM decision") == 0
    else:
        assert answer.status_code == 303
        assert (await _status(ad), title) == ({"remove": "removed", "ask_changes": "draft"}[kind], ad.title)
        assert len(await topics(anne)) == 1
    row = await database.row("SELECT * FROM listing WHERE id = $1", ad.id)
    assert Content.of(row).title in (ad.title, other.title)


@pytest.mark.parametrize("kind", ["approve", "remove"])
async def test_a_decision_and_the_author_who_takes_it_back(browser, chloe, emilie, kind):
    ad = await pending(emilie)
    case = (await case_of(ad.id))["id"]
    page = await take(await browser.sign_in(chloe), case)
    async with asyncio.timeout(20):
        answer, taken_back = await asyncio.gather(
            decide(browser, page, case, kind), _or_refused(take_back(ad.id, as_me(emilie, is_moderator=False)))
        )
    decisions = await database.value("SELECT count(*) FROM decision")
    if taken_back == "done":
        assert (answer.status_code, await _status(ad), decisions) == (409, "draft", 0)
    else:
        assert (answer.status_code, decisions) == (303, 1)
        assert await _status(ad) == {"approve": "published", "remove": "removed"}[kind]
    assert await database.value("SELECT count(*) FROM moderation_case WHERE closed_at IS NULL") == 0


async def test_five_windows_of_two_moderators_decide_once(browser, another_browser, chloe, denis, anne):
    await moderating(denis)
    ad = await published(anne)
    case = await opened(ad)
    page = await take(await browser.sign_in(chloe), case)
    await another_browser.sign_in(denis)
    await another_browser.get("/charte")
    measure = {"reason": "forbidden", "sanction": "no_posting", "days": "7"}
    async with asyncio.timeout(30):
        answers = await asyncio.gather(
            *(decide(each, page, case, "remove", **measure) for each in (browser, another_browser, browser, browser)),
            decide(browser, page, case, "approve"),
        )
    assert sorted(one.status_code for one in answers) == [303, 409, 409, 409, 409]
    assert await database.value("SELECT count(*) FROM decision") == 1
    kind = await database.value("SELECT kind FROM decision")
    assert await _status(ad) == {"remove": "removed", "approve": "published"}[kind]
    assert await database.value("SELECT count(*) FROM sanction") == (kind == "remove")


async def test_an_author_and_whom_a_measure_is_against_are_held_in_the_order_of_their_ids(browser, chloe, anne, bilal):
    """Each reported the other: two decisions that hold their own author first would wait for each other."""
    reporter, author = sorted((anne, bilal), key=lambda member: member.id)
    case = (await case_of((await pending(author)).id))["id"]
    report = await database.value(
        "INSERT INTO report (\"case\", reporter, reason, words, made_at) VALUES ($1, $2, 'market', '', now())"
        " RETURNING id",
        case,
        reporter.id,
    )
    await warned_about_reports(reporter, by=chloe)
    page = await take(await browser.sign_in(chloe), case)
    held, waited_for = asyncio.Event(), asyncio.Event()

    async def hold_the_first() -> list:
        async with transaction():
            await hold_member(reporter.id)
            held.set()
            await waited_for.wait()
            return await database.rows("SELECT id FROM member WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED", author.id)

    measure = {"abusive": str(report), "sanction": "no_reporting", "days": "30"}
    async with asyncio.timeout(20):
        holding = asyncio.create_task(hold_the_first())
        await held.wait()
        deciding = asyncio.create_task(decide(browser, page, case, "approve", **measure))
        await until(somebody_waits)
        waited_for.set()
        assert len(await holding) == 1, "the second was held before the first"
        assert (await deciding).status_code == 303
