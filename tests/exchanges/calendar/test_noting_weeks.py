"""A member's weeks: ticked by hand or by a shortcut, saved, changed, forgotten; and seen by nobody else."""

import asyncio
import re
from datetime import date, timedelta

import httpx
import pytest

from app import database
from app.dates import today
from app.throttle import bucket, sweep
from exchanges.calendar.braking import A_DAY, A_WEEK
from exchanges.calendar.exchanger import Length, Week, exchanger_of, open_exchanger
from exchanges.calendar.saving import ChangedMeanwhile, forget_past_weeks, note_weeks
from exchanges.calendar.school_weeks import slots
from exchanges.calendar.weeks import coming
from exchanges.tables import Engagement, Exchanger, PlannedWeek, Wish
from members.tables import Member
from places.school_zones import SchoolZone
from tests.helpers.browser import words
from tests.helpers.jobs import waiting_jobs
from tests.helpers.planning import exchanges, saturday

YEAR = "/moi/echanges/calendrier"
LENGTH = {"least_weeks": "1", "most_weeks": "2", "give_or_take": "0"}
SAVE = {**LENGTH, "do": "save"}


def ticked(page: httpx.Response) -> dict[str, set[str]]:
    """The Saturdays ticked on the page, by name of the field."""
    boxes = re.findall(r'name="(home|away)" value="([\d-]+)" checked', page.text)
    return {name: {day for of, day in boxes if of == name} for name in ("home", "away")}


def version_on(page: httpx.Response) -> str:
    return re.findall(r'name="version" value="(\d+)"', page.text)[0]


async def planned(member: Member) -> dict[date, tuple[bool, bool]]:
    rows = await database.rows(
        "SELECT saturday, home_free, can_travel FROM planned_week w JOIN exchanger e ON e.id = w.exchanger"
        " WHERE e.member = $1",
        member.id,
    )
    return {row["saturday"]: (row["home_free"], row["can_travel"]) for row in rows}


async def asked_for_a_match(member: Member) -> int:
    return await database.value("SELECT count(*) FROM match_asked WHERE member = $1", member.id)


async def test_weeks_are_ticked_saved_and_shown_again(browser, anne):
    both, home, away = saturday(30), saturday(31), saturday(40)
    await browser.sign_in(anne)
    page = await browser.get(YEAR)
    assert ticked(page) == {"home": set(), "away": set()}

    saved = await browser.submit(
        YEAR, home=[both, home], away=[both, away], version=version_on(page), **{**SAVE, "most_weeks": "3"}
    )
    page = await browser.follow(saved)
    assert saved.headers["location"] == "/moi/echanges"
    assert "Personne d’autre ne voit vos semaines" in words(page)
    assert await planned(anne) == {both: (True, True), home: (True, False), away: (False, True)}
    assert await asked_for_a_match(anne) == 1
    assert [name for name, _ in await waiting_jobs()] == ["exchanges.match_those_who_asked"]

    page = await browser.get(YEAR)
    assert ticked(page) == {"home": {f"{both}", f"{home}"}, "away": {f"{both}", f"{away}"}}
    assert re.search(r'name="most_weeks".*?value="3" selected', page.text, re.DOTALL)

    await browser.submit(YEAR, home=[home], version=version_on(page), **SAVE)
    assert await planned(anne) == {home: (True, False)}


async def test_every_week_of_a_year_and_a_half_stands_under_its_month(browser, anne):
    await browser.sign_in(anne)
    page = await browser.get(YEAR)
    weeks = re.findall(r'name="home" value="([\d-]+)"', page.text)
    assert weeks == [day.isoformat() for day in coming(today())]
    assert len(set(re.findall(r'id="m(\d{4}-\d\d)"', page.text))) == len({day[:7] for day in weeks})


