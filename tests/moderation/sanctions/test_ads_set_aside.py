"""The ads of a suspended member leave the site, and come back with the time they had left."""

from datetime import timedelta

import pytest

from app import database
from app.dates import now
from listings.kinds import Outcome
from listings.life.expiring import expire_ads
from listings.life.setting_aside import bring_back, set_aside
from moderation.sanctions.ending import end_sanctions
from moderation.sanctions.following import follow, follow_everybody
from tests.helpers.ads import in_days, pending, published
from tests.helpers.agreed import agreed, this_day
from tests.helpers.browser import words
from tests.helpers.cases import audited, case_of, opened, take_and_decide, told, topics
from tests.helpers.jobs import run_jobs
from tests.helpers.sanctions import over, state_of, taken
from tests.helpers.talks import answered
from tests.moderation.cases.people import moderating


async def _row(listing):
    return await database.row("SELECT * FROM listing WHERE id = $1", listing)


@pytest.fixture
async def second(denis):
    return await moderating(denis)


async def test_an_ad_is_out_of_every_list_and_page_and_back_with_its_remaining_life(
    browser, anne, bilal, chloe, second, index
):
    ad = await published(anne, published_at=now() - timedelta(days=10))
    left = (await _row(ad.id))["expires_at"] - now()
    sanction = await taken(anne, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    row = await _row(ad.id)
    assert (row["status"], row["outcome"], row["closed_at"]) == ("aside", None, None)
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 404
    assert ad.title not in words(await browser.get("/annonces"))
    assert ad.title not in words(await browser.get("/"))
    await database.execute("UPDATE listing SET set_aside_at = now() - interval '14 days' WHERE id = $1", ad.id)
    await over(sanction)
    await end_sanctions()
    await run_jobs()
    row = await _row(ad.id)
    assert (row["status"], row["set_aside_at"]) == ("published", None)
    assert abs(row["expires_at"] - now() - left - timedelta(days=14)) < timedelta(minutes=1)
    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 200
    assert ad.title in words(await browser.get("/annonces"))
    assert [one for one in await audited(ad.id) if one.startswith("listing")] == [
        "listing.set_aside",
        "listing.brought_back",
    ]


async def test_an_ad_whose_last_day_passed_meanwhile_ends_like_any_other(anne, chloe, second):
    ad = await published(anne, wanted_by=in_days(3))
    sanction = await taken(anne, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    await database.execute(
        "UPDATE listing SET wanted_by = wanted_by - 10, expires_at = expires_at - interval '10 days',"
        " set_aside_at = now() - interval '5 days' WHERE id = $1",
        ad.id,
    )
    await over(sanction)
    await end_sanctions()
    assert (await _row(ad.id))["expires_at"] <= now()
    await expire_ads()
    assert (await _row(ad.id))["outcome"] == Outcome.expired


async def test_who_answered_and_who_was_chosen_are_told_it_is_over_and_not_why(
    browser, anne, bilal, emilie, chloe, second
):
    told_of = (await agreed(anne, bilal, this_day(3))).ad
    await answered(told_of.id, emilie.id)
    await taken(anne, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    assert "answer_closed" in await topics(emilie)
    assert await database.value("SELECT count(*) FROM commitment WHERE ended_at IS NULL") == 0
    await browser.sign_in(emilie)
    for topic, path in await told(emilie):
        if topic == "answer_closed":
            page = words(await browser.get(path)).lower()
            assert "l’annonce est terminée" in page
            assert "suspen" not in page
            assert "exclu" not in page


async def test_who_counted_on_them_elsewhere_is_told_that_they_no_longer_come(anne, bilal, chloe, second):
    ad = (await agreed(bilal, anne, this_day(3))).ad
    await taken(anne, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    assert "helper_withdrew" in await topics(bilal)
    assert await database.value("SELECT count(*) FROM commitment WHERE helper = $1 AND ended_at IS NULL", anne.id) == 0
    assert (await _row(ad.id))["status"] == "published"
    assert (await _row(ad.id))["reserved"] == 0


async def test_who_answered_at_the_moment_of_their_suspension_is_waited_for_by_nobody(anne, bilal, chloe, second):
    ad = await published(anne)
    await answered(ad.id, bilal.id)
    await taken(bilal, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    await database.execute("UPDATE answer SET state = 'waiting' WHERE helper = $1", bilal.id)
    await end_sanctions()
    assert await database.value("SELECT state FROM answer WHERE helper = $1", bilal.id) == "withdrawn"


async def test_who_was_told_no_by_the_suspension_may_answer_again(anne, bilal, chloe, second):
    ad = await published(anne)
    await answered(ad.id, bilal.id)
    sanction = await taken(anne, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    await over(sanction)
    await end_sanctions()
    await answered(ad.id, bilal.id, "Je suis toujours là.")
    assert await database.value("SELECT state FROM answer WHERE listing = $1", ad.id) == "waiting"


async def test_an_ad_approved_while_its_author_is_suspended_is_set_aside_at_once(browser, anne, chloe, second):
    ad = await pending(anne)
    await taken(anne, "suspension", 14, by=chloe, second=second)
    await browser.sign_in(chloe)
    await take_and_decide(browser, (await case_of(ad.id))["id"], "approve")
    assert (await _row(ad.id))["status"] == "aside"


async def test_an_ad_set_aside_can_still_be_removed(browser, anne, chloe, second):
    ad = await published(anne)
    case = await opened(ad)
    await taken(anne, "suspension", 14, by=chloe, second=second)
    await run_jobs()
    await browser.sign_in(chloe)
    assert (await take_and_decide(browser, case, "ask_changes")).status_code == 422
    assert (await take_and_decide(browser, case, "remove", reason="forbidden")).status_code == 303
    row = await _row(ad.id)
    assert (row["status"], row["set_aside_at"]) == ("removed", None)


async def test_following_twice_or_half_way_comes_to_the_same(anne, chloe, second):
    first, other = await published(anne), await published(anne, "rides")
    sanction = await taken(anne, "suspension", 14, by=chloe, second=second)
    await set_aside(first.id)  # the job was killed here
    await follow_everybody()
    await follow(anne.id)
    await set_aside(other.id)
    assert [(await _row(ad.id))["status"] for ad in (first, other)] == ["aside", "aside"]
    await bring_back(first.id)  # nobody may, while it lasts
    assert (await _row(first.id))["status"] == "aside"
    await over(sanction)
    await bring_back(first.id)
    await follow_everybody()
    await follow(anne.id)
    assert [(await _row(ad.id))["status"] for ad in (first, other)] == ["published", "published"]
    assert (await audited(first.id)).count("listing.set_aside") == 1
    assert (await audited(first.id)).count("listing.brought_back") == 1


async def test_the_ads_of_an_excluded_member_end_when_nothing_can_bring_them_back(anne, chloe, second):
    ad = await published(anne)
    sanction = await taken(anne, "exclusion", by=chloe, second=second)
    await run_jobs()
    await follow_everybody()
    assert (await _row(ad.id))["status"] == "aside"
    await database.execute("UPDATE listing SET set_aside_at = now() - interval '184 days' WHERE id = $1", ad.id)
    await follow_everybody()
    assert (await _row(ad.id))["outcome"] == Outcome.withdrawn
    assert await state_of(sanction) == "active"
