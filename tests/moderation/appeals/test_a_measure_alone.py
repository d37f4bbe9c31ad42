"""A measure confirmed when the appeal against its decision was over: contested by itself, before one more judge."""

from typing import NamedTuple
from uuid import UUID

import asyncpg
import pytest

from app import database
from members.tables import Member
from moderation.sanctions.confirming import confirm
from tests.helpers.appeals import appeal_of, contest, judged
from tests.helpers.browser import said, words
from tests.helpers.cases import told
from tests.helpers.sanctions import state_of, taken, the_sanction
from tests.moderation.appeals.test_judges import moderator
from tests.moderation.cases.people import as_me, moderating


class Taken(NamedTuple):
    decision: UUID
    sanction: UUID
    judge: Member
    second: Member


@pytest.fixture
async def proposed(browser, anne, chloe, denis) -> Taken:
    """A removal that Anne contests, and a suspension that waits for its second yes."""
    await moderating(denis)
    sanction = await taken(anne, "suspension", 14, by=chloe)
    decision = (await the_sanction(sanction))["decision"]
    await contest(await browser.sign_in(anne), decision)
    return Taken(decision, sanction, await moderator("Juge"), denis)


@pytest.fixture
async def answered(browser, proposed, anne) -> Taken:
    """Her appeal was rejected, and then the suspension confirmed."""
    await judged(await browser.sign_in(proposed.judge), (await appeal_of(proposed.decision))["case"], "rejected")
    await confirm(await the_sanction(proposed.sanction), as_me(proposed.second))
    await browser.sign_in(anne)
    return proposed


async def test_its_member_contests_it_though_the_removal_was_answered(browser, answered, anne):
    measure = await browser.get(f"/moi/decisions/mesures/{answered.sanction}")
    assert "Contestez ici, gratuitement" in words(measure)
    form = words(await browser.get(f"/decisions/{answered.decision}/recours"))
    assert "Contester cette mesure" in form
    assert "mesure confirmée ensuite contre votre compte" in form
    assert "Votre recours est envoyé" in said(await browser.follow(await contest(browser, answered.decision)))
    appeal = await appeal_of(answered.decision)
    assert (appeal["sanction"], appeal["appellant"], appeal["state"]) == (answered.sanction, anne.id, "open")


async def test_each_page_leads_to_its_own_appeal(browser, answered):
    first = await appeal_of(answered.decision)
    await contest(browser, answered.decision)
    second = await appeal_of(answered.decision)
    assert f"/recours/{first['id']}" in (await browser.get(f"/decisions/{answered.decision}")).text
    assert f"/recours/{second['id']}" in (await browser.get(f"/moi/decisions/mesures/{answered.sanction}")).text
    listed = (await browser.get("/moi/decisions")).text
    assert f"/recours/{first['id']}" in listed
    assert f"/recours/{second['id']}" in listed


async def test_it_is_contested_once(browser, answered):
    await contest(browser, answered.decision)
    await contest(browser, answered.decision, words="Une précision.")
    assert await database.value("SELECT count(*) FROM appeal WHERE decision = $1", answered.decision) == 2
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await _copied("sanction")
    assert refused.value.constraint_name == "once_per_person"


async def test_nor_is_the_decision_contested_twice_without_a_measure(browser, answered):
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await _copied("NULL")
    assert refused.value.constraint_name == "once_per_person"


async def _copied(sanction: str) -> None:
    await database.execute(
        'INSERT INTO appeal (id, decision, first_judge, until, appellant, sanction, "case", opened_at, state)'
        f" SELECT gen_random_uuid(), decision, first_judge, until, appellant, {sanction}, gen_random_uuid(), opened_at,"
        " 'open' FROM appeal ORDER BY opened_at DESC LIMIT 1"
    )


async def test_six_months_run_from_its_confirmation(browser, proposed, anne):
    await judged(await browser.sign_in(proposed.judge), (await appeal_of(proposed.decision))["case"], "rejected")
    await database.execute(
        "UPDATE decision SET decided_at = now() - interval '5 months',"
        " appeal_until = now() - interval '5 months' + interval '6 months' WHERE id = $1",
        proposed.decision,
    )
    await confirm(await the_sanction(proposed.sanction), as_me(proposed.second))
    starts = (await the_sanction(proposed.sanction))["starts_at"]
    assert await database.value(
        "SELECT bool_and(a.until = d.appeal_until AND a.until >= $2::timestamptz + interval '6 months')"
        " FROM appeal a JOIN decision d ON d.id = a.decision WHERE d.id = $1",
        proposed.decision,
        starts,
    )
    assert (await contest(await browser.sign_in(anne), proposed.decision)).status_code == 303
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await database.execute("UPDATE appeal SET opened_at = $1::timestamptz + interval '7 months'", starts)
    assert refused.value.constraint_name == "in_time"


