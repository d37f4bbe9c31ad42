"""Two people, or two windows, at the same instant: one truth is left."""

import asyncio
from datetime import timedelta

import pytest

from app import database
from app.dates import now
from members.tables import Role
from moderation.cases.erasing import erase_what_was_removed
from tests.helpers.appeals import contest, removed_ad
from tests.helpers.cases import topics
from tests.helpers.cast import person
from tests.helpers.waiting import PATIENCE

pytestmark = pytest.mark.commits


async def together(*answers):
    async with asyncio.timeout(PATIENCE):
        return await asyncio.gather(*answers)


async def claimed(browser, case) -> str:
    await browser.submit(f"/moderation/dossiers/{case}/prise")
    return str(await database.value("SELECT version FROM moderation_case WHERE id = $1", case))


async def test_the_same_appeal_sent_many_times_at_once_is_one(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await browser.sign_in(anne)
    await browser.get("/charte")
    once = "1b5f6f0e-1111-4222-8333-444455556666"
    answers = await together(*(contest(browser, decision, once=once) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await database.value("SELECT count(*) FROM appeal") == 1
    assert await database.value("SELECT count(*) FROM appeal_message") == 1
    assert await database.value("SELECT count(*) FROM moderation_case WHERE kind = 'appeal'") == 1


async def test_two_windows_of_one_judge_and_one_judges(browser, another_browser, contested, second):
    first, other = await browser.sign_in(second), await another_browser.sign_in(second)
    version = await claimed(first, contested["case"])
    await other.get("/charte")
    path = f"/moderation/dossiers/{contested['case']}/recours"
    answers = await together(
        first.submit(path, verdict="upheld", version=version, words="Oui."),
        other.submit(path, verdict="rejected", version=version, words="Non."),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    appeal = await database.row("SELECT state, words FROM appeal")
    status = await database.value("SELECT status FROM listing")
    assert (*appeal, status) in {("upheld", "Oui.", "published"), ("rejected", "Non.", "removed")}
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'appeal.judged'") == 1


async def test_two_judges_and_only_who_took_it_judges(browser, another_browser, contested, second, anne):
    third = await person("Denis", "29019")
    await Role(member=third.id, kind="moderator", granted_at=now()).save()
    browsers = [await browser.sign_in(second), await another_browser.sign_in(third)]
    versions = [await claimed(one, contested["case"]) for one in browsers]
    path = f"/moderation/dossiers/{contested['case']}/recours"
    answers = await together(
        *(
            one.submit(path, verdict="upheld", version=version, words="Oui.")
            for one, version in zip(browsers, versions, strict=True)
        )
    )
    assert [answer.status_code for answer in answers] == [303, 409]
    assert await database.value("SELECT judged_by FROM appeal") == second.id
    assert (await topics(anne)).count("appeal_judged") == 1


async def test_withdrawing_against_judging_leaves_one_of_the_two(browser, another_browser, contested, anne, second):
    judge = await another_browser.sign_in(second)
    version = await claimed(judge, contested["case"])
    await browser.get("/charte")
    judged, withdrawn = await together(
        judge.submit(
            f"/moderation/dossiers/{contested['case']}/recours", verdict="upheld", version=version, words="Oui."
        ),
        browser.submit(f"/recours/{contested['id']}/retrait"),
    )
    state = await database.value("SELECT state FROM appeal")
    status = await database.value("SELECT status FROM listing")
    assert (judged.status_code, withdrawn.status_code, state, status) in {
        (303, 409, "upheld", "published"),
        (409, 303, "withdrawn", "removed"),
    }


async def test_a_message_against_the_judgement_is_read_first_or_refused(
    browser, another_browser, contested, anne, second
):
    judge = await another_browser.sign_in(second)
    version = await claimed(judge, contested["case"])
    await browser.get("/charte")
    judged, said = await together(
        judge.submit(
            f"/moderation/dossiers/{contested['case']}/recours", verdict="rejected", version=version, words="Non."
        ),
        browser.submit(f"/recours/{contested['id']}/messages", words="Attendez, une photo !"),
    )
    assert (judged.status_code, said.status_code) in {(303, 409), (409, 303)}


async def test_an_appeal_against_the_erasure_of_what_it_is_about(browser, anne, chloe):
    """In its very last hour of grace: either it is there to be judged, or it was erased and nothing is left open."""
    decision = await removed_ad(anne, chloe)
    await database.execute(
        "UPDATE decision SET decided_at = decided_at - interval '1 year', appeal_until = $1", now() + timedelta(hours=1)
    )
    await browser.sign_in(anne)
    await browser.get("/charte")
    answer, erased = await together(contest(browser, decision), erase_what_was_removed())
    assert (answer.status_code, erased) == (303, 0)
    assert await database.value("SELECT title <> '' FROM listing")
    assert await database.value("SELECT count(*) FROM before_decision") == 1


async def test_an_appeal_sent_while_the_clock_runs_out(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await database.execute(
        "UPDATE decision SET decided_at = decided_at - interval '1 year', appeal_until = $1",
        now() - timedelta(days=2),
    )
    await browser.sign_in(anne)
    await browser.get("/charte")
    answer, erased = await together(contest(browser, decision), erase_what_was_removed())
    assert (answer.status_code, erased) == (410, 1)
    assert await database.value("SELECT count(*) FROM appeal") == 0
