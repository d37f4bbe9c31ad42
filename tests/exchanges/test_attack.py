"""Somebody tries to learn when Anne's home is empty, alone and with others, with all that an account can do.

Émilie has a home, wishes for nothing but Anne's commune, notes a single week at a time, asks, pauses, declines, and
reads whatever she can reach. Each attack is played once for every secret Anne may have; what was seen, counted and
heard has to be the same to the letter, down to the number of queries a page asks.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import uuid4

import pytest

from app import database
from tests.helpers.homes import a_home
from tests.helpers.jobs import run_jobs
from tests.helpers.planning import AROUND_BREST, exchanges, saturday
from tests.helpers.watching import Watcher, first_difference, undone

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


async def played(browser, secret: Secret, attack, victim, attacker, home) -> list:
    """What the attacker sees of this attack, in a world where this is the victim's secret."""
    async with undone():
        await secret(victim, attacker)
        await database.execute("UPDATE exchanger SET waits_since = now() - interval '9 days'")
        await run_jobs()
        watcher = Watcher(browser, attacker, also=(f"/logements/{home.id}", f"/logements/{home.id}/echange"))
        await attack(watcher, home)
        return watcher.seen


@pytest.fixture
async def home(victim):
    return await database.row("SELECT id FROM listing WHERE author = $1 AND category = 'home'", victim.id)


class Home:
    def __init__(self, id):
        self.id = id


async def differences(browser, attack, secrets, victim, attacker, home) -> list[str]:
    known = Home(home["id"])
    await run_jobs()
    await played(browser, secrets[0], attack, victim, attacker, known)  # what a process keeps is kept from here on
    usual = await played(browser, secrets[0], attack, victim, attacker, known)
    assert len(usual) > 20
    found = []
    for secret in secrets[1:]:
        seen = await played(browser, secret, attack, victim, attacker, known)
        if said := first_difference(usual, seen):
            found.append(f"{secret.__name__}: {said}")
    return found


async def test_no_match_reads_and_counts_the_same_whatever_the_reason(browser, victim, attacker, home):
    assert not await differences(browser, probes, NO_MATCH, victim, attacker, home)


async def test_asking_from_the_sheet_reads_the_same_whether_she_is_away_or_not(browser, victim, attacker, home):
    assert not await differences(browser, asks, NO_MATCH, victim, attacker, home)
