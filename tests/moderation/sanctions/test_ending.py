"""Each measure ends by itself, once, whatever happens to the job; an upheld appeal ends it before."""

import asyncio

import pytest

from app import database
from app.sweeping import SweepIncomplete
from moderation.sanctions import ending
from moderation.sanctions.ending import end_sanctions
from moderation.sanctions.lifting import lift_for
from tests.helpers.ads import published
from tests.helpers.cases import audited, told, topics
from tests.helpers.jobs import run_jobs
from tests.helpers.sanctions import over, state_of, taken, the_sanction
from tests.moderation.cases.people import moderating


async def _member(member):
    return await database.row("SELECT * FROM member WHERE id = $1", member.id)


async def test_a_measure_ends_on_its_day_and_its_member_is_told_once(anne, chloe):
    sanction = await taken(anne, "no_posting", 7, by=chloe)
    assert (await _member(anne))["no_posting_until"] is not None
    assert await end_sanctions() == 0
    await over(sanction)
    assert await end_sanctions() == 1
    assert await end_sanctions() == 0
    assert await state_of(sanction) == "ended"
    assert (await _member(anne))["no_posting_until"] is None
    assert (await topics(anne)).count("sanction_ended") == 1
    assert await audited(sanction) == ["sanction.taken", "sanction.ended"]


async def test_what_still_lasts_keeps_the_member_from_the_site(anne, chloe, denis):
    await moderating(denis)
    suspension = await taken(anne, "suspension", 14, by=chloe, second=denis)
    await taken(anne, "exclusion", by=chloe, second=denis)
    await over(suspension)
    await end_sanctions()
    assert await state_of(suspension) == "ended"
    assert (await _member(anne))["suspended_until"].year == 9999


async def test_a_suspension_that_follows_one_nobody_has_ended_yet_sets_their_ads_aside_too(anne, chloe, denis):
    await moderating(denis)
    suspension = await taken(anne, "suspension", 14, by=chloe, second=denis)
    await run_jobs()
    await over(suspension)
    ad = await published(anne)
    await taken(anne, "exclusion", by=chloe, second=denis)
    await run_jobs()
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "aside"


@pytest.mark.commits
async def test_a_job_killed_in_the_middle_leaves_whole_measures_and_the_next_run_ends_the_others(
    anne, bilal, chloe, monkeypatch
):
    first, second = await taken(anne, "no_posting", 7, by=chloe), await taken(bilal, "no_posting", 7, by=chloe)
    await over(first)
    await over(second)
    real = ending.take_effect

    async def fails_for_anne(member):
        if member == anne.id:
            raise RuntimeError("killed here")
        await real(member)

    with monkeypatch.context() as patched:
        patched.setattr(ending, "take_effect", fails_for_anne)
        with pytest.raises(SweepIncomplete):
            await end_sanctions()
    assert (await state_of(first), await state_of(second)) == ("active", "ended")
    assert (await _member(anne))["no_posting_until"] is not None
    assert await topics(anne) == ["sanction_taken"]
    await end_sanctions()
    assert (await state_of(first), await state_of(second)) == ("ended", "ended")
    assert (await topics(bilal)).count("sanction_ended") == 1
    assert (await topics(anne)).count("sanction_ended") == 1


async def test_whoever_earned_trust_again_is_read_first_no_longer(anne, chloe):
    sanction = await taken(anne, "review_first", by=chloe)
    assert (await _member(anne))["trusted_at"] is None
    await end_sanctions()
    assert await state_of(sanction) == "active"
    await database.execute("UPDATE member SET trusted_at = now() + interval '1 second' WHERE id = $1", anne.id)
    await end_sanctions()
    assert await state_of(sanction) == "ended"
    assert await audited(sanction) == ["sanction.taken", "sanction.ended"]


async def test_an_upheld_appeal_lifts_what_was_taken_and_opens_the_site_again(browser, anne, chloe, denis):
    await moderating(denis)
    ad = await published(anne)
    sanction = await taken(anne, "suspension", 14, by=chloe, second=denis)
    await run_jobs()
    decision = (await the_sanction(sanction))["decision"]
    await lift_for(decision)
    await lift_for(decision)
    assert await state_of(sanction) == "lifted"
    assert (await topics(anne)).count("sanction_lifted") == 1
    await browser.sign_in(anne)
    assert (await browser.get("/annonces")).status_code == 200
    await run_jobs()
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "published"


async def test_a_proposal_falls_with_its_decision_and_its_member_never_hears_of_it(anne, chloe):
    sanction = await taken(anne, "exclusion", by=chloe)
    await lift_for((await the_sanction(sanction))["decision"])
    assert await state_of(sanction) == "refused"
    assert await topics(anne) == []


async def test_only_the_measures_of_that_decision_are_lifted(anne, chloe):
    kept = await taken(anne, "warn", by=chloe)
    lifted = await taken(anne, "no_posting", 7, by=chloe)
    await lift_for((await the_sanction(lifted))["decision"])
    assert (await state_of(kept), await state_of(lifted)) == ("active", "lifted")


async def test_a_proposal_nobody_answers_falls_after_thirty_days_and_who_made_it_is_told(browser, anne, chloe, denis):
    await moderating(denis)
    sanction = await taken(anne, "suspension", 14, by=chloe)
    await database.execute("UPDATE sanction SET proposed_at = now() - interval '29 days 23 hours'")
    await end_sanctions()
    assert await state_of(sanction) == "proposed"
    await database.execute("UPDATE sanction SET proposed_at = now() - interval '30 days 1 minute'")
    for _ in range(2):
        await end_sanctions()
    assert await state_of(sanction) == "refused"
    assert await audited(sanction) == ["sanction.proposed", "sanction.lapsed"]
    assert await database.value("SELECT actor FROM audit_entry WHERE action = 'sanction.lapsed'") is None
    assert await topics(anne) == []
    case = await database.value('SELECT "case" FROM decision d JOIN sanction s ON s.decision = d.id')
    assert await told(chloe) == [("sanction_lapsed", f"/moderation/dossiers/{case}")]
    await browser.sign_in(denis)
    assert (await browser.submit(f"/moderation/sanctions/{sanction}/confirmation")).status_code == 409


@pytest.mark.commits
async def test_its_end_and_an_appeal_at_once_leave_one_truth(anne, chloe):
    sanction = await taken(anne, "no_posting", 7, by=chloe)
    decision = (await the_sanction(sanction))["decision"]
    await over(sanction)
    async with asyncio.timeout(20):
        await asyncio.gather(end_sanctions(), lift_for(decision), end_sanctions(), lift_for(decision))
    assert await state_of(sanction) == "lifted"
    assert (await _member(anne))["no_posting_until"] is None
    assert (await topics(anne)).count("sanction_lifted") == 1
    assert (await topics(anne)).count("sanction_ended") <= 1
