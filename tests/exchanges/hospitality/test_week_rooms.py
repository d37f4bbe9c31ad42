"""A room from Monday to Thursday: asked for from a sheet without a home of one's own, agreed on, stopped any week."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app import database
from app.dates import today
from exchanges.hospitality.week_room import last_day
from exchanges.kinds import Form
from exchanges.swaps.answering import accept
from exchanges.swaps.leaving import blocked
from exchanges.swaps.requesting import request_swap
from tests.helpers.browser import words
from tests.helpers.homes import a_home
from tests.helpers.roofs import WEEK, exchanges_homes, saturday
from tests.helpers.swaps import agreed_days, version_of
from tests.moderation.cases.people import as_me

MONDAY = today() + timedelta(days=7 - today().weekday())


@pytest.fixture
async def home(anne):
    return await a_home(anne, week_room=True)


async def asked(guest, home) -> UUID:
    return await request_swap(as_me(guest, is_moderator=False), home.id, Form.week_room, uuid4())


async def agreed(guest, host, home, days=(0, 1)) -> UUID:
    swap = await asked(guest, home)
    await accept(swap, host.id)
    await agreed_days(swap, guest.id, host.id, MONDAY, MONDAY + 20 * WEEK, days)
    return swap


async def under_way(guest, host, home) -> UUID:
    """For two weeks."""
    swap = await agreed(guest, host, home)
    await database.execute("UPDATE stay SET first = $2 WHERE swap = $1", swap, today() - 2 * WEEK)
    return swap


async def test_the_page_says_what_it_is_to_everybody(browser, anne):
    page = await browser.get("/logements/chambre-en-semaine")
    assert page.status_code == 200
    assert "Se connecter" in words(page)
    await browser.sign_in(anne)
    assert 'name="semaine" value="oui"' in (await browser.get("/logements/chambre-en-semaine")).text


async def test_a_guest_needs_no_home_and_no_weeks(browser, bilal, anne, home):
    await browser.sign_in(bilal)
    sent = await browser.submit(f"/logements/{home.id}/echange", form="week_room", once=str(uuid4()))
    assert "demande est partie" in words(await browser.follow(sent))
    swap = await database.row("SELECT form, state, asked_by FROM swap")
    assert tuple(swap) == ("week_room", "proposed", bilal.id)


async def test_nobody_asks_for_it_where_it_is_not_offered(browser, bilal, anne):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    refused = await browser.submit(f"/logements/{home.id}/echange", form="week_room", once=str(uuid4()))
    assert refused.status_code == 409
    assert not await database.value("SELECT EXISTS (SELECT FROM swap)")


async def test_days_of_the_week_and_a_period_are_agreed_on_and_hold_no_days(bilal, anne, home):
    swap = await agreed(bilal, anne, home)
    stay = await database.row("SELECT first, last, days FROM stay WHERE swap = $1", swap)
    assert tuple(stay) == (MONDAY, MONDAY + 20 * WEEK, [0, 1])
    assert await database.value("SELECT state FROM swap WHERE id = $1", swap) == "confirmed"
    assert not await database.value("SELECT EXISTS (SELECT FROM engagement)")


async def test_only_days_from_monday_to_thursday_are_proposed(browser, bilal, anne, home):
    swap = await asked(bilal, home)
    await accept(swap, anne.id)
    await browser.sign_in(bilal)
    given = {"version": await version_of(swap), "guest_first": MONDAY, "guest_last": MONDAY + WEEK}
    for days in (["4"], ["0", "6"], []):
        assert (await browser.submit(f"/echanges/{swap}/jours", **given, days=days)).status_code == 422
    assert (await browser.submit(f"/echanges/{swap}/jours", **given, days=["0", "3"])).status_code == 303


async def test_a_host_of_a_room_may_go_away_and_lend_the_home_in_those_weeks(bilal, anne, home, emilie):
    await agreed(bilal, anne, home)
    exchanger = await exchanges_homes(anne, free=[saturday(3)])
    await database.execute(
        "INSERT INTO engagement (swap, exchanger, first, last) SELECT id, $1, $2, $3 FROM swap",
        exchanger,
        saturday(3),
        saturday(4),
    )


async def test_either_stops_it_after_this_week(browser, bilal, anne, home):
    for who in (bilal, anne):
        await database.execute("DELETE FROM swap")
        swap = await under_way(bilal, anne, home)
        await browser.sign_in(who)
        page = await browser.follow(await browser.submit(f"/echanges/{swap}/arret"))
        assert "s’arrête à la fin de la semaine" in words(page)
        stay = await database.row("SELECT last, conversation FROM stay WHERE swap = $1", swap)
        assert stay["last"] == today() + timedelta(days=4 - today().weekday())
        other = anne if who is bilal else bilal
        assert await database.value(
            "SELECT EXISTS (SELECT FROM notification WHERE member = $1 AND topic = 'week_room_stops')", other.id
        )
        said = await database.value(
            "SELECT body FROM message WHERE conversation = $1 ORDER BY id DESC LIMIT 1", stay["conversation"]
        )
        assert "arrête la chambre en semaine" in said
        assert (await browser.submit(f"/echanges/{swap}/arret")).status_code == 409


async def test_what_has_not_begun_is_not_stopped_and_nothing_else_is(browser, bilal, anne, home, emilie):
    swap = await agreed(bilal, anne, home)
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/echanges/{swap}/arret")).status_code == 409
    await browser.sign_in(emilie)
    assert (await browser.submit(f"/echanges/{swap}/arret")).status_code == 404
    await database.execute("UPDATE swap SET form = 'hospitality' WHERE id = $1", swap)
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/echanges/{swap}/arret")).status_code == 404


async def test_a_block_ends_it_though_it_is_under_way(bilal, anne, home):
    swap = await under_way(bilal, anne, home)
    await blocked(bilal.id, anne.id)
    assert await database.value("SELECT state FROM swap WHERE id = $1", swap) == "dissolved"


@pytest.mark.parametrize(
    ("first", "day", "last"),
    [
        ("2026-11-02", "2026-11-18", "2026-11-20"),
        ("2026-11-02", "2026-11-20", "2026-11-20"),
        ("2026-11-02", "2026-11-22", "2026-11-20"),
        ("2026-11-21", "2026-11-21", "2026-11-22"),
    ],
)
async def test_the_last_day_is_a_friday(first, day, last):
    assert last_day(date.fromisoformat(first), date.fromisoformat(day)) == date.fromisoformat(last)
