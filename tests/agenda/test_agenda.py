"""The agenda: a week, a month, and what each day says."""

import re
from datetime import date, time, timedelta
from urllib.parse import quote

import pytest

from agenda.periods import Month, Week
from app import database
from app.dates import today
from listings.schedules.schedule import Schedule, Weekly
from members.blocking import block
from tests.helpers.ads import published
from tests.helpers.agreed import agreed, this_day
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.rotas import AUTUMN, releases, school_run, takes
from tests.helpers.talks import answered


def week_of(day: date) -> str:
    return f"/agenda?semaine={day:%G-W%V}"


def month_of(day: date) -> str:
    return f"/agenda?mois={day:%Y-%m}"


async def test_each_of_the_two_reads_who_helps_whom_in_words(browser, another_browser, anne, bilal):
    day = this_day(3)
    await agreed(anne, bilal, day, title="Garde du mercredi")
    hers = words(await (await browser.sign_in(anne)).get(week_of(day)))
    his = words(await (await another_browser.sign_in(bilal)).get(week_of(day)))
    assert "Bilal vous aide" in hers and "Vous aidez Anne" not in hers
    assert "Vous aidez Anne" in his and "16 h 30 – 18 h" in his and "Garde du mercredi" in his


async def test_a_day_leads_to_the_ad_its_week_and_the_conversation(browser, anne, bilal):
    day = this_day(1)
    made = await agreed(anne, bilal, day)
    talk = await answered(made.ad.id, bilal.id)
    page = (await (await browser.sign_in(bilal)).get(week_of(day))).text
    for address in (
        f"/annonces/{made.ad.id}",
        f"/annonces/{made.ad.id}/semaine?semaine={day:%G-W%V}",
        f"/messages/{talk}",
        f"/agenda/{made.commitments[0]}/{day}.ics",
    ):
        assert f'href="{address}"' in page


async def test_nobody_else_sees_the_date(browser, anne, bilal, emilie):
    day = this_day(1)
    await agreed(anne, bilal, day, title="Garde du mercredi")
    assert "Garde du mercredi" not in (await (await browser.sign_in(emilie)).get(week_of(day))).text


async def test_a_released_day_says_that_nobody_comes_yet_and_a_covered_one_who_does(browser, anne, bilal, farid):
    first, second = this_day(1), this_day(2)
    made = await agreed(anne, bilal, first, second)
    await releases(made.commitments[0], first)
    await releases(made.commitments[1], second, covered_by=farid)
    await browser.sign_in(anne)
    hers = words(await browser.get(week_of(first))) + words(await browser.get(week_of(second)))
    assert "Personne pour l’instant On cherche quelqu’un" in hers
    assert "Farid vous aide Remplacement" in hers

    await browser.sign_in(bilal)
    his = words(await browser.get(week_of(first)))
    assert "Vous ne venez pas On cherche quelqu’un" in his and "Vous aidez Anne" not in his
    await browser.sign_in(farid)
    assert "Vous aidez Anne Remplacement" in words(await browser.get(week_of(second)))


async def test_whoever_blocked_another_no_longer_meets_them_in_the_agenda(browser, anne, bilal):
    day = this_day(1)
    await agreed(anne, bilal, day, title="Garde du mercredi")
    await block(bilal.id, anne.id)
    for member in (anne, bilal):
        await browser.sign_in(member)
        assert "Garde du mercredi" not in (await browser.get(week_of(day))).text


async def test_today_is_marked_and_other_weeks_lead_back_to_it(browser, anne):
    await browser.sign_in(anne)
    here = await browser.get("/agenda")
    assert "aujourd’hui" in words(here) and 'aria-current="date"' in here.text
    after = re.search(r'href="(/agenda\?semaine=[^"]+)" rel="next"', here.text)
    later = await browser.get(after[1])
    assert "aujourd’hui" not in words(later) and 'href="/agenda"' in later.text


