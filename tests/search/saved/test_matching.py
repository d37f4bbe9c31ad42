"""Whom a new ad is for: those whose search finds it, and nobody who must not hear of it."""

from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.dates import today
from listings.life.publishing import publish
from search.keeping import keep_indexed
from search.saved.deriving import derive_outdated
from search.saved.matching import known_before, match
from search.saved.paces import Pace
from search.saved.reading import searches_of
from search.words import synonyms
from tests.helpers.ads import in_days, pending, published
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs
from tests.helpers.vocabulary import add_words
from tests.search.saved.keeping import keeps, noted, told


async def test_a_new_ad_is_told_to_who_asked_for_it(anne, bilal):
    await keeps(anne, q="poussettes", departement="29")
    await keeps(anne, q="armoire")
    ad = await published(bilal, "classifieds")
    assert await match(ad.id) == 1
    assert await noted() == [(anne.id, str(ad.id))]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "POUSSETTE"},
        {"q": "poussettes pliantes"},
        {"q": "landau"},  # a synonym
        {"categorie": "classifieds"},
        {"nature": "give"},
        {"departement": "29"},
        {"region": "53"},
        {"q": "poussette", "categorie": "classifieds", "nature": "give", "departement": "29"},
        {"q": "pliante", "rayon": "5"},
        {"rayon": "100", "commune": "Quimper (29)"},
        {"q": "poussett"},  # as the search does: a long last word may be unfinished
    ],
)
async def test_what_a_search_finds_is_told(anne, bilal, asked):
    await keeps(anne, **asked)
    assert await match((await published(bilal, "classifieds")).id) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "poussette double"},
        {"q": "canapé"},
        {"categorie": "rides"},
        {"nature": "sell"},
        {"departement": "22"},
        {"region": "11"},
        {"rayon": "25", "commune": "Quimper (29)"},
        {"q": "poussette", "photos": "oui"},
        {"q": "poussette", "aide": "oui"},
    ],
)
async def test_what_it_does_not_find_is_not(anne, bilal, asked):
    await keeps(anne, **asked)
    assert await match((await published(bilal, "classifieds")).id) == 0


@pytest.mark.parametrize("asked", [{"q": "maison"}, {"q": "logement"}, {"departement": "29"}, {"rayon": "25"}])
async def test_a_home_is_no_ad_that_was_asked_for(anne, bilal, asked):
    await keeps(anne, **asked)
    home = await a_home(bilal, title="Maison, logement", commune="29019")
    assert await match(home.id) == 0


async def test_nobody_is_told_of_their_own_ad(anne):
    await keeps(anne, q="poussette")
    assert await match((await published(anne, "classifieds")).id) == 0


@pytest.mark.parametrize("blocker", ["anne", "bilal"])
async def test_a_block_keeps_both_from_hearing_of_each_other(anne, bilal, blocker):
    await keeps(anne, q="poussette")
    one, other = (anne, bilal) if blocker == "anne" else (bilal, anne)
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", one.id, other.id)
    assert await match((await published(bilal, "classifieds")).id) == 0


@pytest.mark.parametrize("suspended", ["anne", "bilal"])
async def test_who_is_suspended_neither_hears_nor_is_heard_of(anne, bilal, suspended):
    await keeps(anne, q="poussette")
    ad = await published(bilal, "classifieds")
    who = anne if suspended == "anne" else bilal
    await database.execute("UPDATE member SET suspended_until = now() + interval '1 day' WHERE id = $1", who.id)
    assert await match(ad.id) == 0


async def test_an_ad_of_two_searches_is_one_alert_and_the_quicker_one_says_it(anne, bilal):
    await keeps(anne, Pace.weekly, categorie="classifieds")
    quick = await keeps(anne, Pace.at_once, q="poussette")
    ad = await published(bilal, "classifieds")
    assert await match(ad.id) == 1
    assert (await database.value("SELECT searches FROM search_alert"))[0] == quick
    assert await match(ad.id) == 0


