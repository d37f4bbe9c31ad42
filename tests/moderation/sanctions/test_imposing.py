"""Measures taken at the desk with a decision: a light one holds at once, and is never taken twice."""

import asyncio

import asyncpg
import pytest

from app import database
from app.dates import now
from moderation.desk import answering
from tests.helpers.ads import pending, published
from tests.helpers.browser import said, words
from tests.helpers.cases import audited, case_of, decide, opened, take, take_and_decide, told, topics
from tests.helpers.sanctions import taken, warned_about_reports
from tests.moderation.cases.people import moderating

RULES = {"reason": "forbidden", "words": "Un animal ne se donne pas ici."}


async def _sanctions():
    return await database.rows("SELECT * FROM sanction ORDER BY proposed_at, id")


async def _removed(browser, author, **given):
    ad = await published(author, "classifieds")
    return await take_and_decide(browser, await opened(ad), "remove", **RULES, **given)


async def test_a_decision_without_a_measure_takes_none(browser, chloe, anne):
    await browser.sign_in(chloe)
    assert (await _removed(browser, anne)).status_code == 303
    assert await _sanctions() == []


async def test_a_warning_limits_nothing_and_is_told_with_its_reasons(browser, another_browser, chloe, anne):
    await browser.sign_in(chloe)
    assert (await _removed(browser, anne, sanction="warn")).status_code == 303
    (sanction,) = await _sanctions()
    assert (sanction["kind"], sanction["state"], sanction["days"], sanction["ends_at"]) == (
        "warn",
        "active",
        None,
        None,
    )
    assert (sanction["reason"], sanction["words"]) == ("forbidden", RULES["words"])
    assert "Poussette pliante" in sanction["facts"]
    assert await topics(anne) == ["sanction_taken", "listing_removed"]
    await another_browser.sign_in(anne)
    page = words(await another_browser.get(f"/moi/decisions/mesures/{sanction['id']}"))
    assert "Avertissement" in page
    assert "rien n’est limité" in page
    assert (await another_browser.get("/annonces/nouvelle")).status_code == 200
    assert await audited(sanction["id"]) == ["sanction.taken"]


async def test_a_member_who_may_not_post_is_so_for_as_many_days_as_were_said(browser, chloe, anne):
    await browser.sign_in(chloe)
    assert (await _removed(browser, anne, sanction="no_posting", days="7")).status_code == 303
    until = await database.value("SELECT no_posting_until FROM member WHERE id = $1", anne.id)
    assert (until - now()).total_seconds() == pytest.approx(7 * 86400, abs=60)


async def test_who_is_to_be_read_first_starts_again_as_a_new_member(browser, chloe, anne):
    await database.execute("UPDATE member SET approved_publications = 9 WHERE id = $1", anne.id)
    await browser.sign_in(chloe)
    ad = await published(anne)
    await take_and_decide(browser, await opened(ad), "ask_changes", **RULES, sanction="review_first")
    member = await database.row("SELECT * FROM member WHERE id = $1", anne.id)
    assert (member["trusted_at"], member["approved_publications"]) == (None, 0)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"sanction": "no_posting"}, "de 1 à 90"),
        ({"sanction": "no_posting", "days": "91"}, "de 1 à 90"),
        ({"sanction": "suspension", "days": "0"}, "de 1 à 365"),
        ({"sanction": "suspension", "days": "366"}, "de 1 à 365"),
        ({"sanction": "no_posting", "days": "sept"}, "Indiquez un nombre de jours"),
        ({"sanction": "no_reporting", "days": "7"}, "ne va pas avec cette décision"),
        ({"sanction": "flogging"}, "Choisissez une des mesures proposées"),
        ({"ground": "law"}, "Choisissez le texte de loi"),
        ({"ground": "custom"}, "Dites si c’est la charte ou la loi"),
        ({"reason": "good_faith"}, "Choisissez un motif"),
    ],
)
async def test_what_does_not_fit_is_asked_again_and_nothing_is_decided(browser, chloe, anne, given, wrong):
    await browser.sign_in(chloe)
    ad = await published(anne, "classifieds")
    answer = await take_and_decide(browser, await opened(ad), "remove", **{**RULES, **given})
    assert answer.status_code == 422
    assert wrong in words(answer)
    assert await database.value("SELECT count(*) FROM decision") == 0
    assert await _sanctions() == []