async def test_a_week_without_anything_proposes_to_help(browser, anne):
    await browser.sign_in(anne)
    assert "Une semaine libre" in words(await browser.get("/agenda"))


async def test_a_school_run_stays_at_half_past_four_over_the_change_of_clocks_and_skips_the_holidays(
    browser, anne, bilal
):
    ad = await school_run(anne)
    await takes(ad, bilal, "3")
    await browser.sign_in(bilal)
    page = await browser.get(month_of(AUTUMN))
    cells = re.findall(r'<td class="month-day([^"]*)".*?class="month-number">(\d+)', page.text, re.DOTALL)
    on = [number for marks, number in cells if "is-free" not in marks]
    assert on == ["8", "15"]
    november = words(await browser.get("/agenda?semaine=2026-W45"))
    assert "16 h 30 – 17 h 15" in november


async def test_the_month_is_a_table_with_its_headings(browser, anne, bilal):
    day = this_day(1)
    await agreed(anne, bilal, day, title="Garde du mercredi")
    page = (await (await browser.sign_in(anne)).get(month_of(day))).text
    assert page.count('<th scope="col">') == 8
    assert f'scope="row"><a href="{week_of(day)}">' in page
    (cell,) = re.findall(
        rf"<td[^>]*>(?:(?!</td>).)*>{day.day if day.day > 1 else '1er'}</span>.*?</td>", page, re.DOTALL
    )
    assert "Garde du mercredi" in cell and "Bilal vous aide" in cell and "16\xa0h\xa030" in cell


async def test_what_two_people_come_to_stands_once_in_the_month(browser, anne, bilal, farid):
    day = this_day(1)
    made = await agreed(anne, bilal, day, title="Cartons à porter")
    await database.execute("UPDATE listing SET places = 2 WHERE id = $1", made.ad.id)
    await takes(made.ad, farid, day.isoformat(), seat=2, since=today())
    page = words(await (await browser.sign_in(anne)).get(month_of(day)))
    assert page.count("Cartons à porter") == 1 and "avec Bilal et Farid" in page
    assert "Bilal et Farid vous aident" in page and "de plus" not in page
    his = words(await (await browser.sign_in(bilal)).get(month_of(day)))
    assert his.count("Cartons à porter") == 1 and "Vous aidez Anne" in his and "Farid" not in his


async def test_two_things_at_the_same_hour_stay_two_lines(browser, anne, bilal, farid):
    day = this_day(1)
    await agreed(anne, bilal, day, title="Garde des enfants")
    await agreed(anne, farid, day, title="Garde du chat", category="pet_care")
    page = words(await (await browser.sign_in(anne)).get(month_of(day)))
    assert "Garde des enfants" in page and "Garde du chat" in page and "avec Bilal" not in page


async def test_a_crowded_day_of_the_month_leads_to_its_week(browser, anne, bilal):
    day = this_day(1)
    for number in range(5):
        await agreed(anne, bilal, day, title=f"Garde n° {number}")
    page = words(await (await browser.sign_in(anne)).get(month_of(day)))
    assert page.count("Garde n°") == 2 and "et 3 de plus" in page


@pytest.mark.parametrize(
    "typed",
    ["semaine=2026-W99", "semaine=9999-W53", "semaine=0001-W01", "semaine=٢٠٢٦-W10", "semaine=../..", "mois=2026-13",
     "mois=9999-12", "mois=0000-00", "mois=x", "semaine=" + quote("<b>"), "mois=2019-01"],
)  # fmt: skip
async def test_an_address_nobody_made_shows_the_present(browser, anne, typed):
    await browser.sign_in(anne)
    page = await browser.get(f"/agenda?{typed}")
    assert page.status_code == 200
    assert (Month if typed.startswith("mois") else Week).of(this_day()).words in words(page)


