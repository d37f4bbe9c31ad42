"""Households of the cast that exchange, and an exchange of two of them that was confirmed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app import database
from app.dates import today
from exchanges.calendar.exchanger import open_exchanger
from exchanges.figures.making import keep_figures_of_today
from exchanges.figures.serving import note_served
from exchanges.kinds import Form
from exchanges.swaps.agreeing import agree
from exchanges.swaps.answering import accept
from exchanges.swaps.proposing import Place, PlannedStay, propose
from members.tables import Member
from tests.helpers.homes import a_home

WEEK = timedelta(weeks=1)


def saturday(weeks: int = 1) -> date:
    """The Saturday that begins the week after next (1), or so many weeks later: always at least a week away."""
    return today() + timedelta(days=(5 - today().weekday()) % 7) + weeks * WEEK


async def exchanges_homes(
    member: Member,
    *,
    ways: Sequence[str] = (),
    party_size: int = 2,
    needs: Sequence[str] = (),
    free: Sequence[date] = (),
    away: Sequence[date] = (),
) -> int:
    """Their exchanger, with these Saturdays noted: `free` when their home is, `away` when they can travel."""
    exchanger = await open_exchanger(member.id)
    await database.execute(
        "UPDATE exchanger SET ways = $2, party_size = $3, needs = $4 WHERE id = $1",
        exchanger,
        list(ways),
        party_size,
        list(needs),
    )
    for day in sorted({*free, *away}):
        await database.execute(
            "INSERT INTO planned_week (exchanger, saturday, home_free, can_travel) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (exchanger, saturday) DO UPDATE SET home_free = excluded.home_free,"
            " can_travel = excluded.can_travel",
            exchanger,
            day,
            day in free,
            day in away,
        )
    return exchanger


async def confirmed_pair(one: Member, home: Any, other: Member, theirs: Any, first: date, last: date) -> UUID:
    """Both go to the other's home on the same days, by every step there is. The weeks must be noted."""
    places = [Place(one.id, home.id), Place(other.id, theirs.id)]
    stays = [
        PlannedStay(guest=one.id, host=other.id, home=theirs.id, first=first, last=last),
        PlannedStay(guest=other.id, host=one.id, home=home.id, first=first, last=last),
    ]
    swap = await propose(Form.pair, places, stays, score=90)
    assert swap is not None
    for member in (one, other):
        await accept(swap, member.id)
    version = await database.value("SELECT version FROM swap WHERE id = $1", swap)
    for member in (one, other):
        await agree(swap, member.id, version)
    assert await database.value("SELECT state FROM swap WHERE id = $1", swap) == "confirmed"
    return swap


async def some_calls(anne: Member, bilal: Member) -> dict[str, UUID]:
    """A roof is looked for for Anne, she is asked to be Bilal's host, and he has a room in her home in the week;
    the figures of the day are kept."""
    hers, his = await _home_of(anne), await _home_of(bilal)
    call, asked_call = await _call(guest=anne, host=bilal, home=his), await _call(guest=bilal, host=anne, home=hers)
    await database.execute(
        "INSERT INTO hospitality_asked (call, host, home, asked_at) VALUES ($1, $2, $3, now())",
        asked_call,
        anne.id,
        hers,
    )
    room = await _week_room(bilal, anne, hers)
    await keep_figures_of_today()
    return {"call": call, "asked_call": asked_call, "week_room": room}


async def _home_of(member: Member) -> UUID:
    found: UUID | None = await database.value(
        "SELECT id FROM listing WHERE author = $1 AND category = 'home' AND status = 'published'", member.id
    )
    return found or (await a_home(member)).id


async def _call(*, guest: Member, host: Member, home: UUID) -> UUID:
    """After the host of a confirmed stay withdrew."""
    for member in (guest, host):
        await open_exchanger(member.id)
    swap = await _swap("hospitality", "dissolved", guest, host, home)
    first = saturday()
    stay = await database.value(
        "INSERT INTO stay (swap, guest, host, home, first, last) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        swap,
        guest.id,
        host.id,
        home,
        first,
        first + WEEK,
    )
    return await database.value(
        "INSERT INTO hospitality_call (stay, guest, commune, department, first, last, opened_at, until)"
        " VALUES ($1, $2, '29019', '29', $3, $4, now(), now() + interval '1 day') RETURNING id",
        stay,
        guest.id,
        first,
        first + WEEK,
    )


async def _week_room(guest: Member, host: Member, home: UUID) -> UUID:
    """On Mondays and Tuesdays, for two weeks."""
    swap = await _swap("week_room", "confirmed", guest, host, home)
    await database.execute(
        "INSERT INTO stay (swap, guest, host, home, first, last, days) VALUES ($1, $2, $3, $4, $5, $6, '{0,1}')",
        swap,
        guest.id,
        host.id,
        home,
        today() - 2 * WEEK,
        today() + 9 * WEEK,
    )
    await note_served(swap)
    return swap


async def _swap(form: str, state: str, guest: Member, host: Member, home: UUID) -> UUID:
    is_over = state == "dissolved"
    swap: UUID = await database.value(
        "INSERT INTO swap (form, origin, state, version, proposed_at, answer_by, accepted_at, confirmed_at, ended_at,"
        " ended_why) VALUES ($1, 'matched', $2, 1, now(), now(), now(), now(), CASE WHEN $3 THEN now() END,"
        " CASE WHEN $3 THEN 'withdrawn' END) RETURNING id",
        form,
        state,
        is_over,
    )
    for place, (member, own) in enumerate(((guest, None), (host, home))):
        await database.execute(
            "INSERT INTO swap_party (swap, member, home, place, answer, answered_at, agreed_version)"
            " VALUES ($1, $2, $3, $4, $5, now(), 1)",
            swap,
            member.id,
            own,
            place,
            "withdrawn" if is_over and own else "accepted",
        )
    return swap
