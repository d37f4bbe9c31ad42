"""Two searches at the same moment, on connections of their own."""

import asyncio

import pytest

from exchanges.calendar.exchanger import Wished
from exchanges.kinds import Scope
from exchanges.matching import following, reading
from exchanges.matching.asking import ask_for_a_match
from exchanges.matching.everybody import match_everybody
from exchanges.matching.following import match_those_who_asked
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
    with pytest.raises(ConnectionError):
        await match_those_who_asked()
    assert await count("match_asked") == 1
    assert await count("match_fit") == 0
    monkeypatch.setattr(following, "offer", offer)
    await match_those_who_asked()
    assert await count("swap") == 1
