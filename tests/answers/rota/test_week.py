"""The page of a week: who comes, what is free, what is left out and why; and who may read it."""

from datetime import date, time

import pytest

from answers.rota.asking import start_looking
from app import database, dates
from listings.schedules.schedule import Schedule, Slot
from members.blocking import block
from tests.answers.people import answer_from, on_board
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cases import told, topics
from tests.helpers.jobs import run_jobs
from tests.helpers.rotas import releases, school_run, takes, takes_once
from tests.helpers.talks import answered


@pytest.fixture(autouse=True)
def monday_evening(clock) -> None:
    clock(2026, 10, 5, 20, 0)


async def test_a_week_shows_each_day_its_hours_and_who_comes(browser, anne, bilal, farid):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await takes(ad, farid, "3")
    await browser.sign_in(bilal)
    page = words(await browser.get(f"/annonces/{ad.id}/semaine"))
    assert "Du lundi 5 au dimanche 11 octobre 2026" in page
    assert "mardi 6 octobre 16 h 30 – 17 h 15 Vous venez" in page
    assert "jeudi 8 octobre 16 h 30 – 17 h 15 Farid vient" in page
    assert "vendredi 9 octobre 16 h 30 – 17 h 15 Place libre" in page


@pytest.mark.parametrize("hour,shown", [(16, "Du lundi 5 au"), (17, "Du lundi 12 au")])
async def test_once_the_last_day_has_begun_the_next_week_is_shown(browser, anne, bilal, clock, hour, shown):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    clock(2026, 10, 9, hour, 0)
    await browser.sign_in(bilal)
    page = words(await browser.get(f"/annonces/{ad.id}/semaine"))
    assert shown in page and "Revenir à cette semaine" not in page


