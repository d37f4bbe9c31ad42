"""How fairly exchanges are found, as administrators read it the next day."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

from app import database, dates
from exchanges.figures.counting import count
from exchanges.figures.making import forget_old_figures, keep_figures_of_today, latest, make_report
from exchanges.figures.serving import note_served
from tests.helpers.browser import words
from tests.helpers.cast import belonging, person
from tests.helpers.homes import a_home
from tests.helpers.roofs import WEEK, confirmed_pair, exchanges_homes, saturday

FIRST = saturday()


async def some_people(body, number):
    return [await belonging(await person(f"Voisin{place}", "29019"), body) for place in range(number)]


async def wish(exchanger):
    await database.execute("INSERT INTO wish (exchanger, place, scope) VALUES ($1, 0, 'anywhere')", exchanger)


async def served(number, *, form="pair", kind="house", days=30, leaves="53", reaches="11", state="confirmed"):
    """So many households of exchanges in this state."""
    for place in range(number):
        swap = uuid4()
        await database.execute(
            "INSERT INTO swap (id, form, origin, state, score, version, proposed_at, answer_by, accepted_at,"
            " confirmed_at, ended_at, ended_why) VALUES ($1, $2, 'matched', $3::varchar, 80, 1, now(), now(), now(),"
            " now(), CASE WHEN $3::varchar = 'dissolved' THEN now() END,"
            " CASE WHEN $3::varchar = 'dissolved' THEN 'withdrawn' END)",
            swap,
            form,
            state,
        )
        await database.execute(
            "INSERT INTO household_served (swap, place, form, home_kind, leaves, reaches, waited_days, served_at)"
            " VALUES ($1, 0, $2, $3, $4, $5, $6, now())",
            swap,
            form,
            kind,
            leaves,
            reaches,
            days + place,
        )


async def report():
    return make_report(await count(dates.now()), dates.now(), dates.today())


async def test_households_wait_who_said_where_and_when(body):
    people = await some_people(body, 8)
    for place, one in enumerate(people):
        await a_home(one)
        exchanger = await exchanges_homes(one, away=[FIRST])
        await wish(exchanger)
        await database.execute(
            "UPDATE exchanger SET waits_since = now() - make_interval(days => $2) WHERE id = $1", exchanger, place * 10
        )
    await database.execute("DELETE FROM wish WHERE exchanger = $1", await exchanges_homes(people[7]))
    paused = await exchanges_homes(people[6])
    await database.execute("UPDATE exchanger SET paused_at = now() WHERE id = $1", paused)
    made = await report()
    assert made.waiting.value == 6
    every, house, *others = made.waits
    assert (every.households.value, every.median) == (6, 25)
    assert house.households.label == "Maison"
    assert house.households.value == 6
    assert all(other.households.is_small for other in others)


async def test_a_household_held_for_days_to_come_waits_no_more(body, anne, bilal):
    home = await a_home(anne)
    theirs = await a_home(bilal, commune="35238")
    for one in (anne, bilal):
        await wish(await exchanges_homes(one, free=[FIRST], away=[FIRST]))
    counted = await count(dates.now())
    assert sum(row["number"] for row in counted.waiting if row["is_all"]) == 2
    await confirmed_pair(anne, home, bilal, theirs, FIRST, FIRST + WEEK)
    counted = await count(dates.now())
    assert sum(row["number"] for row in counted.waiting if row["is_all"]) == 0


async def test_who_is_served_is_noted_once_with_the_wait_and_the_way(anne, bilal):
    home = await a_home(anne, home_kind="flat")
    theirs = await a_home(bilal, commune="35238")
    for one, days in ((anne, 40), (bilal, 3)):
        exchanger = await exchanges_homes(one, free=[FIRST], away=[FIRST])
        await database.execute(
            "UPDATE exchanger SET waits_since = now() - make_interval(days => $2) WHERE id = $1", exchanger, days
        )
    swap = await confirmed_pair(anne, home, bilal, theirs, FIRST, FIRST + WEEK)
    await note_served(swap)
    noted = await database.rows("SELECT * FROM household_served ORDER BY waited_days DESC")
    assert [(row["home_kind"], row["waited_days"]) for row in noted] == [("flat", 40), ("house", 3)]
    assert {(row["leaves"], row["reaches"]) for row in noted} == {("53", "53")}


async def test_forms_regions_and_waits_of_the_served_are_told_from_five_on():
    await served(12)
    await served(6, form="loop", kind="flat", leaves="84", reaches="53")
    await served(2, form="hospitality", kind=None, leaves=None)
    await served(7, state="dissolved")
    made = await report()
    assert made.served.value == 20
    told = {one.key: one.value for one in made.forms}
    assert told == {"pair": 12, "loop": None, "hospitality": None, "week_room": None}
    assert [one.label for one in made.regions] == ["Bretagne → Île-de-France", "Auvergne-Rhône-Alpes → Bretagne"]
    waits = {one.households.key: (one.median, one.most) for one in made.served_waits}
    assert waits["flat"] == (32, 34)
    assert waits[""] == (None, None)


async def test_one_form_alone_under_five_takes_the_next_with_it():
    for form, number in (("pair", 12), ("loop", 6), ("hospitality", 2), ("week_room", 9)):
        await served(number, form=form)
    made = await report()
    assert {one.key: one.value for one in made.forms} == {
        "pair": 12,
        "loop": None,
        "hospitality": None,
        "week_room": 9,
    }
    assert {one.key: one.percent for one in made.form_shares}["loop"] is None


async def test_few_rooms_in_the_week_are_not_what_two_totals_differ_by():
    for form, number in (("pair", 12), ("loop", 6), ("week_room", 2)):
        await served(number, form=form)
    made = await report()
    every, *_ = made.served_waits
    assert made.served.value == every.households.value == 18
    assert made.months[-1].value == 18


async def test_one_month_alone_under_five_takes_another_with_it():
    for ago in range(11, -1, -1):
        await served(3 if ago == 3 else 6 + ago)
        await database.execute(
            "UPDATE household_served SET served_at = date_trunc('month', now()) + interval '10 days'"
            " - make_interval(months => $1) WHERE served_at = now()",
            ago,
        )
    assert [one.value for one in (await report()).months] == [17, 16, 15, 14, 13, 12, 11, 10, None, 8, 7, None]


async def test_reasons_are_told_from_five_on(body, anne):
    home = await a_home(anne)
    for place, one in enumerate(await some_people(body, 6)):
        await database.execute(
            "INSERT INTO home_declined (exchanger, home, reason, words, declined_at) VALUES ($1, $2, $3, '', now())",
            await exchanges_homes(one),
            home.id,
            "weeks" if place else "size",
        )
    assert {one.key: one.words for one in (await report()).reasons} == {
        "weeks": "5",
        "place": "moins de 5",
        "home": "moins de 5",
        "size": "moins de 5",
        "other": "moins de 5",
    }


async def test_the_figures_of_a_day_are_counted_once(browser, denis):
    await keep_figures_of_today()
    await served(9)
    await keep_figures_of_today()
    kept = await latest()
    assert kept and kept.served.is_small
    assert await database.value("SELECT count(*) FROM exchange_figures") == 1


async def test_an_administrator_reads_them_and_takes_them_away(browser, denis):
    await browser.sign_in(denis)
    assert "Pas encore de chiffres" in words(await browser.get("/administration/echanges"))
    assert (await browser.get("/administration/echanges/chiffres.csv")).status_code == 404
    await served(12)
    await keep_figures_of_today()
    page = await browser.get("/administration/echanges")
    assert "12 foyers servis" in words(page) or "foyers servis 12" in words(page)
    file = await browser.get("/administration/echanges/chiffres.csv")
    assert file.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(file.text)))
    told = {(line["section"], line["key"], line["measure"]): line["value"] for line in lines}
    assert told["served", "served", "count"] == "12"
    assert told["forms", "loop", "count"] == "<5"
    assert not [value for value in told.values() if value.isdigit() and 0 < int(value) < 5]


async def test_nobody_else_reads_them(browser, anne, chloe):
    for who in (anne, chloe):
        await browser.sign_in(who)
        for path in ("/administration/echanges", "/administration/echanges/chiffres.csv"):
            assert (await browser.get(path)).status_code == 403


async def test_old_figures_are_forgotten():
    await served(1)
    await keep_figures_of_today()
    await database.execute("UPDATE exchange_figures SET day = day - 401")
    await database.execute("UPDATE household_served SET served_at = now() - $1::interval", timedelta(days=401))
    await forget_old_figures()
    assert await latest() is None
    assert not await database.value("SELECT EXISTS (SELECT FROM household_served)")
