"""Who may judge: never who decided, nor anybody with a stake, whatever code asks; and always somebody."""

from datetime import timedelta

import asyncpg
import pytest

from app import database
from app.dates import now
from app.piccolo_conf import DB
from members.tables import Role
from tests.helpers.ads import published
from tests.helpers.appeals import appeal_of, case_about, contest, decide_of, judged, removed_ad, turned_down
from tests.helpers.browser import words
from tests.helpers.cases import take
from tests.helpers.cast import person
from tests.helpers.decisions import decided

JUDGE = "UPDATE appeal SET state = 'upheld', judged_by = $1, judged_at = now(), words = 'Oui.'"
SANCTION = (
    "INSERT INTO sanction (member, decision, kind, reason, facts, words, state, proposed_by, confirmed_by, proposed_at,"
    " starts_at) VALUES ($1, $2, 'exclusion', 'respect', 'f', 'w', 'active', $3, $4, now(), now())"
)


async def moderator(name: str, **scope: list[str]):
    member = await person(name, "29019")
    await Role(member=member.id, kind="moderator", granted_at=now(), **scope).save()
    return member


async def contested(browser, author, judge, category="childcare"):
    decision = await removed_ad(author, judge, category=category)
    await contest(await browser.sign_in(author), decision)
    return await appeal_of(decision)


async def refused(constraint: str, judge) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refusal:
        await database.execute(JUDGE, judge.id)
    assert refusal.value.constraint_name == constraint


async def test_the_database_refuses_the_first_judge(browser, anne, chloe):
    await contested(browser, anne, chloe)
    await refused("no_conflict_of_interest", chloe)


async def test_and_by_its_own_check_when_the_trigger_is_put_aside(browser, anne, chloe):
    await contested(browser, anne, chloe)
    await database.execute("ALTER TABLE appeal DISABLE TRIGGER no_conflict_of_judge")
    await refused("judged_by_another", chloe)


async def test_the_database_refuses_the_appellant_too(browser, chloe, second):
    await contested(browser, second, chloe)
    await refused("no_conflict_of_interest", second)


async def test_the_database_refuses_who_confirmed_the_sanction(browser, anne, chloe, second):
    appeal = await contested(browser, anne, chloe)
    await database.execute(SANCTION, anne.id, appeal["decision"], chloe.id, second.id)
    assert (await (await browser.sign_in(second)).get(f"/moderation/dossiers/{appeal['case']}")).status_code == 404
    await refused("no_conflict_of_interest", second)


async def test_the_database_refuses_who_had_reported_what_is_contested(browser, anne, chloe, second):
    await turned_down(await published(anne), by=second, judge=None)
    decision = await decide_of(await database.value("SELECT id FROM moderation_case"), chloe, "remove")
    await contest(await browser.sign_in(anne), decision)
    await refused("no_conflict_of_interest", second)


async def test_the_first_judge_cannot_be_told_otherwise(browser, anne, chloe, second):
    """The decision's moderator is held by a foreign key of three columns."""
    await contested(browser, anne, chloe)
    with pytest.raises(asyncpg.ForeignKeyViolationError) as refusal:
        await database.execute("UPDATE appeal SET first_judge = $1", second.id)
    assert refusal.value.constraint_name == "of_that_judgement"


async def test_who_has_no_stake_may(browser, anne, chloe, second):
    await contested(browser, anne, chloe)
    assert await database.execute(JUDGE, second.id) == "UPDATE 1"


async def test_within_two_days_only_its_scope_is_asked(browser, anne, chloe, farid, second):
    """Farid moderates pets in Finistère only."""
    appeal = await contested(browser, anne, chloe)
    path = f"/moderation/dossiers/{appeal['case']}"
    assert (await (await browser.sign_in(farid)).get(path)).status_code == 404
    assert (await (await browser.sign_in(second)).get(path)).status_code == 200


async def test_after_two_days_everybody_else_is(browser, anne, chloe, farid, second):
    appeal = await contested(browser, anne, chloe)
    await database.execute("UPDATE moderation_case SET opened_at = $1", now() - timedelta(hours=49))
    assert (await (await browser.sign_in(farid)).get(f"/moderation/dossiers/{appeal['case']}")).status_code == 200
    assert f"/moderation/dossiers/{appeal['case']}" in (await browser.get("/moderation")).text


async def test_at_once_when_the_first_judge_was_the_only_one_of_the_scope(browser, anne, chloe, farid):
    appeal = await contested(browser, anne, chloe)
    assert (await (await browser.sign_in(farid)).get(f"/moderation/dossiers/{appeal['case']}")).status_code == 200


async def test_never_who_has_a_stake_however_long_it_waits(browser, anne, chloe, farid):
    appeal = await contested(browser, anne, chloe)
    await database.execute("UPDATE moderation_case SET opened_at = $1", now() - timedelta(days=30))
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", farid.id, anne.id
    )
    for judge in (chloe, farid):
        assert (await (await browser.sign_in(judge)).get(f"/moderation/dossiers/{appeal['case']}")).status_code == 404


