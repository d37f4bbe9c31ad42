"""A report comes while a moderator decides, or while the author takes the thing away."""

import asyncio
from uuid import uuid4

import pytest

from app import database
from tests.helpers.ads import closed, published
from tests.helpers.cases import decide, said_under, take
from tests.helpers.exchanges import helping, word_of_thanks
from tests.helpers.reports import cases_about, reports, reports_of


@pytest.mark.commits
@pytest.mark.parametrize("kind", ["approve", "remove"])
async def test_a_report_against_a_decision_is_never_lost(browser, another_browser, anne, bilal, emilie, chloe, kind):
    ad = await published(anne)
    case = await reports(browser, bilal, f"/annonces/{ad.id}")
    page = await take(await browser.sign_in(chloe), case)
    await another_browser.sign_in(emilie)
    async with asyncio.timeout(30):
        decision, report = await asyncio.gather(
            decide(browser, page, case, kind),
            another_browser.submit(f"/annonces/{ad.id}/signalement", reason="hurtful"),
        )
    is_decided = await database.value('SELECT count(*) FROM decision WHERE "case" = $1', case) == 1
    assert decision.status_code == (303 if is_decided else 409)
    kept = await reports_of(emilie)
    if report.status_code == 303:
        (one,) = kept
        assert one["case"] == case
        assert one["read_lately"] == is_decided, "before the decision it is judged with it, after it is kept aside"
    else:
        assert report.status_code in (404, 409), "it was removed first"
        assert (kind, is_decided, kept) == ("remove", True, [])
    assert await cases_about(ad.id) == 1


@pytest.mark.commits
async def test_a_report_against_who_takes_their_thanks_back_leaves_none_either(browser, another_browser, anne, bilal):
    word = await word_of_thanks(
        await helping((await closed(anne)).id, bilal, anne), anne, bilal, "Pas merci.", "published"
    )
    await another_browser.sign_in(anne)
    await browser.sign_in(bilal)
    async with asyncio.timeout(30):
        report, deleted = await asyncio.gather(
            browser.submit(f"/mercis/{word}/signalement", reason="hurtful"),
            another_browser.submit(f"/mercis/{word}/suppression"),
        )
    assert deleted.status_code == 303
    assert report.status_code in (303, 404, 409)
    assert await database.value("SELECT count(*) FROM moderation_case WHERE closed_at IS NULL") == 0


@pytest.mark.commits
async def test_a_report_against_its_author_leaves_no_case_about_nothing(browser, another_browser, anne, bilal):
    ad = await published(anne)
    reply = await said_under(ad.id, anne, "Toujours libre.")
    await another_browser.sign_in(anne)
    await browser.sign_in(bilal)
    async with asyncio.timeout(30):
        report, deleted = await asyncio.gather(
            browser.submit(f"/reponses/{reply}/signalement", reason="market"),
            another_browser.submit(f"/reponses/{reply}/suppression", once=uuid4()),
        )
    assert deleted.status_code == 303
    assert report.status_code in (303, 404, 409)
    assert await database.value("SELECT count(*) FROM moderation_case WHERE closed_at IS NULL") == 0