async def test_an_approval_takes_no_measure_against_the_author(browser, chloe, anne):
    await browser.sign_in(chloe)
    ad = await pending(anne)
    answer = await take_and_decide(browser, (await case_of(ad.id))["id"], "approve", sanction="warn")
    assert answer.status_code == 422
    assert await database.value("SELECT count(*) FROM decision") == 0


async def test_the_same_measure_is_not_taken_while_it_is_in_force_and_the_decision_waits(browser, chloe, anne):
    await taken(anne, "no_posting", 7, by=chloe)
    await browser.sign_in(chloe)
    ad = await published(anne, "classifieds")
    case = await opened(ad)
    page = await take(browser, case)
    answer = await decide(browser, page, case, "remove", **RULES, sanction="no_posting", days="30")
    assert answer.status_code == 409
    assert "déjà en cours ou proposée" in said(answer)
    assert RULES["words"] in answer.text


@pytest.mark.commits
async def test_refused_for_that_nothing_of_the_decision_is_kept(browser, chloe, anne):
    await taken(anne, "no_posting", 7, by=chloe)
    await browser.sign_in(chloe)
    ad = await published(anne, "classifieds")
    case = await opened(ad)
    page = await take(browser, case)
    assert (await decide(browser, page, case, "remove", **RULES, sanction="no_posting", days="30")).status_code == 409
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "published"
    assert await database.value('SELECT count(*) FROM decision WHERE "case" = $1', case) == 0
    assert (await decide(browser, page, case, "remove", **RULES, sanction="warn")).status_code == 303


async def _reported(ad, *reporters):
    case = await opened(ad)
    for reporter in reporters:
        await database.execute(
            'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
            case,
            reporter.id,
            "other",
            "Parce que.",
        )
    return case


async def _outcomes(case):
    found = await database.rows('SELECT reporter, outcome FROM report WHERE "case" = $1', case)
    return {one["reporter"]: one["outcome"] for one in found}


@pytest.mark.parametrize(("kind", "outcome"), [("remove", "founded"), ("approve", "unfounded")])
async def test_what_came_of_each_report_is_kept(browser, chloe, anne, bilal, emilie, kind, outcome):
    case = await _reported(await published(anne), bilal, emilie)
    await browser.sign_in(chloe)
    assert (await take_and_decide(browser, case, kind)).status_code == 303
    assert await _outcomes(case) == {bilal.id: outcome, emilie.id: outcome}


async def test_an_abusive_report_is_marked_and_its_reporter_alone_may_report_no_more(
    browser, chloe, anne, bilal, emilie
):
    case = await _reported(await published(anne), bilal, emilie)
    report = await database.value("SELECT id FROM report WHERE reporter = $1", bilal.id)
    await warned_about_reports(bilal, by=chloe)
    await browser.sign_in(chloe)
    answer = await take_and_decide(browser, case, "approve", abusive=str(report), sanction="no_reporting", days="30")
    assert answer.status_code == 303
    assert await _outcomes(case) == {bilal.id: "abusive", emilie.id: "unfounded"}
    (sanction,) = [one for one in await _sanctions() if one["kind"] != "warn"]
    assert (sanction["member"], sanction["kind"], sanction["reason"]) == (bilal.id, "no_reporting", "good_faith")
    assert "sanction_taken" in await topics(bilal)
    assert "sanction_taken" not in await topics(emilie)
    assert await topics(anne) == []
    await browser.sign_in(bilal)
    page = words(await browser.get(f"/moi/decisions/mesures/{sanction['id']}"))
    assert "Signaler de bonne foi" in page
    assert (await browser.get(f"/decisions/{sanction['decision']}")).status_code == 404


async def test_who_may_report_no_more_already_keeps_nobody_from_the_others(browser, chloe, anne, bilal, emilie):
    for reporter in (bilal, emilie):
        await warned_about_reports(reporter, by=chloe)
    await browser.sign_in(chloe)
    for reporters in ((bilal,), (bilal, emilie)):
        case = await _reported(await published(anne), *reporters)
        ticked = [str(one["id"]) for one in await database.rows('SELECT id FROM report WHERE "case" = $1', case)]
        answer = await take_and_decide(browser, case, "approve", abusive=ticked, sanction="no_reporting", days="30")
        assert answer.status_code == 303
    closed = [one["member"] for one in await _sanctions() if one["kind"] == "no_reporting"]
    assert sorted(closed) == sorted([bilal.id, emilie.id])
    assert await _outcomes(case) == {bilal.id: "abusive", emilie.id: "abusive"}


