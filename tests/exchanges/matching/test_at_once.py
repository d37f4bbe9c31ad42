"""Two searches at the same moment, on connections of their own."""

import asyncio
from contextvars import Context

import pytest

from app import database
from app.database import transaction
from app.sweeping import SweepIncomplete
from exchanges.calendar.exchanger import Wished
from exchanges.kinds import Scope
from exchanges.matching import everybody, following, reading
from exchanges.matching.asking import ask_for_a_match
from exchanges.matching.everybody import match_everybody
from exchanges.matching.following import match_those_who_asked, offers_of
from exchanges.matching.offering import offer
from exchanges.swaps.locking import hold_exchangers, hold_homes
from tests.helpers.cast import person
from tests.helpers.counting import count
from tests.helpers.homes import a_home
from tests.helpers.planning import exchanges, saturday

pytestmark = pytest.mark.commits


@pytest.fixture
async def three(undo):
    """Brest pleases two in Paris, who both please Brest."""
    members = []
    for name, commune, wish in (("Anne", "29019", "75"), ("Bilal", "75056", "29"), ("Chloe", "75056", "29")):
        member = await person(name, commune)
        await a_home(member, commune=commune)
        await exchanges(member, both=[saturday(6)], wishes=[Wished(Scope.department, wish)])
        members.append(member)
    return members


async def test_two_nights_at_once_propose_the_same_to_nobody_twice(three):
    await asyncio.gather(match_everybody(), match_everybody())
    assert await count("swap") == 1
    assert await count("match_fit") == 4


async def test_several_who_asked_are_looked_at_at_once(three):
    await reading.refresh()
    for member in three:
        await ask_for_a_match(member.id)
    await asyncio.gather(match_those_who_asked(), match_those_who_asked())
    assert await count("swap") == 1
    assert await count("match_asked") == 0


async def test_a_search_that_fails_leaves_who_asked_asking(three, monkeypatch):
    await reading.refresh()
    await ask_for_a_match(three[0].id)

    async def fails(*given):
        raise ConnectionError("the database goes away")

    offer = following.offer
    monkeypatch.setattr(following, "offer", fails)
    with pytest.raises(SweepIncomplete):
        await match_those_who_asked()
    assert await count("match_asked") == 1
    assert await count("match_fit") == 0
    monkeypatch.setattr(following, "offer", offer)
    await match_those_who_asked()
    assert await count("swap") == 1


async def test_one_whose_search_fails_keeps_nobody_else_from_their_turn(three, monkeypatch):
    await reading.refresh()
    for member in three:
        await ask_for_a_match(member.id)
    look = following.look_again_at

    async def fails(member):
        if member == three[0].id:
            raise LookupError("no weeks in common")
        await look(member)

    monkeypatch.setattr(following, "look_again_at", fails)
    with pytest.raises(SweepIncomplete):
        await match_those_who_asked()
    assert await count("swap") == 1
    assert await database.value("SELECT array_agg(member) FROM match_asked") == [three[0].id]


async def test_who_was_asking_is_still_asking_after_a_night_that_was_killed(three, monkeypatch):
    await ask_for_a_match(three[0].id)

    async def killed(*given):
        raise asyncio.CancelledError

    monkeypatch.setattr(everybody, "searched", killed)
    with pytest.raises(asyncio.CancelledError):
        await match_everybody()
    assert await count("match_asked") == 1
    monkeypatch.undo()
    await match_everybody()
    assert (await count("match_asked"), await count("swap")) == (0, 1)


async def test_an_offer_that_cannot_be_made_holds_nobody_for_the_next(three):
    """Else two who hold each other's homes and exchangers, in different orders, wait for each other."""
    await reading.refresh()
    async with transaction():
        what = (await offers_of(three[0].id))[0]
    await database.execute(
        "UPDATE exchanger SET changed_at = clock_timestamp() WHERE member = $1", what.places[1].member
    )
    async with transaction():
        assert await offer(what) is None
        async with asyncio.timeout(5):
            await asyncio.create_task(somebody_else_holds(what), context=Context())


async def somebody_else_holds(what) -> None:
    async with transaction():
        assert await hold_homes([place.home for place in what.places])
        await hold_exchangers([place.member for place in what.places])