async def test_an_ad_of_two_searches_is_found_by_both(anne, bilal):
    await keeps(anne, Pace.weekly, categorie="classifieds")
    await keeps(anne, Pace.at_once, q="poussette")
    await match((await published(bilal, "classifieds")).id)
    assert [kept.found for kept in await searches_of(anne.id)] == [1, 1]


async def test_a_search_on_pause_finds_nothing(anne, bilal):
    await keeps(anne, Pace.paused, q="poussette")
    assert await match((await published(bilal, "classifieds")).id) == 0


async def test_nothing_is_told_before_a_moderator_has_read_it(anne, bilal):
    await keeps(anne, q="poussette")
    ad = await pending(bilal, "classifieds")
    assert await match(ad.id) == 0
    await run_jobs()
    assert await told(anne) == []
    await publish(ad.id)
    await run_jobs()
    assert await told(anne) == [("« poussette »", 1)]


async def test_what_expired_or_went_before_the_job_ran_is_not_told(anne, bilal):
    await keeps(anne, q="poussette")
    ad = await published(bilal, "classifieds", published_at=datetime.now(UTC) - timedelta(days=80))
    assert await match(ad.id) == 0


async def test_a_change_is_news_only_to_those_it_newly_answers(anne, bilal, emilie):
    ad = await published(bilal, "classifieds", published_at=datetime.now(UTC) - timedelta(days=1))
    await keeps(anne, q="poussette")  # saw it when she saved her search
    await keeps(emilie, q="nacelle")
    await known_before(ad.id)
    await database.execute("UPDATE listing SET title = 'Poussette pliante et nacelle' WHERE id = $1", ad.id)
    await keep_indexed(ad.id)
    assert await match(ad.id) == 1
    assert await noted() == [(emilie.id, str(ad.id))]


async def test_what_came_back_is_no_news_to_who_saw_it_before_it_went(anne, bilal, emilie):
    ad = await published(bilal, "classifieds", published_at=datetime.now(UTC) - timedelta(days=2))
    await keeps(anne, q="poussette")
    await database.execute("UPDATE saved_search SET changed_at = now() - interval '1 day'")
    await keeps(emilie, q="poussette")
    assert await match(ad.id, datetime.now(UTC) - timedelta(hours=1)) == 1
    assert await noted() == [(emilie.id, str(ad.id))]


async def test_a_search_whose_last_day_has_passed_is_over(anne, bilal):
    search = await keeps(anne, q="garde", categorie="childcare", au=str(in_days(3)))
    ad = await published(bilal)
    assert await match(ad.id) == 1
    await database.execute("DELETE FROM search_alert")
    await database.execute("UPDATE saved_search SET on_or_before = $2 WHERE id = $1", search, in_days(-1))
    assert await match(ad.id) == 0


async def test_words_an_administrator_adds_count_for_searches_saved_before(browser, anne, bilal, denis):
    await keeps(anne, q="tenaille")
    ad = await published(bilal, "classifieds", title="Pince coupante")
    assert await match(ad.id) == 0
    await browser.sign_in(denis)
    await add_words(browser, "tenaille", "pince coupante")
    synonyms.use(None)  # as in a process that only works
    await run_jobs()
    assert await match(ad.id) == 1


async def test_a_place_that_ceases_to_hold_is_left_by_itself(anne, bilal):
    await keeps(anne, q="poussette", rayon=10, both_places=True)
    assert await database.value("SELECT kms FROM saved_search") == [10.0]
    await database.execute(
        "INSERT INTO moving (member, commune, season, year, declared_at) VALUES ($1, '83137', 'summer', $2, now())",
        anne.id,
        today().year + 1,
    )
    await derive_outdated()
    assert await database.value("SELECT kms FROM saved_search") == [10.0, 10.0]
    await database.execute("UPDATE moving SET year = 2020")
    await derive_outdated()
    assert await database.value("SELECT kms FROM saved_search") == [10.0]