async def test_a_shortcut_ticks_the_holidays_and_saves_nothing(browser, anne):
    own = saturday(1)
    winter = next(slot for slot in slots(SchoolZone.b, coming(today())) if slot.saturdays[0] > own)
    await browser.sign_in(anne)
    page = await browser.submit(YEAR, home=[own], do=winter.key, mark="both", version="1", **LENGTH)
    days = {day.isoformat() for day in winter.saturdays}
    assert page.status_code == 200
    assert ticked(page) == {"home": {own.isoformat(), *days}, "away": days}
    assert "Pas encore enregistré" in words(page)
    assert await planned(anne) == {} and await asked_for_a_match(anne) == 0


@pytest.mark.parametrize(
    ("mark", "noted"),
    [("both", (True, True)), ("home", (True, False)), ("away", (False, True)), ("nothing", (False, False))],
)
async def test_a_shortcut_notes_what_was_chosen_whatever_the_weeks_were(mark, noted, browser, anne):
    day = saturday(20)
    month = [one for one in coming(today()) if f"{one:%Y-%m}" == f"{day:%Y-%m}"]
    await browser.sign_in(anne)
    page = await browser.submit(YEAR, home=[month[0]], away=[month[-1]], do=f"{day:%Y-%m}", mark=mark, **LENGTH)
    everything = {one.isoformat() for one in month}
    assert ticked(page) == {"home": everything if noted[0] else set(), "away": everything if noted[1] else set()}


async def test_all_the_holidays_of_another_zone_at_once(browser, anne):
    found = slots(SchoolZone.a, coming(today()))
    await browser.sign_in(anne)
    page = await browser.submit(YEAR, do="zone", zone="A", **LENGTH)
    assert re.search(r'value="A" selected', page.text)
    assert all(slot.name in words(page) for slot in found)
    page = await browser.submit(YEAR, do="all", zone="A", mark="away", **LENGTH)
    assert ticked(page) == {"home": set(), "away": {day.isoformat() for slot in found for day in slot.saturdays}}


async def test_where_the_school_calendar_is_not_known_another_is_offered(browser, anne):
    await database.execute(
        "UPDATE member SET commune = '97608' WHERE id = $1", anne.id
    )  # Mamoudzou is 97611; any commune of Mayotte does
    await browser.sign_in(anne)
    page = await browser.get(YEAR)
    assert "calendrier de Mayotte n’est pas encore connu" in words(page)
    assert re.search(r'value="A" selected', page.text)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"least_weeks": "3"}, "Mettez au moins autant que la durée la plus courte"),
        ({"least_weeks": ""}, "Choisissez une durée"),
        ({"most_weeks": "9"}, "Choisissez une durée"),
        ({"give_or_take": "3"}, "Choisissez une des réponses"),
        ({"version": "-1"}, "abîmée en route"),
        ({"zone": "Z"}, "Choisissez une des zones"),
    ],
)
async def test_what_makes_no_sense_is_said_and_what_was_ticked_stays(wrong, said, browser, anne):
    await browser.sign_in(anne)
    page = await browser.submit(YEAR, home=[saturday(3)], **{**SAVE, **wrong})
    assert page.status_code == 422
    assert said in words(page)
    assert ticked(page)["home"] == {saturday(3).isoformat()}
    assert await planned(anne) == {}


async def test_weeks_that_are_none_or_no_longer_to_come_are_left_out(browser, anne):
    past, sunday, later = saturday(0) - timedelta(weeks=1), saturday(5) + timedelta(days=1), coming(today())[-1]
    await browser.sign_in(anne)
    await browser.submit(YEAR, home=[past, sunday, later + timedelta(weeks=1), "1' OR", later], **SAVE)
    assert await planned(anne) == {later: (True, False)}


async def test_two_windows_do_not_erase_each_other_unseen(browser, anne):
    await browser.sign_in(anne)
    seen = version_on(await browser.get(YEAR))
    await browser.submit(YEAR, home=[saturday(3)], version=seen, **SAVE)

    page = await browser.submit(YEAR, home=[saturday(9)], version=seen, **SAVE)
    assert page.status_code == 409
    assert "dans une autre fenêtre" in words(page)
    assert ticked(page)["home"] == {saturday(9).isoformat()}
    assert await planned(anne) == {saturday(3): (True, False)}

    shortcut = await browser.submit(YEAR, home=[saturday(9)], do="all", version=seen, **LENGTH)
    assert version_on(shortcut) == seen, "a shortcut has not shown what is kept"
    await browser.submit(YEAR, home=[saturday(9)], version=version_on(page), **SAVE)
    assert await planned(anne) == {saturday(9): (True, False)}


