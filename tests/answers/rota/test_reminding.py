"""The evening before, once, where it is evening."""

from datetime import UTC, date, datetime, time

import pytest

from answers.rota.reminding import remind_the_evening_before
from app import database
from listings.schedules.schedule import Schedule, Slot, Weekly
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import told, topics
from tests.helpers.rotas import releases, school_run, takes

THURSDAY = date(2026, 10, 8)


async def on(*moment: int) -> int:
    """How many are reminded when the clocks of Greenwich show this moment."""
    return await remind_the_evening_before(datetime(*moment, tzinfo=UTC))


async def test_whoever_comes_tomorrow_hears_of_it_at_six_in_the_evening(browser, anne, bilal):
    await takes(await school_run(anne), bilal, "3")
    assert await on(2026, 10, 7, 15, 59) == 0
    assert await on(2026, 10, 7, 16, 2) == 1
    assert await told(bilal) == [("evening_reminder", "/agenda")] and await told(anne) == []
    await browser.sign_in(bilal)
    page = words(await browser.get("/notifications"))
    assert "Demain, on compte sur vous" in page
    assert "Sortie d’école partagée · jeudi 8 octobre" in page


async def test_once_a_day_however_often_it_runs_and_however_much_there_is_to_do(anne, bilal):
    for number in range(3):
        await takes(await school_run(anne, title=f"Trajet {number}"), bilal, "3")
    assert [await on(2026, 10, 7, hour, 2) for hour in (16, 17, 18, 21)] == [1, 0, 0, 0]
    assert await database.value("SELECT count(*) FROM notification") == 1
    assert "plusieurs créneaux" in await database.value("SELECT about FROM notification")


@pytest.mark.parametrize("moment", [(2026, 10, 21, 17), (2026, 10, 28, 18), (2026, 11, 10, 18), (2026, 10, 6, 18)])
async def test_not_in_the_holidays_nor_before_a_day_off(anne, bilal, moment):
    ad = await school_run(anne, days=(2, 3))
    await takes(ad, bilal, "3")
    await takes(ad, bilal, "2", since=date(2026, 11, 1))
    assert await on(*moment) == 0


async def test_who_released_the_day_is_left_alone_and_who_covers_it_is_reminded(anne, bilal, farid):
    ad = await school_run(anne)
    released = await releases(await takes(ad, bilal, "3"), THURSDAY)
    assert await on(2026, 10, 7, 17) == 0
    await database.execute("UPDATE slot_release SET covered_by = $2 WHERE id = $1", released, farid.id)
    assert await on(2026, 10, 7, 18) == 1
    assert await told(bilal) == [] and await told(farid) == [("evening_reminder", "/agenda")]


async def test_overseas_the_evening_comes_at_its_own_hour(anne, bilal, farid, emilie):
    weekly = Schedule(weekly=Weekly(days=(3,), starts=time(16, 30)))
    for member, commune in ((bilal, "97411"), (farid, "97209"), (emilie, "29019")):
        await takes(await school_run(anne, commune=commune, schedule=weekly), member, "3")
    assert await on(2026, 10, 7, 13) == 0
    assert await on(2026, 10, 7, 14) == 1  # 18:00 in La Réunion
    assert await told(bilal) and not await told(emilie)
    assert await on(2026, 10, 7, 16) == 1  # 18:00 in Brest
    assert await told(emilie) and not await told(farid)
    assert await on(2026, 10, 7, 22) == 1  # 18:00 in Fort-de-France, midnight in Brest
    assert await told(farid)


async def test_after_the_change_of_clocks_six_is_still_six(anne, bilal):
    ad = await school_run(anne, schedule=Schedule(weekly=Weekly(days=(0,), starts=time(16, 30))))
    await takes(ad, bilal, "0")
    assert await on(2026, 10, 25, 16, 30) == 0
    assert await on(2026, 10, 25, 17) == 1


async def test_a_date_and_an_offer(anne, bilal):
    ad = await published(anne, "childcare", kind="offer", schedule=Schedule(slots=(Slot(on=THURSDAY),)))
    await takes(ad, bilal, "2026-10-08")
    assert await on(2026, 10, 7, 16) == 2
    assert await topics(anne) == ["evening_reminder"]  # hers is the hand that helps


async def test_a_removed_ad_reminds_nobody(anne, bilal):
    await takes(await school_run(anne), bilal, "3")
    await database.execute("UPDATE listing SET status = 'removed'")
    assert await on(2026, 10, 7, 17) == 0


async def test_many_ads_are_gone_through_page_by_page(anne, bilal, farid, monkeypatch):
    monkeypatch.setattr("answers.rota.reminding.ADS_AT_ONCE", 2)
    for number in range(5):
        await takes(await school_run(anne, title=f"Trajet {number}"), (bilal, farid)[number % 2], "3")
    assert await on(2026, 10, 7, 17) == 2
