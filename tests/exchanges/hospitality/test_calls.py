"""Somebody withdraws shortly before a stay: the neighbours are asked for a roof, told neither who nor when."""

from datetime import timedelta

import pytest

from app import database, dates
from exchanges.hospitality.asking import go_on, go_on_with_all
from exchanges.hospitality.calling import call_for
from exchanges.kinds import Reason
from exchanges.swaps.answering import accept, decline
from exchanges.swaps.withdrawing import withdraw
from tests.helpers.browser import words
from tests.helpers.cast import belonging, person
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs
from tests.helpers.roofs import WEEK, confirmed_pair, exchanges_homes, saturday

FIRST = saturday()
LAST = FIRST + WEEK


@pytest.fixture
async def anne_home(anne):
    await exchanges_homes(anne, free=[FIRST], away=[FIRST], party_size=3)
    return await a_home(anne)


@pytest.fixture
async def lost(anne, bilal, anne_home):
    """Anne was going to Bilal's, who withdraws; a week or two before."""
    home = await a_home(bilal, commune="29232")
    await exchanges_homes(bilal, free=[FIRST], away=[FIRST], ways=["hosting"])
    swap = await confirmed_pair(anne, anne_home, bilal, home, FIRST, LAST)
    await withdraw(swap, bilal.id)
    return swap


@pytest.fixture
async def neighbour(emilie):
    await a_home(emilie, commune="29232")
    await exchanges_homes(emilie, ways=["hosting"], free=[FIRST])
    return emilie


async def the_call():
    return await database.row("SELECT * FROM hospitality_call")


async def asked():
    found = await database.rows("SELECT host FROM hospitality_asked WHERE said IS DISTINCT FROM 'moot'")
    return {row["host"] for row in found}


async def told(member, topic):
    return await database.value("SELECT path FROM notification WHERE member = $1 AND topic = $2", member.id, topic)


async def test_a_neighbour_is_asked_and_whoever_withdrew_is_not(lost, neighbour, anne, bilal):
    await run_jobs()
    call = await the_call()
    assert call["guest"] == anne.id
    assert (call["first"], call["last"]) == (FIRST, LAST)
    assert await asked() == {neighbour.id}
    assert await told(neighbour, "roof_needed") == f"/accueils/{call['id']}"
    assert await told(anne, "roof_sought") == f"/accueils/{call['id']}"


async def test_the_guest_reads_the_same_whether_anybody_was_asked(lost, anne, browser, emilie):
    await run_jobs()
    assert await asked() == set()
    await browser.sign_in(anne)
    path = await told(anne, "roof_sought")
    alone = words(await browser.get(path))
    await a_home(emilie, commune="29232")
    await exchanges_homes(emilie, ways=["hosting"], free=[FIRST])
    await go_on_with_all(dates.now())
    assert await asked() == {emilie.id}
    assert words(await browser.get(path)) == alone


async def test_who_is_asked_reads_how_many_and_how_long_but_neither_who_nor_when(lost, neighbour, browser):
    await run_jobs()
    await browser.sign_in(neighbour)
    page = await browser.get(await told(neighbour, "roof_needed"))
    assert page.status_code == 200
    said = words(page)
    assert "trois personnes" in said and "une semaine" in said
    for secret in ("Anne", dates.in_words(FIRST), dates.in_words(LAST), str(FIRST), "Brest", "Finistère"):
        assert secret not in page.text


@pytest.mark.parametrize(
    "unfit",
    [
        "small",
        "not hosting",
        "not free",
        "paused",
        "suspended",
        "blocked",
        "held",
        "far",
        "no home",
        "declined",
    ],
)
async def test_nobody_is_asked_who_could_not_be_the_host(lost, anne, emilie, unfit, body):
    home = await a_home(emilie, commune="35238" if unfit == "far" else "29232", sleeps=2 if unfit == "small" else 5)
    exchanger = await exchanges_homes(
        emilie,
        ways=[] if unfit == "not hosting" else ["hosting"],
        free=[] if unfit == "not free" else [FIRST],
    )
    if unfit == "paused":
        await database.execute("UPDATE exchanger SET paused_at = now() WHERE id = $1", exchanger)
    if unfit == "suspended":
        await database.execute("UPDATE member SET suspended_until = 'infinity' WHERE id = $1", emilie.id)
    if unfit == "blocked":
        await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", emilie.id, anne.id)
    if unfit == "held":
        await database.execute(
            "INSERT INTO engagement (swap, exchanger, first, last) VALUES ($1, $2, $3, $4)",
            lost,
            exchanger,
            FIRST + timedelta(days=3),
            LAST + timedelta(days=3),
        )
    if unfit == "no home":
        await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1", home.id)
    if unfit == "declined":
        await database.execute(
            "INSERT INTO home_declined (exchanger, home, reason, words, declined_at)"
            " SELECT id, $2, 'home', '', now() FROM exchanger WHERE member = $1",
            anne.id,
            home.id,
        )
    await run_jobs()
    assert await the_call()
    assert await asked() == set()


