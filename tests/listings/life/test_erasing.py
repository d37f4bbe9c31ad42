"""What ended six months ago is erased with all that hangs on it; what is being judged is kept."""

import asyncio
from datetime import time, timedelta
from uuid import uuid4

import pytest

from app import database
from listings.ad import Ad
from listings.life.erasing import erase_old_ads
from listings.life.passing import let_time_pass
from listings.life.publishing import send_back
from listings.life.renewing import take_up
from listings.photos.files import Size, keep, photo_file
from listings.schedules.schedule import Schedule, Weekly
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from notifications.notifying import notify
from notifications.topics import Topic
from tests.helpers.ads import closed, draft, in_days, pending, published, removed
from tests.helpers.cases import audited, case_of, said_under, topics
from tests.helpers.jobs import run_jobs
from tests.helpers.rotas import takes
from tests.helpers.talks import answered

SEVEN_MONTHS = timedelta(days=214)


async def aged(ad, by=SEVEN_MONTHS):
    await database.execute(
        "UPDATE listing SET closed_at = closed_at - $2::interval, updated_at = updated_at - $2::interval,"
        " published_at = published_at - $2::interval WHERE id = $1",
        ad.id,
        by,
    )
    return ad


async def is_there(ad) -> bool:
    return await database.value("SELECT EXISTS (SELECT FROM listing WHERE id = $1)", ad.id)


async def ended_and_answered(author, helper):
    """With a photo, a conversation and what was said under it."""
    ad = await published(author)
    photo = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", ad.id
    )
    keep(photo, dict.fromkeys(Size, b"RIFF"))
    await database.execute("UPDATE listing SET photos = ARRAY[$2::uuid] WHERE id = $1", ad.id, photo)
    conversation = await answered(ad.id, helper.id)
    await said_under(ad.id, helper, "À quelle heure ?")
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now() WHERE id = $1", ad.id
    )
    return ad, photo, conversation


async def test_author_and_helper_read_it_for_six_months_then_nobody_can(browser, another_browser, anne, bilal, emilie):
    ad, _, conversation = await ended_and_answered(anne, bilal)
    await aged(ad, timedelta(days=180))
    await erase_old_ads()
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    assert (await author.get(f"/annonces/{ad.id}")).status_code == 200
    assert (await helper.get(f"/annonces/{ad.id}")).status_code == 200

    await aged(ad, timedelta(days=5))
    await erase_old_ads()
    assert (await author.get(f"/annonces/{ad.id}")).status_code == 404
    assert (await helper.get(f"/annonces/{ad.id}")).status_code == 404
    assert (await helper.get(f"/messages/{conversation}")).status_code == 404


@pytest.mark.parametrize(
    ("until", "ended", "stays"),
    [(None, 214, True), (in_days(60), 214, True), (in_days(-1), 214, False), (None, 380, False)],
)
async def test_a_week_people_still_share_stays_a_year_at_most(anne, bilal, until, ended, stays):
    ad = await closed(anne, schedule=Schedule(weekly=Weekly(days=(1,), starts=time(16, 30), until=until)))
    other = await closed(anne, schedule=Schedule(weekly=Weekly(days=(1,))))
    await takes(ad, bilal, "1")
    for one in (ad, other):
        await aged(one, timedelta(days=ended))
    await erase_old_ads()
    assert await is_there(ad) is stays
    assert not await is_there(other)


async def test_everything_that_hangs_on_it_goes_along(anne, bilal):
    ad, photo, conversation = await ended_and_answered(anne, bilal)
    await notify(anne.id, Topic.new_message, thing=conversation, about=ad.title, path=f"/messages/{conversation}")
    await notify(bilal.id, Topic.reply_answered, thing=uuid4(), about=ad.title, path=f"/annonces/{ad.id}#reponses")
    await notify(bilal.id, Topic.new_reply, thing=uuid4(), about="Autre chose", path="/mes-annonces")
    await aged(ad)

    assert await erase_old_ads() == 1
    await run_jobs()

    for table in ("photo", "conversation", "message", "reading", "reply", "answer", "commitment", "moderation_case"):
        assert await database.value(f"SELECT count(*) FROM {table}") == 0, table
    assert not any(photo_file(photo, size).exists() for size in Size)
    kept = await database.rows("SELECT about FROM notification")
    assert [one["about"] for one in kept] == ["Autre chose"]
    assert await audited(ad.id) == ["listing.erased"]
    facts = await database.value("SELECT facts::text FROM audit_entry WHERE action = 'listing.erased'")
    assert ad.title not in facts