async def test_a_form_sent_twice_is_saved_once(browser, anne):
    await browser.sign_in(anne)
    for address, form in (
        (YEAR, {**SAVE, "home": [saturday(5), saturday(3)], "away": [saturday(3)], "version": "1"}),
        ("/moi/echanges/souhaits", {"wish": ["anywhere:::sea"], "party_size": "3", "do": "save", "version": "2"}),
    ):
        before = await asked_for_a_match(anne)
        assert [(await browser.submit(address, **form)).status_code for _ in range(2)] == [303, 303]
        assert await asked_for_a_match(anne) == before + 1
    assert (await exchanger_of(anne.id)).version == 3


async def test_so_many_changes_a_day_and_the_words_are_the_same_whatever_was_changed(browser, anne, bilal):
    await exchanges(bilal, both=[saturday(4)])
    await browser.sign_in(anne)
    for n in range(A_DAY):
        page = await browser.submit(YEAR, home=[saturday(n)], version=str(n + 1), **SAVE)
        assert page.status_code == 303
    refused = [await browser.submit(YEAR, home=[saturday(n)], version=str(A_DAY + 1), **SAVE) for n in (4, 5)] + [
        await browser.submit("/moi/echanges/souhaits", wish=["anywhere:::sea"], party_size="2", do="save")
    ]
    assert [page.status_code for page in refused] == [429, 429, 429]
    assert all("Reprenez demain" in words(page) for page in refused)
    assert ticked(refused[0])["home"] == {saturday(4).isoformat()}
    assert await planned(anne) == {saturday(A_DAY - 1): (True, False)}


async def test_so_many_changes_a_week_whatever_the_nights_forget(browser, anne):
    await browser.sign_in(anne)
    await database.execute(
        "INSERT INTO throttle (bucket, since, tries) VALUES ($1, now() - interval '6 days', $2)",
        bucket("exchange.week", str(anne.id)),
        A_WEEK,
    )
    await sweep()  # as every night
    page = await browser.submit(YEAR, home=[saturday(1)], **SAVE)
    assert page.status_code == 429
    assert "Reprenez demain" in words(page)


async def test_pausing_is_always_possible_and_a_pause_is_no_waiting(browser, anne):
    exchanger = await exchanges(anne, both=[saturday(4)])
    await database.execute("UPDATE exchanger SET waits_since = now() - interval '9 days'")
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit("/moi/echanges/pause"))
    assert "Nous ne cherchons rien pour vous" in words(page)
    assert (await exchanger_of(anne.id)).is_paused
    await browser.submit("/moi/echanges/pause")
    assert await asked_for_a_match(anne) == 1, "paused once"

    await database.execute("UPDATE exchanger SET paused_at = now() - interval '4 days'")
    page = await browser.follow(await browser.submit("/moi/echanges/reprise"))
    assert "nous cherchons de nouveau pour vous" in words(page)
    assert "En pause" not in words(page)
    waited = await database.value("SELECT now() - waits_since FROM exchanger WHERE id = $1", exchanger)
    assert waited == timedelta(days=5)
    await browser.submit("/moi/echanges/reprise")
    assert await asked_for_a_match(anne) == 2
    assert await planned(anne) == {saturday(4): (True, True)}


async def test_who_never_said_anything_may_pause_and_resume(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.submit("/moi/echanges/reprise")).status_code == 303
    assert await exchanger_of(anne.id) is None
    assert (await browser.submit("/moi/echanges/pause")).status_code == 303
    assert (await exchanger_of(anne.id)).is_paused


