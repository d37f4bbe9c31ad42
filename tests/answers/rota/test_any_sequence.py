"""Whatever the people of a rota do, in any order: each place of a day is in one state, and everyone reads the same."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from answers.committing import commit
from answers.rota.asking import find_for_all_due
from answers.rota.covering import say_no, say_yes
from answers.rota.duties import duties_of
from answers.rota.held import held_for
from answers.rota.open_days import seats_on
from answers.rota.releasing import release_day, take_back
from answers.rota.seats import SeatState, seats
from answers.rota.taking import stop, take_every_week, take_once
from answers.rota.week import week_of_rota
from app import database, dates
from app.piccolo_conf import DB
from app.refusals import Refused
from listings.ad import Ad
from listings.schedules.occurrences import occurrences
from members.me import Me
from members.tables import Member
from places.zones import MAINLAND
from tests.helpers.rotas import AUTUMN, school_run

FIRST, LAST = AUTUMN, date(2026, 11, 8)
WHO = some.sampled_from(["anne", "bilal", "farid", "emilie", "whose it is", "whose it is"])
DAY = some.sampled_from([date(2026, 10, day) for day in (8, 9, 15, 22)])
DOING = some.tuples(
    some.sampled_from(["weekly", "once", "release", "release", "back", "stop", "yes", "yes", "no", "time"]),
    WHO,
    DAY,
)
NONSENSE = {
    "two people on a seat": """
        SELECT listing FROM commitment WHERE ended_at IS NULL GROUP BY listing, slot, seat HAVING count(*) > 1""",
    "places nobody counted": """
        SELECT l.id FROM listing l WHERE reserved <> (
            SELECT count(*) FROM commitment k WHERE k.listing = l.id AND k.ended_at IS NULL)""",
    "somebody still asked for a day that is covered": """
        SELECT r.id FROM slot_release r JOIN notification n ON n.thing = r.id AND n.topic = 'slot_to_cover'
        WHERE r.covered_by IS NOT NULL""",
    "two asked at a time": """
        SELECT release FROM slot_call WHERE circle = 'rota' AND said IS NULL GROUP BY release HAVING count(*) > 1""",
    "asked for one's own day": """
        SELECT s.id FROM slot_call s JOIN slot_release r ON r.id = s.release JOIN commitment k ON k.id = r.commitment
        WHERE s.member = k.helper""",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(DOING, min_size=12, max_size=24), some.integers(1, 2))
async def test_any_sequence_leaves_each_place_in_one_state(clock, anne, bilal, farid, emilie, steps, places):
    people = {"anne": anne, "bilal": bilal, "farid": farid, "emilie": emilie}
    before = await DB.current_transaction.get().savepoint()
    clock(2026, 10, 6, 9, 0)
    ad = (await school_run(anne, days=(3, 4), seats=places)).id
    await _begin(ad, people)
    for what, who, day in steps:
        await _do(what, ad, people[who].id if who in people else await _whose(ad, day, people["bilal"]), day)
        await _look(ad, people)
        wrong = {name: found for name, sql in NONSENSE.items() if (found := await database.rows(sql))}
        assert not wrong, (what, who, day)
    await before.rollback_to()


async def _begin(ad: UUID, people: dict[str, Member]) -> None:
    """A rota needs somebody in it: Bilal comes on Thursdays, Farid on Fridays."""
    await commit(ad, people["bilal"].id, ["3"], FIRST)
    await commit(ad, people["farid"].id, ["4"], FIRST)


async def _whose(listing: UUID, day: date, otherwise: Member) -> UUID:
    """Who comes that day, or was to come; so that not most of the steps are refused."""
    ad = Ad.of(await database.row("SELECT * FROM listing WHERE id = $1", listing))
    of_day = [seat for seat in await seats_on(ad, day) if seat.held]
    return (of_day[0].who or of_day[0].held.helper) if of_day else otherwise.id


async def _do(what: str, ad: UUID, who: UUID, day: date) -> None:
    """As the pages do: what is refused changes nothing."""
    now = dates.now()
    release = await database.value(
        "SELECT r.id FROM slot_release r JOIN commitment k ON k.id = r.commitment WHERE k.listing = $1"
        " ORDER BY r.covered_by IS NOT NULL, r.day <> $2, r.id LIMIT 1",
        ad,
        day,
    )
    before = await DB.current_transaction.get().savepoint()
    try:
        match what:
            case "weekly":
                await take_every_week(ad, who, day, now)
            case "once":
                await take_once(ad, who, day, now)
            case "release":
                await release_day(ad, who, day, now)
            case "back":
                await take_back(ad, who, day, now)
            case "stop":
                await stop(ad, who, day, now)
            case "yes" if release:
                await say_yes(release, who, now)
            case "no" if release:
                await say_no(release, who, now)
            case "time":
                await find_for_all_due(now + timedelta(days=1))
    except Refused:
        await before.rollback_to()
    await find_for_all_due(now)


async def _look(listing: UUID, people) -> None:
    ad = Ad.of(await database.row("SELECT * FROM listing WHERE id = $1", listing))
    days = occurrences(ad.content.schedule, MAINLAND, FIRST, LAST)
    found = seats(days, await held_for(listing, FIRST, LAST), ad.content.quantity, goes_on=True)
    for day in days:
        there = [seat for seat in found if seat.occurrence == day]
        assert [seat.number for seat in there] == list(range(1, len(there) + 1))
        assert len(there) == ad.content.quantity
        who = [seat.who for seat in there if seat.who]
        assert len(who) == len(set(who)), "nobody sits on two places"
        for seat in there:
            expected = {
                SeatState.free: (False, False, False),
                SeatState.sure: (True, False, True),
                SeatState.released: (True, True, False),
                SeatState.covered: (True, True, True),
            }[seat.state]
            assert (seat.held is not None, seat.release is not None, seat.who is not None) == expected
    await _agendas_agree(ad, found, people)
    await _weeks_agree(ad, found, people["anne"])


async def _agendas_agree(ad: Ad, found, people) -> None:
    for person in people.values():
        expected = Counter(
            (seat.occurrence.day, seat.state.value)
            for seat in found
            if seat.held and (person.id == ad.author or person.id == (seat.who or seat.held.helper))
        )
        assert Counter((duty.day, duty.state) for duty in await duties_of(person.id, FIRST, LAST)) == expected


async def _weeks_agree(ad: Ad, found, reader) -> None:
    expected = Counter((seat.occurrence.day, seat.state) for seat in found)
    shown: Counter = Counter()
    me = Me(
        id=reader.id,
        session=uuid4(),
        first_name=reader.first_name,
        commune=reader.commune,
        is_trusted=True,
        is_moderator=False,
        is_administrator=False,
        categories=(),
        departments=(),
        unread_messages=0,
        unread_notifications=0,
    )
    for week in range(41, 46):
        page = await week_of_rota(ad, me, f"2026-W{week}", dates.now())
        shown.update((day.day, place.state) for day in page.days for place in day.places)
    assert shown == expected