@pytest.mark.parametrize("warned", ["never", "of a text", "long ago", "lifted"])
async def test_reporting_is_never_closed_before_a_warning(browser, chloe, anne, bilal, warned):
    case = await _reported(await published(anne), bilal)
    report = await database.value("SELECT id FROM report WHERE reporter = $1", bilal.id)
    if warned == "of a text":
        await taken(bilal, "warn", by=chloe)
    elif warned != "never":
        given = await warned_about_reports(bilal, by=chloe)
        change = "state = 'lifted'" if warned == "lifted" else "starts_at = now() - interval '366 days'"
        await database.execute(f"UPDATE sanction SET {change} WHERE id = $1", given)
    await browser.sign_in(chloe)
    answer = await take_and_decide(browser, case, "approve", abusive=str(report), sanction="no_reporting", days="30")
    assert answer.status_code == 422
    assert "Un avertissement vient d’abord" in said(answer)
    assert "Bilal n’en a pas reçu" in said(answer)
    assert f'value="{report}" checked' in answer.text
    assert [one["kind"] for one in await _sanctions() if one["kind"] == "no_reporting"] == []
    assert await _outcomes(case) == {bilal.id: ""}
    assert (await take_and_decide(browser, case, "approve", abusive=str(report))).status_code == 303


@pytest.mark.commits
async def test_a_warning_lifted_since_the_form_was_read_closes_nothing(chloe, anne, bilal, browser, monkeypatch):
    case = await _reported(await published(anne), bilal)
    report = await database.value("SELECT id FROM report WHERE reporter = $1", bilal.id)

    async def was_fine(*_):
        return {}

    monkeypatch.setattr(answering, "too_early", was_fine)
    await browser.sign_in(chloe)
    answer = await take_and_decide(browser, case, "approve", abusive=str(report), sanction="no_reporting", days="30")
    assert answer.status_code == 409
    assert "Un avertissement vient d’abord" in said(answer)
    assert await database.value("SELECT count(*) FROM decision") == 0


async def test_a_report_ticked_by_mistake_is_founded_when_its_thing_is_removed(browser, chloe, anne, bilal):
    case = await _reported(await published(anne), bilal)
    report = await database.value("SELECT id FROM report WHERE reporter = $1", bilal.id)
    await browser.sign_in(chloe)
    await take_and_decide(browser, case, "remove", abusive=str(report))
    assert await _outcomes(case) == {bilal.id: "founded"}


async def test_nobody_takes_a_measure_against_themselves(anne):
    with pytest.raises(asyncpg.CheckViolationError):
        await taken(anne, "warn", by=anne)


@pytest.mark.commits
async def test_two_decisions_taking_the_same_measure_at_once_leave_one(browser, another_browser, chloe, denis, anne):
    await moderating(denis)
    pages = []
    for each, moderator, category in ((browser, chloe, "classifieds"), (another_browser, denis, "rides")):
        await each.sign_in(moderator)
        case = await opened(await published(anne, category))
        pages.append((each, await take(each, case), case))
    async with asyncio.timeout(20):
        answers = await asyncio.gather(
            *(
                decide(each, page, case, "remove", **RULES, sanction="no_posting", days="7")
                for each, page, case in pages
            )
        )
    assert sorted(one.status_code for one in answers) == [303, 409]
    assert len(await _sanctions()) == 1
    assert await database.value("SELECT count(*) FROM decision") == 1
    assert await database.value("SELECT count(*) FROM listing WHERE status = 'removed'") == 1
    assert (await topics(anne)).count("sanction_taken") == 1


async def test_a_measure_is_told_under_its_own_address(anne, chloe):
    sanction = await taken(anne, "warn", by=chloe)
    assert await told(anne) == [("sanction_taken", f"/moi/decisions/mesures/{sanction}")]