async def test_every_table_that_refers_to_an_ad_lets_it_go():
    """A foreign key that would keep the row makes the job fail for good."""
    keys = await database.rows(
        "SELECT conrelid::regclass::text AS table, confdeltype::text AS what FROM pg_constraint"
        " WHERE contype = 'f' AND confrelid = 'listing'::regclass"
    )
    assert len(keys) >= 6
    assert {key["table"]: key["what"] for key in keys if key["what"] != "c"} == {}


async def test_what_is_being_judged_or_was_decided_lately_is_kept(anne, bilal, chloe):
    reported, decided, long_decided = [await aged(await closed(anne)) for _ in range(3)]
    await open_case(kind=CaseKind.listing, listing=reported.id, author=anne.id, category="childcare", department="29")
    for ad, ago in ((decided, timedelta(days=100)), (long_decided, timedelta(days=200))):
        case = await open_case(
            kind=CaseKind.listing, listing=ad.id, author=anne.id, category="childcare", department="29"
        )
        await database.execute("UPDATE moderation_case SET closed_at = now() - $2::interval WHERE id = $1", case, ago)
        await database.execute(
            'INSERT INTO decision ("case", moderator, author, kind, decided_at, appeal_until)'
            " VALUES ($1, $2, $3, 'approve', now() - $4::interval, now() - $4::interval + interval '6 months')",
            case,
            chloe.id,
            anne.id,
            ago,
        )

    assert await erase_old_ads() == 1

    assert [await is_there(ad) for ad in (reported, decided, long_decided)] == [True, True, False]


async def test_a_case_about_a_reply_keeps_its_ad_too(anne, bilal):
    ad = await aged(await closed(anne))
    reply = await said_under(ad.id, bilal, "Appelez-moi plutôt.", "held")
    await open_case(
        kind=CaseKind.reply, listing=ad.id, reply=reply, author=bilal.id, category="childcare", department="29"
    )
    assert await erase_old_ads() == 0
    assert (await case_of(ad.id, "reply"))["closed_at"] is None


async def test_only_what_ended_long_ago_and_forgotten_drafts(anne):
    old_draft, new_draft = await aged(await draft(anne)), await draft(anne)
    kept = [await aged(await make(anne)) for make in (published, pending, removed)]
    recent = await aged(await closed(anne), timedelta(days=100))

    assert await erase_old_ads() == 1

    assert not await is_there(old_draft)
    assert all([await is_there(ad) for ad in (*kept, recent, new_draft)])


async def test_many_go_a_bounded_number_at_once_and_a_second_run_changes_nothing(anne, monkeypatch):
    monkeypatch.setattr("listings.life.erasing.AT_ONCE", 2)
    for _ in range(5):
        await aged(await closed(anne))
    assert [await erase_old_ads(), await erase_old_ads()] == [5, 0]


async def test_the_number_of_families_helped_and_of_sales_stays(anne, bilal):
    ad = await aged(await closed(anne, "classifieds"))
    await database.execute("UPDATE member SET families_helped = 3 WHERE id = $1", anne.id)
    await database.execute(
        "INSERT INTO sale (listing, member, year, put_on_sale_at) VALUES ($1, $2, 2026, now())", ad.id, anne.id
    )
    await let_time_pass()
    assert not await is_there(ad)
    assert await database.value("SELECT families_helped FROM member WHERE id = $1", anne.id) == 3
    assert await database.value("SELECT count(*) FROM sale WHERE member = $1", anne.id) == 1


@pytest.mark.commits
async def test_an_ad_taken_up_again_at_the_same_moment_is_either_erased_or_a_draft(anne):
    ad = await aged(await closed(anne, outcome="expired"))
    (found,) = await database.rows("SELECT * FROM listing WHERE id = $1", ad.id)
    await asyncio.gather(erase_old_ads(), take_up(Ad.of(found)), return_exceptions=True)
    status = await database.value("SELECT status FROM listing WHERE id = $1", ad.id)
    assert status in (None, "draft")


async def test_an_ad_sent_back_and_left_behind_closes_and_all_who_wait_are_told(anne, bilal):
    left, touched, never = await published(anne), await published(anne), await draft(anne)
    for ad in (left, touched):
        await answered(ad.id, bilal.id)
        await send_back(ad.id)
    for ad in (left, never):
        await database.execute("UPDATE listing SET updated_at = now() - interval '61 days' WHERE id = $1", ad.id)

    for _ in range(2):
        await let_time_pass()
    await run_jobs()

    found = {row["id"]: row["status"] for row in await database.rows("SELECT id, status FROM listing")}
    assert found == {left.id: "closed", touched.id: "draft", never.id: "draft"}
    assert await topics(bilal) == ["answer_closed"]
    assert (await audited(left.id)).count("draft.left") == 1
