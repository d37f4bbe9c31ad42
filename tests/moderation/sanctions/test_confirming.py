"""A suspension or an exclusion needs two: the second is never the first, nor somebody concerned."""

import asyncio

import asyncpg
import pytest

from app import database
from members.tables import Role
from tests.helpers.browser import said, words
from tests.helpers.cases import audited, told, topics
from tests.helpers.sanctions import state_of, taken, the_sanction
from tests.moderation.cases.people import moderating

HERE = "/moderation/sanctions"


async def _answer(browser, sanction, how="confirmation"):
    return await browser.submit(f"{HERE}/{sanction}/{how}")


async def test_a_proposed_suspension_changes_nothing_and_its_member_hears_nothing(browser, anne, chloe):
    sanction = await taken(anne, "suspension", 14, by=chloe)
    assert await state_of(sanction) == "proposed"
    assert await topics(anne) == []
    await browser.sign_in(anne)
    assert (await browser.get("/annonces")).status_code == 200
    assert (await browser.get(f"/moi/decisions/mesures/{sanction}")).status_code == 404
    assert "Suspension" not in words(await browser.get("/moi/decisions"))


@pytest.mark.parametrize("kind", ["suspension", "exclusion"])
async def test_a_second_moderator_says_yes(browser, anne, chloe, denis, kind):
    await moderating(denis)
    sanction = await taken(anne, kind, 14 if kind == "suspension" else None, by=chloe)
    await browser.sign_in(denis)
    page = await browser.get(HERE)
    assert "Proposé par Chloe" in words(page)
    assert "anne@exemple.test" not in page.text
    after = await browser.follow(await _answer(browser, sanction))
    assert "La mesure s’applique" in said(after)
    row = await the_sanction(sanction)
    assert (row["state"], row["confirmed_by"]) == ("active", denis.id)
    assert ((row["ends_at"] - row["starts_at"]).days if row["ends_at"] else None) == row["days"]
    assert await told(anne) == [("sanction_taken", f"/moi/decisions/mesures/{sanction}")]
    assert await audited(sanction) == ["sanction.proposed", "sanction.confirmed"]
    assert await database.value("SELECT suspended_until > now() FROM member WHERE id = $1", anne.id)


async def test_a_second_moderator_says_no_and_nothing_comes_of_it(browser, anne, chloe, denis):
    await moderating(denis)
    sanction = await taken(anne, "exclusion", by=chloe)
    await browser.sign_in(denis)
    assert "La mesure est écartée" in said(await browser.follow(await _answer(browser, sanction, "refus")))
    assert await state_of(sanction) == "refused"
    assert await topics(anne) == []
    assert await database.value("SELECT suspended_until FROM member WHERE id = $1", anne.id) is None
    assert (await _answer(browser, sanction)).status_code == 409


@pytest.mark.parametrize("how", ["confirmation", "refus"])
async def test_the_proposer_alone_is_refused(browser, anne, chloe, how):
    sanction = await taken(anne, "suspension", 14, by=chloe)
    await browser.sign_in(chloe)
    assert "Une autre personne de l’équipe doit répondre" in words(await browser.get(HERE))
    answer = await _answer(browser, sanction, how)
    assert answer.status_code == 409
    assert "une autre personne de l’équipe doit dire oui ou non" in said(answer)
    assert await state_of(sanction) == "proposed"


async def test_the_database_refuses_the_proposer_alone_too(anne, chloe):
    sanction = await taken(anne, "suspension", 14, by=chloe)
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await database.execute(
            "UPDATE sanction SET state = 'active', confirmed_by = proposed_by, starts_at = now(),"
            " ends_at = now() + interval '14 days' WHERE id = $1",
            sanction,
        )
    assert refused.value.constraint_name == "heavy_needs_two"


async def test_the_database_refuses_a_second_moderator_who_has_a_stake(anne, bilal, chloe):
    await moderating(bilal)
    sanction = await taken(anne, "suspension", 14, by=chloe)
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", bilal.id, anne.id
    )
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await database.execute(
            "UPDATE sanction SET state = 'active', confirmed_by = $2, starts_at = now(),"
            " ends_at = now() + interval '14 days' WHERE id = $1",
            sanction,
            bilal.id,
        )
    assert refused.value.constraint_name == "no_conflict_of_interest"


async def test_who_knows_the_member_or_is_out_of_scope_neither_sees_nor_answers_it(browser, anne, bilal, chloe, farid):
    await moderating(bilal)
    sanction = await taken(anne, "suspension", 14, by=chloe)
    await database.execute(
        "INSERT INTO moderator_tie (moderator, member, declared_at) VALUES ($1, $2, now())", bilal.id, anne.id
    )
    for other in (bilal, farid):
        await browser.sign_in(other)
        assert "Rien n’attend" in words(await browser.get(HERE))
        assert (await _answer(browser, sanction)).status_code == 404


async def test_a_moderator_never_judges_the_measure_against_themselves(browser, anne, chloe):
    await moderating(anne)
    sanction = await taken(anne, "suspension", 14, by=chloe)
    await browser.sign_in(anne)
    assert (await _answer(browser, sanction)).status_code == 404


async def test_those_that_wait_are_counted_for_who_may_answer(browser, anne, bilal, chloe, denis):
    await moderating(denis)
    await taken(anne, "suspension", 14, by=chloe)
    await taken(bilal, "exclusion", by=chloe)
    await browser.sign_in(denis)
    assert "Deuxième avis 2 en attente" in words(await browser.get(HERE))
    await browser.sign_in(chloe)
    assert "en attente" not in words(await browser.get(HERE))


async def test_what_was_taken_before_stands_beside_the_proposal(browser, anne, chloe, denis):
    await moderating(denis)
    await taken(anne, "warn", by=chloe)
    await taken(anne, "suspension", 14, by=chloe)
    await browser.sign_in(denis)
    assert "Avertissement" in words(await browser.get(HERE))


@pytest.mark.commits
async def test_two_say_yes_and_no_at_once_and_one_does(browser, another_browser, anne, chloe, bilal, denis):
    for second in (bilal, denis):
        await Role(member=second.id, kind="moderator", granted_at=second.joined_at).save()
    sanction = await taken(anne, "suspension", 14, by=chloe)
    await browser.sign_in(bilal)
    await another_browser.sign_in(denis)
    for each in (browser, another_browser):
        await each.get("/charte")
    async with asyncio.timeout(20):
        answers = await asyncio.gather(_answer(browser, sanction), _answer(another_browser, sanction, "refus"))
    assert sorted(one.status_code for one in answers) == [303, 409]
    state = await state_of(sanction)
    assert state == ("active" if answers[0].status_code == 303 else "refused")
    assert len(await topics(anne)) == (state == "active")


async def test_six_months_to_contest_begin_when_its_member_hears_of_it(browser, anne, chloe, denis):
    await moderating(denis)
    sanction = await taken(anne, "suspension", 14, by=chloe)
    decision = (await the_sanction(sanction))["decision"]
    await database.execute(
        "UPDATE decision SET decided_at = now() - interval '20 days',"
        " appeal_until = now() - interval '20 days' + interval '6 months' WHERE id = $1",
        decision,
    )
    await _answer(await browser.sign_in(denis), sanction)
    assert await database.value(
        "SELECT d.appeal_until >= s.starts_at + interval '6 months' FROM decision d"
        " JOIN sanction s ON s.decision = d.id WHERE s.id = $1",
        sanction,
    )
    await browser.sign_in(anne)
    assert "mesure prise alors contre votre compte" in words(await browser.get(f"/decisions/{decision}/recours"))
