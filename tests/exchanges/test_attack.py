"""Somebody tries to learn when Anne's home is empty, alone and with others, with all that an account can do.

Émilie has a home, wishes for nothing but Anne's commune, notes a single week at a time, asks, pauses, declines, and
reads whatever she can reach. Each attack is played once for every secret Anne may have; what was seen, counted and
heard has to be the same to the letter, down to the number of queries a page asks.
"""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from app import database
from exchanges.calendar.braking import A_DAY
from exchanges.kinds import Form, Reason, State
from exchanges.matching.asking import ask_for_a_match
from exchanges.swaps.answering import accept, decline
from exchanges.swaps.passing import let_swaps_pass
from exchanges.swaps.proposing import Place, propose
from listings.tables import Listing
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs
from tests.helpers.planning import AROUND_BREST, exchanges, saturday
from tests.helpers.swaps import in_turn
from tests.helpers.watching import Seen, Watcher, first_difference, hearing, undone

WEEK = saturday(6)
OTHERS = (saturday(8), saturday(9))
ALL = (WEEK, *OTHERS)
Secret = Callable[..., Awaitable[None]]


@pytest.fixture
async def victim(anne):
    await a_home(anne)
    return anne


@pytest.fixture
async def attacker(emilie):
    await a_home(emilie, commune="35238", sleeps=4)
    return emilie


async def not_free(anne, emilie):
    """She stays at home in that week."""
    await exchanges(anne, both=OTHERS)


async def free_and_never_said_so(anne, emilie):
    """She has not noted anything."""


async def free_but_not_away(anne, emilie):
    await exchanges(anne, both=OTHERS, home=[WEEK])


async def paused(anne, emilie):
    exchanger = await exchanges(anne, both=ALL)
    await database.execute("UPDATE exchanger SET paused_at = now() WHERE id = $1", exchanger)


async def looks_elsewhere(anne, emilie):
    """Free and away, with no wish for where Émilie lives."""
    await exchanges(anne, both=ALL, wishes=[AROUND_BREST])


async def too_many(anne, emilie):
    await exchanges(anne, both=ALL, party_size=6)


async def needs_no_step(anne, emilie):
    await exchanges(anne, both=ALL, needs=["step_free"])


async def has_said_no_to_this_home(anne, emilie):
    exchanger = await exchanges(anne, both=ALL)
    await database.execute(
        "INSERT INTO home_declined (exchanger, home, reason, words, declined_at)"
        " SELECT $1, id, 'home', '', now() FROM listing WHERE author = $2 AND category = 'home'",
        exchanger,
        emilie.id,
    )


async def held_by_another(anne, emilie):
    """She goes to somebody else's in that very week."""
    exchanger = await exchanges(anne, both=ALL)
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, version, proposed_at, answer_by, accepted_at, confirmed_at)"
        " VALUES ('pair', 'matched', 'confirmed', 1, now(), now(), now(), now()) RETURNING id"
    )
    for first in ALL:
        await database.execute(
            "INSERT INTO engagement (swap, exchanger, first, last) VALUES ($1, $2, $3::date, $3::date + 7)",
            swap,
            exchanger,
            first,
        )


async def in_another_match(anne, emilie):
    exchanger = await exchanges(anne, both=ALL)
    assert exchanger
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, version, proposed_at, answer_by)"
        " VALUES ('pair', 'matched', 'proposed', 1, now(), now() + interval '4 days') RETURNING id"
    )
    await database.execute(
        "INSERT INTO swap_party (swap, member, place, answer) VALUES ($1, $2, 0, 'asked')", swap, anne.id
    )


NO_MATCH: tuple[Secret, ...] = (
    free_and_never_said_so,
    not_free,
    free_but_not_away,
    paused,
    looks_elsewhere,
    too_many,
    needs_no_step,
    has_said_no_to_this_home,
    held_by_another,
    in_another_match,
)


async def fits(anne, emilie):
    """Free, away, and Émilie's home would do: what the server looks for."""
    await exchanges(anne, both=ALL)


async def version_of(member) -> int:
    return await database.value("SELECT version FROM exchanger WHERE member = $1", member.id) or 1


async def notes_weeks(watcher: Watcher, *weeks: date) -> None:
    days = [week.isoformat() for week in weeks]
    await watcher.do(
        "/moi/echanges/calendrier",
        home=days,
        away=days,
        least_weeks="1",
        most_weeks="1",
        give_or_take="0",
        version=str(await version_of(watcher.member)),
    )