async def test_other_cases_stay_in_their_scope(browser, anne, bilal, farid):
    await turned_down(await published(anne), by=bilal, judge=None)
    case = await database.value("SELECT id FROM moderation_case")
    await database.execute("UPDATE moderation_case SET opened_at = $1", now() - timedelta(days=30))
    assert (await (await browser.sign_in(farid)).get(f"/moderation/dossiers/{case}")).status_code == 404


async def reopened(browser, reporter, author, first, judge):
    """A reporter's appeal was upheld: the path of what is judged again."""
    decision = await turned_down(await published(author), by=reporter, judge=first)
    await contest(await browser.sign_in(reporter), decision)
    await judged(await browser.sign_in(judge), (await appeal_of(decision))["case"])
    case = await database.value("SELECT id FROM moderation_case WHERE kind = 'listing' AND closed_at IS NULL")
    assert case
    return case


async def test_what_is_judged_again_is_not_for_who_judged_it_first(browser, anne, bilal, chloe, second):
    path = f"/moderation/dossiers/{(case := await reopened(browser, bilal, anne, chloe, second))}"
    assert (await (await browser.sign_in(chloe)).get(path)).status_code == 404
    assert path not in (await browser.get("/moderation")).text
    assert (await browser.submit(f"{path}/prise")).status_code == 404
    before = await DB.current_transaction.get().savepoint()
    with pytest.raises(asyncpg.CheckViolationError) as refusal:
        await decided(case, chloe.id, anne.id, "approve")
    await before.rollback_to()
    assert refusal.value.constraint_name == "no_conflict_of_interest"
    assert (await (await browser.sign_in(second)).get(path)).status_code == 200


async def test_nor_is_an_appeal_against_what_was_decided_then(browser, anne, bilal, chloe, second):
    case = await reopened(browser, bilal, anne, chloe, second)
    decision = await decide_of(case, second, "remove")
    await contest(await browser.sign_in(anne), decision)
    path = f"/moderation/dossiers/{(await appeal_of(decision))['case']}"
    third = await moderator("Diane")
    for judge, status in ((chloe, 404), (second, 404), (third, 200)):
        assert (await (await browser.sign_in(judge)).get(path)).status_code == status, judge.first_name


async def test_and_the_first_judge_still_reads_what_they_had_decided(browser, anne, bilal, chloe, second):
    await reopened(browser, bilal, anne, chloe, second)
    first = await database.value('SELECT "case" FROM decision')
    assert (await (await browser.sign_in(chloe)).get(f"/moderation/dossiers/{first}")).status_code == 200


async def test_what_is_judged_again_is_for_everybody_when_its_scope_has_no_other(browser, anne, bilal, chloe, farid):
    """Farid moderates pets in Finistère only."""
    path = f"/moderation/dossiers/{await reopened(browser, bilal, anne, chloe, farid)}"
    assert (await (await browser.sign_in(farid)).get(path)).status_code == 200


async def test_and_not_when_it_has(browser, anne, bilal, chloe, farid, second):
    path = f"/moderation/dossiers/{await reopened(browser, bilal, anne, chloe, second)}"
    assert (await (await browser.sign_in(farid)).get(path)).status_code == 404


async def test_a_case_the_first_judge_held_meanwhile_goes_back_to_the_others(
    browser, another_browser, anne, bilal, emilie, chloe, second
):
    listing = await published(anne)
    decision = await turned_down(listing, by=bilal, judge=chloe)
    await contest(await browser.sign_in(bilal), decision)
    joined = await case_about(listing)
    await take(await another_browser.sign_in(chloe), joined)
    answer = await judged(await browser.sign_in(second), (await appeal_of(decision))["case"])
    assert answer.headers["location"] == f"/moderation/dossiers/{joined}"
    held = await database.row("SELECT claimed_by, claimed_until FROM moderation_case WHERE id = $1", joined)
    assert tuple(held) == (None, None)


async def test_a_report_of_an_ad_set_aside_is_judged_again_too(browser, anne, bilal, chloe, second):
    """It comes back when its author is no longer suspended."""
    listing = await published(anne)
    decision = await turned_down(listing, by=bilal, judge=chloe)
    await contest(await browser.sign_in(bilal), decision)
    await database.execute("UPDATE listing SET status = 'aside', set_aside_at = now() WHERE id = $1", listing.id)
    await judged(await browser.sign_in(second), (await appeal_of(decision))["case"])
    assert await database.value("SELECT count(*) FROM moderation_case WHERE kind = 'listing' AND closed_at IS NULL")


async def test_administrators_are_warned_of_an_appeal_without_a_judge(browser, anne, chloe, denis):
    await browser.sign_in(denis)
    assert "attend un juge" not in words(await browser.get("/administration"))
    await contested(browser, anne, chloe)
    await browser.sign_in(denis)
    assert "Un recours attend un juge" in words(await browser.get("/administration"))


async def test_and_not_of_one_that_somebody_of_its_scope_can_judge(browser, anne, chloe, denis, second):
    await contested(browser, anne, chloe)
    await browser.sign_in(denis)
    assert "attend un juge" not in words(await browser.get("/administration"))
