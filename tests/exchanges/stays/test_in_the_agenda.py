"""Confirmed exchanges in one's own agenda: arrivals, departures, and the days between."""

from datetime import date

from app import database
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.stays import on_days, swapped
from tests.helpers.swaps import accepted, host


async def of_week(browser, day: date) -> str:
    return words(await browser.get(f"/agenda?semaine={day:%G-W%V}"))


async def test_it_says_when_one_arrives_and_leaves_and_who_does_at_ones_own(browser, anne, bilal):
    await swapped(anne, bilal, starts=14, nights=14)
    await browser.sign_in(anne)
    arrival, between, departure = [await of_week(browser, in_days(n)) for n in (14, 21, 28)]
    assert "Vous arrivez chez Bilal" in arrival and "Bilal arrive chez vous" in arrival
    assert "Vous êtes chez Bilal" in between and "Bilal est chez vous" not in between and "Séjour à Toulon" in between
    assert "Vous repartez de chez Bilal" in departure and "Bilal repart de chez vous" in departure


async def test_who_only_hosts_reads_that_somebody_is_at_theirs(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=14, nights=14)
    await database.execute("DELETE FROM stay WHERE id = $1", swap.at_his)
    await browser.sign_in(anne)
    assert "Bilal est chez vous" in await of_week(browser, in_days(21))


async def test_a_day_leads_to_the_exchange_and_its_conversation(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=14)
    await browser.sign_in(bilal)
    page = (await browser.get(f"/agenda?semaine={in_days(14):%G-W%V}")).text
    assert f'href="{swap.path}"' in page and f'href="{swap.path}/dates.ics"' in page and 'href="/messages/' in page


async def test_the_month_and_the_own_space_show_it_too(browser, anne, bilal):
    await swapped(anne, bilal, starts=1)
    await browser.sign_in(anne)
    assert "Vous arrivez chez Bilal" in words(await browser.get(f"/agenda?mois={in_days(1):%Y-%m}"))
    assert "Vous arrivez chez Bilal" in words(await browser.get("/mon-espace"))


async def test_nothing_shows_before_all_agreed(browser, anne, bilal):
    swap = await accepted(await host(anne, 6), await host(bilal, 6, commune="83137"))
    await on_days(swap, in_days(14), in_days(21))
    await browser.sign_in(anne)
    assert "Bilal" not in await of_week(browser, in_days(14))


async def test_nobody_else_reads_it_and_it_costs_one_query(browser, anne, bilal, emilie):
    await browser.sign_in(emilie)
    await of_week(browser, in_days(14))
    with Asked() as before:
        await of_week(browser, in_days(14))
    await swapped(anne, bilal, starts=14)
    with Asked() as after:
        assert "Bilal" not in await of_week(browser, in_days(14))
    assert before.queries == after.queries


async def test_their_conversation_leads_to_the_exchange_until_it_is_dissolved(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    talk = await database.value("SELECT conversation FROM stay WHERE id = $1", swap.at_hers)
    await browser.sign_in(anne)
    assert f'href="{swap.path}"' in (await browser.get(f"/messages/{talk}")).text
    await database.execute(
        "UPDATE swap SET state = 'dissolved', ended_why = 'withdrawn', ended_at = now() WHERE id = $1", swap.id
    )
    assert f'href="{swap.path}"' not in (await browser.get(f"/messages/{talk}")).text