@pytest.mark.parametrize(
    ("need", "lacks", "has"),
    [
        ("step_free", {}, {"access": ["step_free"]}),
        ("pets", {}, {"pets_welcome": True}),
        ("no_smoking", {"smoking": True}, {}),
    ],
)
async def test_what_the_guest_needs_the_home_has(lost, anne, emilie, body, need, lacks, has):
    farid = await belonging(await person("Farida", "29232"), body)
    await a_home(emilie, commune="29232", **lacks)
    await a_home(farid, commune="29232", **has)
    for host in (emilie, farid):
        await exchanges_homes(host, ways=["hosting"], free=[FIRST])
    await exchanges_homes(anne, needs=[need], party_size=3)
    await run_jobs()
    assert await asked() == {farid.id}


async def test_the_first_yes_is_proposed_to_the_guest_who_decides(lost, neighbour, anne, browser):
    await run_jobs()
    path = await told(neighbour, "roof_needed")
    await browser.sign_in(neighbour)
    page = await browser.follow(await browser.submit(f"{path}/oui"))
    assert "Vous avez dit oui" in words(page)
    swap = await database.row("SELECT s.* FROM swap s JOIN hospitality_asked a ON a.swap = s.id")
    assert (swap["form"], swap["state"]) == ("hospitality", "proposed")
    answers = await database.rows("SELECT member, answer FROM swap_party WHERE swap = $1", swap["id"])
    assert {row["member"]: row["answer"] for row in answers} == {neighbour.id: "accepted", anne.id: "asked"}
    assert not await database.value("SELECT EXISTS (SELECT FROM engagement WHERE swap = $1)", swap["id"])
    await accept(swap["id"], anne.id)
    assert await database.value("SELECT state FROM swap WHERE id = $1", swap["id"]) == "accepted"
    await go_on_with_all(dates.now())
    assert (await the_call())["ended"] == "hosted"


async def test_a_guest_who_looked_for_nothing_more_is_proposed_a_roof_all_the_same(lost, neighbour, anne, browser):
    await database.execute("UPDATE exchanger SET paused_at = now() WHERE member = $1", anne.id)
    await run_jobs()
    await browser.sign_in(neighbour)
    await browser.submit(await told(neighbour, "roof_needed") + "/oui")
    assert await told(anne, "swap_proposed")


async def test_a_yes_said_twice_is_one(lost, neighbour):
    await run_jobs()
    from exchanges.hospitality.answering import say_yes

    call = (await the_call())["id"]
    await say_yes(call, neighbour.id, dates.now())
    await say_yes(call, neighbour.id, dates.now())
    assert await database.value("SELECT count(*) FROM swap WHERE form = 'hospitality'") == 1


async def test_the_second_yes_waits_and_is_proposed_when_the_guest_says_no_to_the_first(
    lost, neighbour, anne, body, browser
):
    farid = await belonging(await person("Farida", "29232"), body)
    await a_home(farid, commune="29232")
    await exchanges_homes(farid, ways=["hosting"], free=[FIRST])
    await run_jobs()
    path = await told(neighbour, "roof_needed")
    for host in (neighbour, farid):
        await browser.sign_in(host)
        await browser.submit(f"{path}/oui")
    assert "avait répondu avant vous" in words(await browser.get(path))
    first = await database.value("SELECT swap FROM hospitality_asked WHERE host = $1", neighbour.id)
    await decline(first, anne.id, Reason.place)
    await go_on_with_all(dates.now())
    second = await database.value("SELECT swap FROM hospitality_asked WHERE host = $1", farid.id)
    assert second and second != first
    answers = await database.rows("SELECT answer FROM swap_party WHERE swap = $1", second)
    assert {row["answer"] for row in answers} == {"asked"}


async def test_who_said_no_may_say_yes_later_and_who_said_yes_keeps_to_it(lost, neighbour, browser):
    await run_jobs()
    path = await told(neighbour, "roof_needed")
    await browser.sign_in(neighbour)
    page = await browser.follow(await browser.submit(f"{path}/non"))
    assert "il est encore temps" in words(page)
    await browser.submit(f"{path}/oui")
    await browser.submit(f"{path}/non")
    assert await database.value("SELECT said FROM hospitality_asked") == "yes"


async def test_a_call_ends_with_its_time_and_what_ended_it_is_not_told(lost, neighbour, browser, anne):
    await run_jobs()
    call, path = await the_call(), await told(neighbour, "roof_needed")
    await browser.sign_in(neighbour)
    await go_on(call["id"], call["until"])
    assert (await the_call())["ended"] == "over"
    after_time = words(await browser.get(path))
    await database.execute("UPDATE hospitality_call SET ended = 'stopped'")
    assert words(await browser.get(path)) == after_time
    refused = await browser.submit(f"{path}/oui")
    assert refused.status_code == 409
    assert "n’a plus besoin" in words(refused)