async def wishes(watcher: Watcher, commune: str = "Brest (29)", *ways: str) -> None:
    await watcher.do(
        "/moi/echanges/souhaits",
        party_size="2",
        scope="commune",
        commune=commune,
        km="5",
        ways=list(ways),
        version=str(await version_of(watcher.member)),
    )


async def probes(watcher: Watcher, home) -> None:
    """One week alone, then another, a pause, another way: after each, everything is looked at."""
    await wishes(watcher)
    await notes_weeks(watcher, WEEK)
    await watcher.look()
    await notes_weeks(watcher, saturday(7))
    await watcher.look()
    await watcher.do("/moi/echanges/pause")
    await watcher.do("/moi/echanges/reprise")
    await wishes(watcher, "Brest (29)", "loop", "other_weeks", "hosted")
    await notes_weeks(watcher, WEEK)
    await watcher.look()


async def asks(watcher: Watcher, home) -> None:
    """From the sheet, for an exchange and to be hosted; she takes the first one back."""
    for form in ("pair", "hospitality"):
        sent = await watcher.do(f"/logements/{home.id}/echange", form=form, once=str(uuid4()))
        await watcher.look()
        await watcher.do(f"{sent.headers['location']}/refus")
        await watcher.look()


async def kept(secret: Secret, victim, attacker) -> None:
    """The server has known it for a while, and looks for a match as always."""
    await secret(victim, attacker)
    await ask_for_a_match(victim.id)
    await run_jobs()


async def played(browser, secret: Secret, attack, victim, attacker, home) -> list:
    """What the attacker sees of this attack, in a world where this is the victim's secret."""
    async with undone():
        await kept(secret, victim, attacker)
        watcher = Watcher(browser, attacker, also=(f"/logements/{home.id}", f"/logements/{home.id}/echange"))
        async with hearing(attacker) as heard:
            await attack(watcher, home)
        return [*watcher.seen, Seen("heard", 0, len(heard), 0, " ".join(heard))]


@pytest.fixture
async def home(victim):
    return await Listing.objects().get((Listing.author == victim.id) & (Listing.category == "home"))


async def differences(browser, attack, secrets, victim, attacker, home) -> list[str]:
    await run_jobs()
    await played(browser, secrets[0], attack, victim, attacker, home)  # what a process keeps is kept from here on
    usual = await played(browser, secrets[0], attack, victim, attacker, home)
    assert len(usual) > 20
    found = []
    for secret in secrets[1:]:
        seen = await played(browser, secret, attack, victim, attacker, home)
        if said := first_difference(usual, seen):
            found.append(f"{secret.__name__}: {said}")
    return found


async def test_no_match_reads_and_counts_the_same_whatever_the_reason(browser, victim, attacker, home):
    assert not await differences(browser, probes, NO_MATCH, victim, attacker, home)


async def test_a_week_alone_and_a_village_alone_learn_no_more_from_a_match(browser, victim, attacker, home):
    """The server finds the two, and asks Anne first."""
    async with undone():
        await kept(fits, victim, attacker)
        await probes(Watcher(browser, attacker), home)
        found = "SELECT EXISTS (SELECT FROM swap_party WHERE member = $1 AND asked_last)"
        assert await database.value(found, attacker.id)
    assert not await differences(browser, probes, (not_free, fits), victim, attacker, home)


async def found_by_the_server(browser, victim, attacker, home, *, found: bool, answers) -> list[Seen]:
    """The attacker noted a single week, Anne three."""
    async with undone():
        await exchanges(victim, both=ALL)
        await exchanges(attacker, both=[WEEK])
        if found:
            homes = [await listing_of(attacker), home]
            places = [Place(one.author, one.id) for one in homes]
            swap = await propose(Form.pair, places, in_turn(homes, 6), score=85, one_last=True)
            await answers(swap, victim)
        await run_jobs()
        watcher = Watcher(browser, attacker)
        async with hearing(attacker) as heard:
            await watcher.look()
        return [*watcher.seen, Seen("heard", 0, len(heard), 0, " ".join(heard))]


async def test_whoever_noted_fewer_weeks_is_asked_once_she_said_yes(browser, victim, attacker, home):
    await run_jobs()
    of = (browser, victim, attacker, home)
    await found_by_the_server(*of, found=False, answers=says_nothing)
    nothing = await found_by_the_server(*of, found=False, answers=says_nothing)
    for answers in (says_nothing, declines, lets_time_pass):
        assert first_difference(nothing, await found_by_the_server(*of, found=True, answers=answers)) == ""
    asked = await found_by_the_server(*of, found=True, answers=says_yes)
    assert "swap_proposed" in " ".join(seen.text for seen in asked if seen.what == "told")