async def test_resuming_counts_among_the_changes(browser, anne):
    await browser.sign_in(anne)
    for _ in range(A_DAY):
        await browser.submit("/moi/echanges/pause")
        await browser.submit("/moi/echanges/reprise")
    await browser.submit("/moi/echanges/pause")
    assert (await browser.submit("/moi/echanges/reprise")).status_code == 429
    assert (await browser.submit("/moi/echanges/pause")).status_code == 303


async def test_weeks_of_an_agreed_exchange_are_shown_as_such(browser, anne, bilal):
    exchanger = await exchanges(anne, both=[saturday(4)])
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, accepted_at, proposed_at, answer_by, version, score)"
        " VALUES ('pair', 'matched', 'accepted', now(), now(), now(), 1, 50) RETURNING id"
    )
    await Engagement(swap=swap, exchanger=exchanger, first=saturday(4), last=saturday(5)).save()
    await browser.sign_in(anne)
    assert words(await browser.get(YEAR)).count("échange convenu") == 1
    await browser.sign_in(bilal)
    assert "échange convenu" not in words(await browser.get(YEAR))


async def test_weeks_that_passed_are_forgotten_at_night(anne):
    await exchanges(anne, both=[saturday(0) - timedelta(weeks=2), saturday(0) - timedelta(weeks=1), saturday(1)])
    await forget_past_weeks()
    assert list(await planned(anne)) == [saturday(1)]
    await forget_past_weeks()
    assert list(await planned(anne)) == [saturday(1)]


async def test_deleting_a_member_forgets_all_they_said(anne):
    await exchanges(anne, both=[saturday(4)])
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)
    for table in ("exchanger", "planned_week", "wish"):
        assert await database.value(f"SELECT count(*) FROM {table}") == 0


async def test_printing_a_row_tells_nothing(anne):
    await exchanges(anne, both=[saturday(4)], party_size=7)
    for table, kept in ((Exchanger, "7"), (PlannedWeek, f"{saturday(4):%Y}"), (Wish, "sea")):
        row = await table.objects().first()
        row.id = 1
        assert kept not in f"{row} {row!r} {[row]}"


async def test_nobody_else_can_learn_of_it(browser, another_browser, anne, bilal, chloe, denis):
    """Every page another person sees, the log, jobs and what anyone was told: no trace of the week or the wish."""
    day = saturday(33)
    await another_browser.sign_in(anne)
    await another_browser.submit(YEAR, home=[day], away=[day], **SAVE)
    await another_browser.submit("/moi/echanges/souhaits", wish=["commune:83137:50:"], party_size="9", do="save")
    pages = ["/", "/annonces", "/logements", "/moi/echanges", "/moi/echanges/souhaits", "/notifications", "/agenda"]
    for person_, more in ((bilal, []), (chloe, ["/moderation", "/moderation/journal"]), (denis, ["/administration"])):
        await browser.sign_in(person_)
        for path in [*pages, *more]:
            said = (await browser.get(path)).text
            assert day.isoformat() not in said and "Toulon" not in said, path
        assert ticked(await browser.get(YEAR)) == {"home": set(), "away": set()}
    for table in ("audit_entry", "notification", "procrastinate_jobs", "search_document", "member", "match_asked"):
        said = await database.value(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
        assert day.isoformat() not in said and "83137" not in said, table
    assert await database.value("SELECT count(*) FROM audit_entry WHERE actor = $1", anne.id) == 0


@pytest.mark.commits
async def test_of_two_saves_at_once_one_is_told_to_read_again(anne):
    async def save(n: int) -> bool:
        try:
            await note_weeks(anne.id, [Week(saturday(n), True, True)], Length(), 1)
        except ChangedMeanwhile:
            return False
        return True

    done = await asyncio.gather(*(save(n) for n in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert await planned(anne) == {saturday(done.index(True)): (True, True)}


@pytest.mark.commits
async def test_opened_several_times_at_once_it_is_one(anne):
    assert len(set(await asyncio.gather(*(open_exchanger(anne.id) for _ in range(6))))) == 1