async def test_the_edges_of_the_agenda_have_no_way_beyond(browser, anne):
    await browser.sign_in(anne)
    address, steps = "/agenda", 0
    while way := re.search(r'href="(/agenda\?semaine=[^"]+)" rel="next"', (await browser.get(address)).text):
        address, steps = way[1], steps + 1
        assert steps < 60
    assert steps in (52, 53)


async def test_a_full_month_keeps_to_its_weight_and_queries(browser, anne, bilal):
    day = this_day()
    every = Schedule(weekly=Weekly(days=tuple(range(7)), starts=time(8), ends=time(9)))
    for number in range(4):
        ad = await published(anne, "school_run", title=f"Trajet d’école partagé, groupe n° {number}", schedule=every)
        for slot in range(7):
            await takes(ad, bilal, str(slot), since=day.replace(day=1))
    await browser.sign_in(bilal)
    for address in (month_of(day), week_of(day)):
        await browser.get(address)
        with Asked() as asked:
            page = await browser.get(address)
        assert "groupe n° 1" in page.text
        assert asked.queries <= 4, asked.queries
        assert len(page.content) < 40 * 1024, len(page.content)


async def test_weeks_and_months_are_said_in_words():
    assert Week.of(date(2026, 12, 3)).words == "Du 30 novembre au 6 décembre 2026"
    assert Week.of(date(2026, 11, 24)).words == "Du 23 au 29 novembre 2026"
    assert Week.of(date(2026, 6, 1)).words == "Du 1er au 7 juin 2026"
    assert Week.of(date(2027, 1, 1)).name == "2026-W53"
    assert Month.of(date(2026, 11, 24)).words == "Novembre 2026"
    assert Month.of(date(2026, 1, 31)).after == Month(date(2026, 2, 1))
    assert Week.read("2026-W48", date(2026, 11, 22)).monday == date(2026, 11, 23)
    assert Week.read("2029-W01", date(2026, 11, 22)) == Week.of(date(2026, 11, 22))
    assert Week.of(date(2026, 11, 22) + timedelta(days=1)).before == Week.of(date(2026, 11, 22))


async def test_every_way_out_of_the_agenda_opens(browser, anne, bilal, farid, emilie):
    """Also for who stands in from outside the rota, once a commitment has ended, once the ad has."""
    tomorrow, past = this_day(1), this_day(-9)
    made = await agreed(anne, bilal, tomorrow)
    await answered(made.ad.id, bilal.id)
    await releases(made.commitments[0], tomorrow, covered_by=emilie)
    old = await published(anne, "pet_care", schedule=Schedule(weekly=Weekly(days=tuple(range(7)))))
    await takes(old, farid, str(past.weekday()), since=this_day(-30), last_day=this_day(-5))
    await takes(old, bilal, str(tomorrow.weekday()), since=this_day(-30))
    for status in ("published", "closed"):
        if status == "closed":
            await database.execute(
                "UPDATE listing SET status = 'closed', outcome = 'withdrawn', closed_at = now() WHERE author = $1",
                anne.id,
            )
        for member, day in ((anne, tomorrow), (bilal, tomorrow), (emilie, tomorrow), (farid, past), (anne, past)):
            await browser.sign_in(member)
            page = (await browser.get(week_of(day))).text
            entries = re.findall(r'<li class="duty .*?</li>', page, re.DOTALL)
            assert entries, (member.first_name, status)
            for address in re.findall(r'href="([^"]+)"', " ".join(entries)):
                assert (await browser.get(address)).status_code == 200, (member.first_name, status, address)


async def test_who_stands_in_from_the_wider_circle_is_led_to_that_day(browser, anne, bilal, emilie):
    day = this_day(1)
    made = await agreed(anne, bilal, day)
    release = await releases(made.commitments[0], day, covered_by=emilie)
    page = (await (await browser.sign_in(emilie)).get(week_of(day))).text
    assert f'href="/creneaux/{release}"' in page and "/semaine" not in page