async def test_asking_from_the_sheet_reads_the_same_whether_she_is_away_or_not(browser, victim, attacker, home):
    assert not await differences(browser, asks, (*NO_MATCH, fits), victim, attacker, home)


async def saves_without_end(watcher: Watcher, home) -> None:
    """A week after the other, until nothing is taken any more. Whoever wants out is let out."""
    for number in range(A_DAY + 2):
        await notes_weeks(watcher, saturday(number))
    await watcher.do("/moi/echanges/pause")
    await wishes(watcher)
    assert [seen.status for seen in watcher.seen] == [303] * A_DAY + [429, 429, 303, 429]


async def test_so_many_questions_a_day_and_the_refusal_says_nothing(browser, victim, attacker, home):
    assert not await differences(
        browser, saves_without_end, (not_free, looks_elsewhere, paused), victim, attacker, home
    )


async def test_whoever_is_blocked_reads_what_a_home_that_never_was_answers(browser, victim, attacker, home):
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", victim.id, attacker.id)
    watcher = Watcher(browser, attacker)
    await browser.sign_in(attacker)
    for answer in ("pair", "hospitality", "week_room"):
        for path in (f"/logements/{home.id}", f"/logements/{uuid4()}"):
            await watcher.get(path)
            await watcher.do(f"{path}/echange", form=answer, once=str(uuid4()))
    texts = {(seen.what.split()[0], seen.status): set() for seen in watcher.seen}
    for seen in watcher.seen:
        texts[seen.what.split()[0], seen.status].add(re.sub(r"<\d+>", "", seen.text))
    assert set(texts) == {("GET", 404), ("POST", 404)}
    assert all(len(said) == 1 for said in texts.values())


async def a_loop(anne, emilie, bilal) -> UUID:
    """Found by the server: Émilie goes to Anne's, Anne to Bilal's, Bilal to Émilie's."""
    homes = [
        await Listing.objects().get((Listing.author == one.id) & (Listing.category == "home"))
        for one in (emilie, anne, bilal)
    ]
    swap = await propose(Form.loop, [Place(home.author, home.id) for home in homes], in_turn(homes, 6), score=85)
    assert swap is not None
    return swap


async def says_nothing(swap, anne):
    pass


async def says_yes(swap, anne):
    await accept(swap, anne.id)


async def test_who_is_in_it_together_does_not_learn_what_she_answered(browser, victim, attacker, bilal, home):
    await a_home(bilal, commune="29232")
    for one in (victim, attacker, bilal):
        await exchanges(one, both=ALL)
    seen = []
    for answers in (says_nothing, says_nothing, says_yes):
        async with undone():
            swap = await a_loop(victim, attacker, bilal)
            await accept(swap, attacker.id)
            await answers(swap, victim)
            await run_jobs()
            watchers = [Watcher(browser, one) for one in (attacker, bilal)]
            for watcher in watchers:
                await watcher.look()
            seen.append(watchers[0].seen + watchers[1].seen)
    assert first_difference(seen[1], seen[2]) == ""


async def declines(swap, anne):
    await decline(swap, anne.id, Reason.weeks)


async def lets_time_pass(swap, anne):
    await database.execute("UPDATE swap SET answer_by = now() WHERE id = $1", swap)
    await let_swaps_pass()


async def takes_her_week_back_and_says_yes(swap, anne):
    await database.execute(
        "DELETE FROM planned_week USING exchanger e WHERE exchanger = e.id AND e.member = $1", anne.id
    )
    assert await accept(swap, anne.id) == State.dissolved


async def was_taken_meanwhile_and_says_yes(swap, anne):
    await database.execute(
        "INSERT INTO engagement (swap, exchanger, first, last) SELECT s.id, e.id, $1::date, $1::date + 7"
        " FROM exchanger e, swap s WHERE e.member = $2 AND s.id <> $3",
        WEEK,
        anne.id,
        swap,
    )
    assert await accept(swap, anne.id) == State.dissolved


async def is_suspended(swap, anne):
    await database.execute("UPDATE member SET suspended_until = 'infinity' WHERE id = $1", anne.id)
    await let_swaps_pass()


ENDINGS = (
    declines,
    lets_time_pass,
    takes_her_week_back_and_says_yes,
    was_taken_meanwhile_and_says_yes,
    is_suspended,
)