async def test_holidays_are_left_out_and_explained(browser, anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await browser.sign_in(bilal)
    page = words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W43"))
    assert "lundi 19 octobre Personne n’est attendu : vacances de la Toussaint, zone B." in page
    assert "Vous venez" not in page


async def test_a_public_holiday_is_named(browser, anne):
    ad = await school_run(anne, days=(2,))
    await browser.sign_in(anne)
    page = words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W46"))
    assert "mercredi 11 novembre Personne n’est attendu : jour férié (Armistice)" in page


async def test_the_hour_stays_over_the_change_of_clocks(browser, anne):
    ad = await school_run(anne)
    await browser.sign_in(anne)
    for week in ("2026-W42", "2026-W45"):
        assert "16 h 30 – 17 h 15" in words(await browser.get(f"/annonces/{ad.id}/semaine?semaine={week}"))


async def test_the_week_of_dates(browser, anne, bilal):
    slots = (Slot(on=date(2026, 10, 8), starts=time(9)), Slot(on=date(2026, 10, 20)))
    ad = await published(anne, "childcare", schedule=Schedule(slots=slots))
    await takes(ad, bilal, "2026-10-08")
    await browser.sign_in(anne)
    assert "jeudi 8 octobre 9 h Bilal vient" in words(await browser.get(f"/annonces/{ad.id}/semaine"))
    later = words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W43"))
    assert "mardi 20 octobre Place libre" in later and "Je prends cette date" in later
    assert "Rien cette semaine" in words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W44"))


@pytest.mark.parametrize("asked", ["", "2026-W99", "hier", "9999-W01", "-W-", "0001-W01", "2026-W41-1"])
async def test_an_address_nobody_wrote_shows_the_present_week(browser, anne, asked):
    ad = await school_run(anne)
    await browser.sign_in(anne)
    page = await browser.get(f"/annonces/{ad.id}/semaine", params={"semaine": asked})
    assert page.status_code == 200 and "Du lundi 5 au dimanche 11 octobre 2026" in words(page)


async def test_only_its_people_read_a_rota(browser, anne, bilal, farid, emilie, chloe):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    ended = await takes(ad, farid, "3", last_day=date(2026, 9, 30), since=date(2026, 9, 1))
    await database.execute("UPDATE commitment SET ended_at = now() WHERE id = $1", ended)
    for member, status in ((anne, 200), (bilal, 200), (farid, 404), (emilie, 404), (chloe, 404)):
        await browser.sign_in(member)
        assert (await browser.get(f"/annonces/{ad.id}/semaine")).status_code == status, member.first_name


async def test_whom_the_author_no_longer_counts_on_reads_nobodys_days_and_is_not_asked_for_them(
    browser, anne, bilal, farid
):
    ad = await school_run(anne)
    (answer,) = await answer_from(ad.id, bilal, slots=("1",))
    monday = await takes(ad, farid, "0")
    await browser.sign_in(anne)
    await on_board(browser, ad.id, answer, "choix", slots=["1"])
    await on_board(browser, ad.id, answer, "refus", words="Merci, nous avons trouvé autrement.")
    await start_looking(await releases(monday, date(2026, 10, 12)), dates.now())
    await run_jobs()
    assert "slot_to_cover" not in await topics(bilal)
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{ad.id}/semaine")).status_code == 404
    assert (await browser.submit(f"/annonces/{ad.id}/semaine/prise", day="2026-10-09")).status_code == 404


async def test_a_block_closes_the_week_and_hides_names(browser, anne, bilal, farid):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await takes(ad, farid, "3")
    await block(bilal.id, farid.id)
    await browser.sign_in(farid)
    page = words(await browser.get(f"/annonces/{ad.id}/semaine"))
    assert "Quelqu’un vient" in page and "Bilal" not in page
    await block(anne.id, bilal.id)
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{ad.id}/semaine")).status_code == 404


async def test_a_member_takes_a_free_day_for_every_week(browser, anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await database.execute("UPDATE listing SET reserved = 1")
    await browser.sign_in(bilal)
    done = await browser.submit(f"/annonces/{ad.id}/semaine/prise", day="2026-10-09", weekly="on")
    assert "on compte sur vous" in words(await browser.follow(done))
    for week in ("2026-W41", "2026-W42", "2026-W45"):
        assert words(await browser.get(f"/annonces/{ad.id}/semaine?semaine={week}")).count("Vous venez") == 2
    assert await database.value("SELECT reserved FROM listing") == 2
    assert await told(anne) == [("slot_taken", f"/annonces/{ad.id}/semaine?semaine=2026-W41")]


async def test_or_only_this_once(browser, anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/semaine/prise", day="2026-10-09")
    assert words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W41")).count("Vous venez") == 2
    assert words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W42")).count("Vous venez") == 1
    assert await database.value("SELECT reserved FROM listing") == 0


async def test_the_author_takes_a_day_too(browser, anne):
    ad = await school_run(anne)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/semaine/prise", day="2026-10-08", weekly="on")
    page = words(await browser.get(f"/annonces/{ad.id}/semaine"))
    assert "jeudi 8 octobre 16 h 30 – 17 h 15 Vous venez" in page
    assert await told(anne) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-10-06", "Vous venez déjà ce jour-là"),
        ("2026-10-08", "vient d’être prise"),
        ("2026-10-05", "a déjà commencé"),
        ("2026-10-07", "rien à prendre"),
        ("2026-10-19", "rien à prendre"),
        ("hier", "Rechargez la page"),
    ],
)
async def test_what_cannot_be_taken(browser, anne, bilal, farid, day, said):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await takes(ad, farid, "3")
    await browser.sign_in(bilal)
    for weekly in ({"weekly": "on"}, {}):
        refused = await browser.submit(f"/annonces/{ad.id}/semaine/prise", day=day, **weekly)
        assert refused.status_code == 409 and said in words(refused)
    assert await database.value("SELECT count(*) FROM commitment") == 2


async def test_a_day_of_the_week_stops_from_a_date_on(browser, anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "1")
    await takes(ad, bilal, "3")
    await database.execute("UPDATE listing SET reserved = 2")
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/semaine/fin", day="2026-10-13")
    assert words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W41")).count("Vous venez") == 2
    page = words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W42"))
    assert page.count("Vous venez") == 1 and "mardi 13 octobre 16 h 30 – 17 h 15 Place libre" in page
    assert await database.value("SELECT reserved FROM listing") == 1
    assert ("slot_stopped", f"/annonces/{ad.id}/semaine?semaine=2026-W42") in await told(anne)
    again = await browser.submit(f"/annonces/{ad.id}/semaine/fin", day="2026-10-13")
    assert again.status_code == 409


async def test_who_comes_how_often_this_month(browser, anne, bilal, farid):
    ad = await school_run(anne)
    await takes(ad, anne, "0", since=date(2026, 10, 1))
    commitment = await takes(ad, bilal, "1", since=date(2026, 10, 1))
    await takes_once(ad, farid, date(2026, 10, 15))
    await releases(commitment, date(2026, 10, 13), covered_by=farid)
    await browser.sign_in(anne)
    page = words(await browser.get(f"/annonces/{ad.id}/semaine"))
    assert "Ce mois-ci : Farid 2 fois, vous 2 fois, Bilal 1 fois" in page
    assert "En novembre 2026 : Bilal 5, Vous 5" not in page
    assert "En novembre 2026" in words(await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W46"))


async def test_a_past_week_offers_nothing_to_do(browser, anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "1", since=date(2026, 9, 1))
    await browser.sign_in(bilal)
    page = await browser.get(f"/annonces/{ad.id}/semaine?semaine=2026-W40")
    assert "Vous venez" in words(page) and "/absence" not in page.text and "/prise" not in page.text


async def test_a_closed_ad_is_read_and_no_longer_taken(browser, anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "1", last_day=date(2026, 10, 30))
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now()")
    await browser.sign_in(bilal)
    page = await browser.get(f"/annonces/{ad.id}/semaine")
    assert "L’annonce est terminée" in words(page) and "/prise" not in page.text
    refused = await browser.submit(f"/annonces/{ad.id}/semaine/prise", day="2026-10-08")
    assert refused.status_code == 409 and "n’est plus en ligne" in words(refused)


async def test_a_week_asks_little_of_the_database(browser, anne, bilal, farid):
    ad = await school_run(anne, seats=4)
    for seat, member in enumerate((anne, bilal, farid), 1):
        for slot in "0134":
            await releases(await takes(ad, member, slot, seat=seat), date(2026, 10, 12))
    await browser.sign_in(anne)
    await browser.get(f"/annonces/{ad.id}/semaine")
    with Asked() as asked:
        page = await browser.get(f"/annonces/{ad.id}/semaine")
    assert asked.queries <= 3 and len(page.content) < 40 * 1024


async def test_the_ad_and_the_conversation_lead_to_the_week(browser, anne, bilal):
    ad = await school_run(anne)
    conversation = await answered(ad.id, bilal.id)
    await database.execute(
        "INSERT INTO answer (listing, helper, conversation, commune, state, answered_at)"
        " VALUES ($1, $2, $3, '29232', 'chosen', now()) ON CONFLICT (listing, helper) DO UPDATE SET state = 'chosen'",
        ad.id,
        bilal.id,
        conversation,
    )
    await takes(ad, bilal, "1")
    week = f'href="/annonces/{ad.id}/semaine"'
    await browser.sign_in(bilal)
    for path in (f"/annonces/{ad.id}", f"/messages/{conversation}"):
        assert week in (await browser.get(path)).text
    await browser.sign_in(anne)
    for path in (f"/annonces/{ad.id}", f"/annonces/{ad.id}/candidatures"):
        assert week in (await browser.get(path)).text
