"""What was removed can be brought back as long as somebody may contest it; then nothing is left of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app import database
from app.database import transaction
from app.dates import now
from listings.life.erasing import erase_old_ads
from listings.photos.files import Size, keep, photo_file
from moderation.cases.erasing import erase_what_was_removed, forget_old_cases, let_time_pass_over_cases
from moderation.cases.retention import GRACE
from tests.helpers.ads import closed, published
from tests.helpers.appeals import case_about, contest, decide_of, removed_ad
from tests.helpers.browser import said, words
from tests.helpers.cases import audited, said_under, take_and_decide, told, topics
from tests.helpers.exchanges import helping, word_of_thanks
from tests.helpers.jobs import run_jobs
from tests.helpers.waiting import until
from tests.moderation.cases.people import moderating, somebody_waits, talk, the_case

SEVEN_MONTHS = timedelta(days=215)
SECRET = "Contre mille euros, au noir."


async def case_of_decision(decision: UUID) -> UUID:
    return await database.value('SELECT "case" FROM decision WHERE id = $1', decision)


async def ago(decision: UUID, by: timedelta = SEVEN_MONTHS) -> UUID:
    """The decision, its case and its ad as if that much time had passed since."""
    case = await case_of_decision(decision)
    await database.execute(
        "UPDATE decision SET decided_at = decided_at - $2::interval,"
        " appeal_until = decided_at - $2::interval + interval '6 months' WHERE id = $1",
        decision,
        by,
    )
    await database.execute(
        "UPDATE moderation_case SET closed_at = closed_at - $2::interval, opened_at = opened_at - $2::interval"
        " WHERE id = $1",
        case,
        by,
    )
    await database.execute(
        "UPDATE listing SET updated_at = updated_at - $2::interval, closed_at = closed_at - $2::interval"
        " WHERE id = (SELECT listing FROM moderation_case WHERE id = $1)",
        case,
        by,
    )
    return decision


async def anywhere(secret: str) -> list[str]:
    """The tables in which these words still stand."""
    columns = await database.rows(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type IN ('text', 'character varying', 'jsonb') AND table_name NOT LIKE 'procrastinate%'"
    )
    found = [
        f"{one['table_name']}.{one['column_name']}"
        for one in columns
        if await database.value(
            f'SELECT EXISTS (SELECT FROM "{one["table_name"]}" WHERE strpos("{one["column_name"]}"::text, $1) > 0)',
            secret,
        )
    ]
    return sorted(found)


async def test_a_removed_ad_and_its_evidence_stay_six_months_then_nothing_is_left(browser, anne, chloe):
    ad = await published(anne, title="Un canapé secret", body=SECRET)
    photo = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", ad.id
    )
    keep(photo, dict.fromkeys(Size, b"RIFF"))
    await database.execute("UPDATE listing SET photos = ARRAY[$2::uuid] WHERE id = $1", ad.id, photo)
    decision = await decide_of(await case_about(ad), chloe, "remove")
    await ago(decision, timedelta(days=180))
    assert await erase_what_was_removed() == 0
    assert await anywhere(SECRET) == ["evidence.content", "listing.body"]

    await ago(decision, timedelta(days=6))
    assert await erase_what_was_removed() == 1
    await run_jobs()
    assert await anywhere(SECRET) == await anywhere("canapé secret") == []
    assert not any(photo_file(photo, size).exists() for size in Size)
    left = await database.row("SELECT status, title, category, department FROM listing WHERE id = $1", ad.id)
    assert tuple(left) == ("removed", "Annonce effacée", "childcare", "29")
    assert await database.value("SELECT count(*) FROM decision WHERE id = $1", decision) == 1
    assert await audited(await case_of_decision(decision)) == ["case.opened", "case.erased"]
    assert "Annonce effacée" not in said(await (await browser.sign_in(anne)).get("/mes-annonces"))


async def test_running_again_changes_nothing(anne, chloe):
    await ago(await removed_ad(anne, chloe))
    assert [await erase_what_was_removed(), await erase_what_was_removed()] == [1, 0]


async def test_replies_words_of_thanks_and_private_messages_go_the_same_way(anne, bilal, chloe):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, f"Réponse. {SECRET}")
    word = await word_of_thanks(await helping(ad.id, anne, bilal), bilal, anne, f"Merci. {SECRET}", "published")
    await database.execute("UPDATE thanks SET private_line = $1", f"Pour vous. {SECRET}")
    message, _ = await talk(ad.id, anne, bilal, f"Message. {SECRET}", "Pardon ?")
    for about in ({"reply": reply}, {"thanks": word}, {"message": message}):
        await ago(await decide_of(await case_about(ad, author=bilal.id, **about), chloe, "remove"))
    assert await erase_what_was_removed() == 3
    assert await anywhere(SECRET) == []
    states = [await database.value(f"SELECT state FROM {table}") for table in ("reply", "thanks")]
    assert states == ["removed", "removed"]
    assert await database.value("SELECT body FROM message WHERE id = $1", message) == ""


async def test_of_what_was_approved_or_sent_back_only_the_evidence_goes(anne, chloe):
    approved, sent_back = await published(anne, body=SECRET), await published(anne, body=SECRET)
    await ago(await decide_of(await case_about(approved), chloe, "approve"))
    await ago(await decide_of(await case_about(sent_back), chloe, "ask_changes"))
    assert await erase_what_was_removed() == 2
    assert await anywhere(SECRET) == ["listing.body", "search_document.body"]
    assert await database.value("SELECT count(*) FROM listing WHERE body = $1", SECRET) == 2


async def test_a_case_taken_back_keeps_its_evidence_a_month(anne):
    case = await case_about(await published(anne))
    for days, left in ((29, 1), (31, 0)):
        await database.execute(
            "UPDATE moderation_case SET closed_at = now() - $2::interval WHERE id = $1", case, timedelta(days=days)
        )
        await erase_what_was_removed()
        assert await database.value("SELECT count(*) FROM evidence") == left


async def test_an_open_appeal_keeps_everything_until_it_is_judged(browser, anne, chloe, denis):
    await moderating(denis)
    decision = await removed_ad(anne, chloe, body=SECRET)
    await contest(await browser.sign_in(anne), decision)
    await _long_after(decision)
    assert await erase_what_was_removed() == 0
    assert await anywhere(SECRET) == ["evidence.content", "listing.body"]

    await database.execute(
        "UPDATE appeal SET state = 'rejected', judged_by = $1, judged_at = now(), words = 'Non.'", denis.id
    )
    await database.execute("UPDATE moderation_case SET closed_at = now() WHERE kind = 'appeal'")
    assert await erase_what_was_removed() == 1
    assert await anywhere(SECRET) == []


async def _long_after(decision: UUID) -> None:
    """The appeal's own copy of the decision's last moment moves along, as it must."""
    async with transaction():
        await database.execute("SET LOCAL session_replication_role = replica")
        await ago(decision)
        await database.execute(
            "UPDATE appeal a SET until = d.appeal_until, opened_at = d.decided_at FROM decision d"
            " WHERE d.id = a.decision"
        )
        await database.execute("SET LOCAL session_replication_role = DEFAULT")


async def test_what_an_appeal_brought_back_is_left_alone(anne, chloe):
    decision = await removed_ad(anne, chloe, body=SECRET)
    await database.execute("UPDATE decision SET overturned_at = now() WHERE id = $1", decision)
    await database.execute(
        "UPDATE listing SET status = 'published' WHERE id = (SELECT listing FROM moderation_case LIMIT 1)"
    )
    await ago(decision)
    assert await erase_what_was_removed() == 1
    assert await anywhere(SECRET) == ["listing.body"]


async def test_a_second_removal_of_the_same_thing_has_a_window_of_its_own(anne, chloe):
    ad = await published(anne, body=SECRET)
    first = await decide_of(await case_about(ad), chloe, "remove")
    await database.execute("UPDATE listing SET status = 'published' WHERE id = $1", ad.id)
    second = await decide_of(await case_about(ad), chloe, "remove")
    await ago(first)
    assert await erase_what_was_removed() == 1
    assert await anywhere(SECRET) == ["evidence.content", "listing.body"]
    await ago(second)
    await erase_what_was_removed()
    assert await anywhere(SECRET) == []


async def test_one_that_fails_keeps_no_other_from_its_turn(anne, chloe, monkeypatch):
    monkeypatch.setattr("moderation.cases.erasing.AT_ONCE", 1)
    decisions = [await ago(await removed_ad(anne, chloe)) for _ in range(3)]
    bad = await case_of_decision(decisions[1])

    async def fails_once(cases):
        assert list(cases) != [bad], "for the test"

    monkeypatch.setattr("moderation.cases.erasing.forget_evidence", fails_once)
    with pytest.raises(Exception, match="1 failed"):
        await erase_what_was_removed()
    erased = await database.value("SELECT count(*) FROM moderation_case WHERE erased_at IS NOT NULL")
    assert erased == 2


async def _contesting(decision: UUID, anne, opened: asyncio.Event, may_end: asyncio.Event) -> None:
    """An appeal on its way: written, not yet there for anybody else."""
    async with transaction():
        case = await database.value(
            "INSERT INTO moderation_case (kind, listing, author, category, department, risk, due_at, press_at,"
            " findings, opened_at, version) SELECT 'appeal', listing, author, category, department, 0, now(), now(),"
            " '[]', now(), 1 FROM moderation_case WHERE id = (SELECT \"case\" FROM decision WHERE id = $1)"
            " RETURNING id",
            decision,
        )
        await database.execute(
            'INSERT INTO appeal (decision, first_judge, until, appellant, "case", opened_at)'
            " SELECT id, moderator, appeal_until, author, $2, appeal_until FROM decision WHERE id = $1",
            decision,
            case,
        )
        opened.set()
        await may_end.wait()


@pytest.mark.commits
async def test_an_appeal_that_comes_at_the_moment_of_the_erasure_is_waited_for_and_wins(anne, chloe):
    decision = await removed_ad(anne, chloe, body=SECRET)
    await ago(decision)
    opened, may_end = asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as both:
        both.create_task(_contesting(decision, anne, opened, may_end))
        await opened.wait()
        erasing = both.create_task(erase_what_was_removed())
        await until(somebody_waits)
        assert not erasing.done()
        may_end.set()
    assert await anywhere(SECRET) == ["evidence.content", "listing.body"]
    assert (await the_case(await case_of_decision(decision)))["erased_at"] is None


@pytest.mark.commits
async def test_after_the_erasure_it_is_too_late_to_contest(browser, anne, chloe):
    decision = await removed_ad(anne, chloe, body=SECRET)
    await browser.sign_in(anne)
    await ago(decision)
    async with asyncio.timeout(60):
        answer, _ = await asyncio.gather(contest(browser, decision), erase_what_was_removed())
    assert answer.status_code in (404, 409, 410)
    assert await database.value("SELECT count(*) FROM appeal") == 0
    assert await anywhere(SECRET) == []


@pytest.mark.commits
async def test_two_runs_at_once_erase_each_thing_once(anne, chloe):
    decisions = [await ago(await removed_ad(anne, chloe)) for _ in range(4)]
    async with asyncio.timeout(60):
        await asyncio.gather(erase_what_was_removed(), erase_what_was_removed())
    for decision in decisions:
        assert (await audited(await case_of_decision(decision))).count("case.erased") == 1


async def test_the_last_moment_to_appeal_is_a_day_before_the_erasure(anne, chloe):
    decision = await removed_ad(anne, chloe)
    for since, erased in ((GRACE - timedelta(minutes=5), 0), (GRACE + timedelta(minutes=5), 1)):
        await database.execute(
            "UPDATE decision SET appeal_until = $2, decided_at = $2::timestamptz - interval '6 months' WHERE id = $1",
            decision,
            now() - since,
        )
        assert await erase_what_was_removed() == erased


# A year later


async def test_a_decision_is_forgotten_with_its_case_after_a_year_and_its_removed_ad_too(anne, bilal, chloe):
    decision = await removed_ad(anne, chloe)
    case = await case_of_decision(decision)
    await database.execute(
        "INSERT INTO report (\"case\", reporter, reason, words, made_at) VALUES ($1, $2, 'other', '', now())",
        case,
        bilal.id,
    )
    await ago(decision)
    await let_time_pass_over_cases()
    assert await erase_old_ads() == 0
    await ago(decision, timedelta(days=155))
    assert [await forget_old_cases(), await forget_old_cases()] == [1, 0]
    for table in ("moderation_case", "decision", "report", "evidence"):
        assert await database.value(f"SELECT count(*) FROM {table}") == 0, table
    assert await audited(case) == ["case.opened", "case.erased", "case.forgotten"]
    assert await erase_old_ads() == 1
    assert await database.value("SELECT count(*) FROM listing") == 0


async def test_an_exclusion_keeps_the_decision_it_was_taken_with(anne, chloe, denis):
    decision = await ago(await removed_ad(anne, chloe), timedelta(days=400))
    await database.execute(
        "INSERT INTO sanction (member, decision, kind, reason, facts, words, state, proposed_by, confirmed_by,"
        " proposed_at, starts_at) VALUES ($1, $2, 'exclusion', 'unclear', 'Faits.', 'Mots.', 'active', $3, $4,"
        " now(), now())",
        anne.id,
        decision,
        chloe.id,
        denis.id,
    )
    assert await forget_old_cases() == 0
    await database.execute("UPDATE sanction SET state = 'lifted'")
    assert await forget_old_cases() == 1


async def test_a_warning_is_forgotten_with_its_decision_and_its_news(browser, anne, chloe):
    case = await case_about(await published(anne))
    await take_and_decide(await browser.sign_in(chloe), case, "remove", sanction="warn")
    assert "sanction_taken" in await topics(anne)
    await ago(await database.value("SELECT id FROM decision"), timedelta(days=370))
    await let_time_pass_over_cases()
    assert await database.value("SELECT count(*) FROM sanction") == 0
    assert await topics(anne) == []


async def test_an_ad_that_ended_stays_with_the_statement_about_it_and_no_longer(anne, chloe):
    ads = [await closed(anne) for _ in range(2)]
    changed, approved = [
        await decide_of(await case_about(ad), chloe, kind) for ad, kind in zip(ads, ("remove", "approve"), strict=True)
    ]
    await database.execute("UPDATE decision SET overturned_at = now() WHERE id = $1", changed)
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = 'withdrawn', closed_at = now() WHERE id = $1", ads[0].id
    )
    for decision in (changed, approved):
        await ago(decision)
    assert await erase_old_ads() == 1
    assert await database.value("SELECT id FROM listing") == ads[0].id
    await ago(changed, timedelta(days=155))
    assert await erase_old_ads() == 1


async def test_a_year_old_decision_is_gone_from_its_authors_pages_and_news(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await database.execute(
        "INSERT INTO notification (member, topic, thing, about, path, times, first_at, last_at)"
        " VALUES ($1, 'listing_removed', $2, 'Une annonce', $3, 1, now(), now())",
        anne.id,
        decision,
        f"/decisions/{decision}",
    )
    await browser.sign_in(anne)
    assert (await browser.get(f"/decisions/{decision}")).status_code == 200
    await ago(decision, timedelta(days=370))
    await let_time_pass_over_cases()
    assert (await browser.get(f"/decisions/{decision}")).status_code == 404
    assert await told(anne) == []


async def test_what_was_erased_is_named_as_such_wherever_the_decision_is_still_read(browser, anne, chloe):
    decision = await ago(await removed_ad(anne, chloe, title="Un titre secret", body=SECRET))
    await erase_what_was_removed()
    case = await case_of_decision(decision)
    doors = [
        (chloe, [f"/moderation/dossiers/{case}", "/moderation/journal"]),
        (anne, [f"/decisions/{decision}", "/moi/decisions", f"/annonces/{(await the_case(case))['listing']}"]),
    ]
    for member, paths in doors:
        await browser.sign_in(member)
        for path in paths:
            page = await browser.get(path)
            assert page.status_code == 200, path
            assert SECRET not in words(page)
            assert "secret" not in words(page)
            assert "Annonce effacée" in words(page), path
    assert datetime.now(UTC) > (await the_case(case))["erased_at"]