async def test_why_it_ended_is_not_told(browser, victim, attacker, home):
    """But to whom it happened; even her own suspension only shows where her sheet is gone."""
    for one in (victim, attacker):
        await exchanges(one, both=ALL)
    await database.execute(
        "INSERT INTO swap (form, origin, state, version, proposed_at, answer_by, accepted_at, confirmed_at)"
        " VALUES ('pair', 'matched', 'confirmed', 1, now(), now(), now(), now())"
    )
    await run_jobs()
    seen = []
    for ends in (ENDINGS[0], *ENDINGS):
        async with undone():
            swap = await propose(
                Form.pair,
                [Place(attacker.id, await own(attacker)), Place(victim.id, home.id)],
                in_turn([await listing_of(attacker), home], 6),
                score=85,
            )
            await accept(swap, attacker.id)
            await ends(swap, victim)
            await run_jobs()
            watcher = Watcher(browser, attacker, also=(f"/echanges/{swap}",))
            await watcher.look()
            assert await database.value("SELECT state FROM swap WHERE id = $1", swap) == "dissolved"
            seen.append(pages_of_exchanges(watcher.seen))
    said = {one.__name__: first_difference(seen[1], other) for one, other in zip(ENDINGS, seen[1:], strict=True)}
    assert not {name: difference for name, difference in said.items() if difference}


def pages_of_exchanges(seen: list[Seen]) -> list[Seen]:
    """Without the lists of homes, where a suspended member's is no longer."""
    theirs = re.compile(r"told|mail|/echanges|/notifications|/agenda|/messages|ics")
    return [one for one in seen if theirs.search(one.what)]


async def listing_of(member):
    return await Listing.objects().get((Listing.author == member.id) & (Listing.category == "home"))


async def own(member) -> UUID:
    return (await listing_of(member)).id


async def test_the_index_and_the_log_hold_nothing_of_it(browser, victim, attacker, home):
    rows_of = []
    for secret in (not_free, fits):
        async with undone():
            await secret(victim, attacker)
            watcher = Watcher(browser, attacker)
            await wishes(watcher)
            await notes_weeks(watcher, WEEK)
            await run_jobs()
            rows = await database.rows("SELECT to_jsonb(d) - 'changed_at' AS row FROM search_document d ORDER BY id")
            rows_of.append([row["row"] for row in rows])
            logged = await database.rows(
                "SELECT action, facts::text FROM audit_entry WHERE actor = ANY($1)", [attacker.id]
            )
            for entry in logged:
                assert not re.search(r"\d{4}-\d\d-\d\d|29019|35238|Brest", entry["facts"]), entry["action"]
    assert rows_of[0] == rows_of[1]
    assert all(json.loads(row)["days"] in ([], None) for row in rows_of[0])
    assert all(json.loads(row)["starts_on"] is None for row in rows_of[0])


async def test_the_watch_sees_what_there_is_to_see(browser, victim, attacker, home):
    """Else none of these tests could fail."""

    async def proposed(anne, emilie):
        for one in (anne, emilie):
            await exchanges(one, both=ALL)
        await propose(
            Form.pair,
            [Place(emilie.id, await own(emilie)), Place(anne.id, home.id)],
            in_turn([await listing_of(emilie), home], 6),
            score=85,
        )

    async def not_proposed(anne, emilie):
        for one in (anne, emilie):
            await exchanges(one, both=ALL)

    async def looks(watcher: Watcher, home) -> None:
        await watcher.look()

    assert await differences(browser, looks, (not_proposed, proposed), victim, attacker, home)


async def test_blocking_one_after_the_other_does_not_tell_who_is_in_it(browser, victim, attacker, bilal, home):
    """Of two homes that read the same in a proposal, she blocks the one she suspects."""
    theirs = await a_home(bilal, commune="29232")
    for one in (victim, attacker, bilal):
        await exchanges(one, both=ALL)
    await run_jobs()
    seen = []
    for there in (home, theirs, home):
        async with undone():
            homes = [await listing_of(attacker), there]
            swap = await propose(Form.pair, [Place(one.author, one.id) for one in homes], in_turn(homes, 6), score=85)
            watcher = Watcher(browser, attacker, also=(f"/echanges/{swap}",))
            await watcher.do(f"/membres/{victim.id}/blocage")
            await watcher.look()
            await watcher.do(f"/echanges/{swap}/accord")
            await watcher.look()
            await database.execute("UPDATE swap SET answer_by = now() WHERE id = $1", swap)
            await let_swaps_pass()
            await run_jobs()
            await watcher.look()
            seen.append(watcher.seen)
    assert first_difference(seen[1], seen[2]) == ""