async def test_the_guest_may_stop_it(lost, neighbour, anne, browser):
    await run_jobs()
    path = await told(anne, "roof_sought")
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit(f"{path}/arret"))
    assert "Nous ne cherchons plus" in words(page)
    assert (await the_call())["ended"] == "stopped"
    assert (await browser.submit(f"{path}/arret")).status_code == 409


async def test_the_page_of_the_lost_exchange_leads_its_guest_to_what_is_looked_for(lost, anne, bilal, browser):
    for who, leads in ((anne, True), (bilal, False)):
        await browser.sign_in(who)
        assert ("/accueils/" in (await browser.get(f"/echanges/{lost}")).text) is leads


async def test_the_guest_cannot_answer_for_a_host_nor_a_host_stop_it(lost, neighbour, anne, browser):
    await run_jobs()
    path = await told(anne, "roof_sought")
    await browser.sign_in(anne)
    assert (await browser.submit(f"{path}/oui")).status_code == 404
    await browser.sign_in(neighbour)
    assert (await browser.submit(f"{path}/arret")).status_code == 404
    assert (await the_call())["closed_at"] is None


async def test_who_was_asked_does_not_learn_by_blocking_who_the_guest_is(lost, neighbour, anne, bilal, browser):
    await run_jobs()
    path = await told(neighbour, "roof_needed")
    await browser.sign_in(neighbour)
    before = words(await browser.get(path))
    for one in (bilal, anne):
        await browser.follow(await browser.submit(f"/membres/{one.id}/blocage"))
        assert words(await browser.get(path)) == before
    page = await browser.follow(await browser.submit(f"{path}/oui"))
    assert "Vous avez dit oui" in words(page)
    await database.execute("DELETE FROM block")
    await go_on_with_all(dates.now())
    assert await database.value("SELECT count(*) FROM swap WHERE form = 'hospitality'") == 0
    assert "Vous avez dit oui" in words(await browser.get(path))


async def test_who_is_kept_apart_when_others_are_asked_is_not_asked_once_the_block_is_lifted(lost, neighbour, anne):
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", neighbour.id, anne.id)
    await run_jobs()
    await database.execute("DELETE FROM block")
    await go_on_with_all(dates.now())
    assert await asked() == set()
    assert await told(neighbour, "roof_needed") is None


async def test_a_stay_is_called_for_once_and_not_after_it_began(lost, anne):
    stay = await database.value("SELECT stay FROM hospitality_call")
    assert await call_for(stay) is None
    assert await database.value("SELECT count(*) FROM hospitality_call") == 1
    await database.execute("DELETE FROM hospitality_call")
    await database.execute("UPDATE stay SET first = $2 WHERE id = $1", stay, dates.today())
    assert await call_for(stay) is None


async def test_a_guest_is_called_for_twice_in_three_months_at_most(lost, anne):
    call = await database.row("SELECT * FROM hospitality_call")
    others = await database.rows("SELECT id FROM stay WHERE id <> $1", call["stay"])
    for other in others:
        await database.execute("UPDATE hospitality_call SET stay = $1", other["id"])
    assert others
    await database.execute(
        "INSERT INTO stay (swap, guest, host, home, first, last) SELECT swap, guest, host, $2, first, last FROM stay"
        " WHERE id = $1",
        call["stay"],
        await database.value("SELECT home FROM swap_party WHERE member = $1", anne.id),
    )
    await database.execute(
        "INSERT INTO hospitality_call (stay, guest, commune, department, first, last, opened_at, until)"
        " SELECT id, guest, '29019', '29', first, last, now(), now() FROM stay WHERE guest = $1"
        " AND id NOT IN (SELECT stay FROM hospitality_call) AND id <> $2",
        anne.id,
        call["stay"],
    )
    assert await database.value("SELECT count(*) FROM hospitality_call WHERE guest = $1", anne.id) == 2
    assert await call_for(call["stay"]) is None


async def test_nobody_looks_for_a_guest_who_goes_elsewhere(lost, anne):
    await database.execute(
        "INSERT INTO engagement (swap, exchanger, first, last) SELECT $1, id, $2, $3 FROM exchanger WHERE member = $4",
        lost,
        FIRST,
        LAST,
        anne.id,
    )
    await go_on_with_all(dates.now())
    assert (await the_call())["ended"] == "elsewhere"


async def test_an_ended_call_is_forgotten_after_a_month(lost):
    from exchanges.hospitality.asking import forget_old_calls

    await database.execute("UPDATE hospitality_call SET closed_at = now(), ended = 'over'")
    await forget_old_calls()
    assert await the_call()
    await database.execute("UPDATE hospitality_call SET closed_at = now() - interval '31 days'")
    await forget_old_calls()
    assert await the_call() is None
