"""A calendar file for each agreed date, for those who are part of it."""

from uuid import uuid4

import icalendar
import pytest

from listings.schedules.schedule import Schedule, Weekly
from members.blocking import block
from tests.helpers.ads import published
from tests.helpers.agreed import agreed, this_day
from tests.helpers.rotas import releases, takes


async def test_the_helper_and_the_author_get_the_file_of_their_date(browser, anne, bilal):
    day = this_day(3)
    made = await agreed(anne, bilal, day)
    for member in (anne, bilal):
        await browser.sign_in(member)
        answer = await browser.get(f"/agenda/{made.commitments[0]}/{day}.ics")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["content-disposition"] == f'attachment; filename="entraide-{day}.ics"'
        (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        assert event["SUMMARY"] == "Entraide : garde d’enfants"
        assert event["LOCATION"] == "Brest (29)"
        assert event["URL"] == f"https://site.test/annonces/{made.ad.id}"
        assert f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}" == f"{day} 16:30"
        assert event["DTSTART"].dt.tzinfo is not None


async def test_a_date_without_hours_lasts_the_day(browser, anne, bilal):
    day = this_day(3)
    made = await agreed(anne, bilal, day, hours=False)
    answer = await (await browser.sign_in(bilal)).get(f"/agenda/{made.commitments[0]}/{day}.ics")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DTSTART"].dt == day


async def test_who_stands_in_has_the_file_and_who_gave_the_day_away_no_longer(browser, anne, bilal, farid):
    day = this_day(3)
    made = await agreed(anne, bilal, day)
    await releases(made.commitments[0], day, covered_by=farid)
    address = f"/agenda/{made.commitments[0]}/{day}.ics"
    assert (await (await browser.sign_in(farid)).get(address)).status_code == 200
    assert (await (await browser.sign_in(bilal)).get(address)).status_code == 404


async def test_a_released_date_asks_to_be_confirmed_without_saying_why(browser, anne, bilal):
    day = this_day(3)
    made = await agreed(anne, bilal, day)
    await releases(made.commitments[0], day)
    body = (await (await browser.sign_in(anne)).get(f"/agenda/{made.commitments[0]}/{day}.ics")).text
    assert "(à confirmer)" in body
    assert not [word for word in ("Bilal", "Anne", "absen", "rempla") if word in body]


async def test_it_is_not_there_for_anyone_else(browser, anne, bilal, emilie, chloe):
    day = this_day(3)
    made = await agreed(anne, bilal, day)
    address = f"/agenda/{made.commitments[0]}/{day}.ics"
    assert (await browser.get(address)).headers["location"].startswith("/connexion")
    for member in (emilie, chloe):
        assert (await (await browser.sign_in(member)).get(address)).status_code == 404
    await block(anne.id, bilal.id)
    for member in (anne, bilal):
        assert (await (await browser.sign_in(member)).get(address)).status_code == 404


@pytest.mark.parametrize(
    "name", ["2026-13-01.ics", "2026-1-1.ics", "x.ics", "2026-11-24", "2026-11-24.ics.ics", "٢٠٢٦-11-24.ics",
             "9999-12-31.ics", "0001-01-01.ics"]
)  # fmt: skip
async def test_a_name_that_is_no_date_is_not_there(browser, anne, bilal, name):
    every_day = Schedule(weekly=Weekly(days=tuple(range(7))))
    commitment = await takes(await published(anne, schedule=every_day), bilal, "4")
    await browser.sign_in(anne)
    assert (await browser.get(f"/agenda/{commitment}/{name}")).status_code == 404


async def test_a_commitment_that_is_not_there_and_another_day_of_it_are_not_there(browser, anne, bilal):
    made = await agreed(anne, bilal, this_day(3))
    await browser.sign_in(anne)
    assert (await browser.get(f"/agenda/{uuid4()}/{this_day(3)}.ics")).status_code == 404
    assert (await browser.get(f"/agenda/{made.commitments[0]}/{this_day(4)}.ics")).status_code == 404