async def test_after_them_it_is_too_late(browser, answered):
    await database.execute(
        "UPDATE appeal SET opened_at = opened_at - interval '1 year', judged_at = judged_at - interval '1 year'"
    )
    await database.execute(
        "UPDATE decision SET decided_at = decided_at - interval '1 year',"
        " appeal_until = decided_at - interval '1 year' + interval '6 months'"
    )
    assert (await contest(browser, answered.decision)).status_code == 410


async def test_upheld_the_measure_alone_is_lifted(browser, answered, anne):
    await contest(browser, answered.decision)
    third = await moderator("Troisième")
    case = (await appeal_of(answered.decision))["case"]
    await browser.sign_in(third)
    assert "conteste la mesure seule" in words(await browser.get(f"/moderation/dossiers/{case}/recours"))
    assert (await judged(browser, case)).status_code == 303
    assert await state_of(answered.sanction) == "lifted"
    assert await database.value("SELECT suspended_until FROM member WHERE id = $1", anne.id) is None
    decision = await database.row("SELECT * FROM decision WHERE id = $1", answered.decision)
    assert decision["overturned_at"] is None
    assert "sanction_lifted" in [topic for topic, _ in await told(anne)]
    await browser.sign_in(anne)
    thread = words(await browser.get(f"/recours/{(await appeal_of(answered.decision))['id']}"))
    assert "La mesure est levée" in thread
    assert "La décision ne vaut plus" not in thread


async def test_rejected_it_stays(browser, answered):
    await contest(browser, answered.decision)
    await judged(
        await browser.sign_in(await moderator("Troisième")), (await appeal_of(answered.decision))["case"], "rejected"
    )
    assert await state_of(answered.sanction) == "active"


async def test_who_decided_or_confirmed_or_judged_before_does_not_judge_it(browser, answered, chloe):
    await contest(browser, answered.decision)
    case = (await appeal_of(answered.decision))["case"]
    for concerned in (chloe, answered.second, answered.judge):
        await browser.sign_in(concerned)
        assert (await judged(browser, case)).status_code == 404
    assert (await appeal_of(answered.decision))["state"] == "open"


@pytest.mark.parametrize("concerned", ["decided", "confirmed", "judged"])
async def test_nor_by_another_way_to_the_database(browser, answered, chloe, concerned):
    await contest(browser, answered.decision)
    judge = {"decided": chloe, "confirmed": answered.second, "judged": answered.judge}[concerned]
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await database.execute(
            "UPDATE appeal SET state = 'upheld', judged_by = $1, judged_at = now(), words = 'Oui.'"
            " WHERE state = 'open'",
            judge.id,
        )
    assert refused.value.constraint_name == "no_conflict_of_interest"


async def test_who_judged_the_first_still_reads_what_they_judged(browser, answered):
    first = await appeal_of(answered.decision)
    await contest(browser, answered.decision)
    await browser.sign_in(answered.judge)
    assert (await browser.get(f"/moderation/dossiers/{first['case']}/recours")).status_code == 200


async def test_after_a_withdrawal_too(browser, proposed, anne):
    await browser.submit(f"/recours/{(await appeal_of(proposed.decision))['id']}/retrait")
    await confirm(await the_sanction(proposed.sanction), as_me(proposed.second))
    assert (await contest(browser, proposed.decision)).status_code == 303
    assert (await appeal_of(proposed.decision))["sanction"] == proposed.sanction


async def test_confirmed_while_the_appeal_is_open_it_is_judged_with_it(browser, proposed, anne):
    appeal = await appeal_of(proposed.decision)
    await browser.sign_in(proposed.judge)
    await browser.submit(f"/moderation/dossiers/{appeal['case']}/prise")
    read = await database.value("SELECT version FROM moderation_case WHERE id = $1", appeal["case"])
    await confirm(await the_sanction(proposed.sanction), as_me(proposed.second))
    stale = await judged(browser, appeal["case"], "rejected", version=str(read))
    assert "une mesure a été confirmée" in words(stale)
    assert (await judged(browser, appeal["case"], "rejected")).status_code == 303
    await browser.sign_in(anne)
    answer = await browser.get(f"/decisions/{proposed.decision}/recours")
    assert answer.headers["location"] == f"/recours/{appeal['id']}"


@pytest.mark.parametrize("sanction", ["another's", "another decision's"])
async def test_the_database_refuses_a_measure_that_is_not_of_that_appeal(
    answered, browser, anne, bilal, chloe, sanction
):
    other = await taken(bilal if sanction == "another's" else anne, "warn", by=chloe)
    with pytest.raises(asyncpg.ForeignKeyViolationError) as refused:
        await database.execute("UPDATE appeal SET sanction = $1", other)
    assert refused.value.constraint_name == "of_their_measure"


async def test_nobody_else_contests_it(browser, answered, bilal):
    await browser.sign_in(bilal)
    assert (await contest(browser, answered.decision)).status_code == 404
