"""The right contact for a place: the narrowest territory first, then the nearest, then who names the question."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import database
from contacts.directory.finding import MOST, ContactCard, Reach, look
from contacts.directory.times import Closure, Meeting, next_meeting
from contacts.kinds import ContactKind, Topic
from tests.helpers.budget import Asked
from tests.helpers.contacts import a_contact

BREST, QUIMPER, RENNES, PARIS_15 = "29019", "29232", "35238", "75115"


def names(cards) -> list[str]:
    return [card.contact.name for card in cards]


async def contacts_for(commune: str, *asked: Any, **more: Any) -> list[ContactCard]:
    """The first page."""
    return (await look(commune, *asked, **more)).cards


async def test_who_is_for_this_very_commune_comes_before_the_department_and_the_whole_country():
    await a_contact(name="Partout", departments=(), commune=BREST)
    await a_contact(name="Finistère")
    await a_contact(name="Brest et Quimper", departments=(), communes=(BREST, QUIMPER), commune=QUIMPER)
    await a_contact(name="Ille-et-Vilaine", departments=("35",))
    cards = await contacts_for(BREST)
    assert names(cards) == ["Brest et Quimper", "Finistère", "Partout"]
    assert [card.reach for card in cards] == [Reach.commune, Reach.department, Reach.everywhere]
    assert names(await contacts_for(RENNES)) == ["Ille-et-Vilaine", "Partout"]


async def test_of_the_same_reach_the_nearest_comes_first_and_who_is_met_nowhere_last():
    await a_contact(name="Nulle part", commune=None)
    await a_contact(name="Brest", commune=BREST)
    await a_contact(name="Quimper", commune=QUIMPER)
    assert names(await contacts_for(QUIMPER)) == ["Quimper", "Brest", "Nulle part"]
    assert (await contacts_for(QUIMPER))[0].nearness == "dans votre commune"


async def test_only_those_who_answer_the_question_are_there_who_names_it_first():
    await a_contact(name="De tout")
    await a_contact(name="Logement", topics=(Topic.housing,))
    await a_contact(name="Deuil", topics=(Topic.bereavement,))
    assert names(await contacts_for(BREST, Topic.housing)) == ["Logement", "De tout"]
    assert names(await contacts_for(BREST, kind=ContactKind.delegation)) == []


async def test_an_arrondissement_is_served_by_its_city():
    await a_contact(name="Ville de Paris", departments=(), communes=("75056",), commune="75056")
    assert names(await contacts_for(PARIS_15)) == ["Ville de Paris"]


async def test_a_member_finds_the_contact_of_their_own_body_first(anne, body):
    await a_contact(name="Service social")
    await a_contact(name="Mon organisme", body=body.id, departments=("75",), kind=ContactKind.correspondent)
    assert names(await contacts_for(BREST, member=anne.id)) == ["Mon organisme", "Service social"]
    assert names(await contacts_for(BREST)) == ["Service social"]


async def test_what_is_hidden_is_found_by_nobody_and_a_commune_nobody_knows_has_none():
    await a_contact(is_shown=False)
    assert await contacts_for(BREST) == []
    assert await contacts_for("00000") == []


async def test_two_queries_are_enough_and_never_the_whole_table(anne):
    for number in range(MOST + 3):
        await a_contact(name=f"Contact {number:02}")
    with Asked() as asked:
        cards = await contacts_for(BREST)
    assert len(cards) == MOST and asked.queries == 2
    with Asked() as asked:
        await contacts_for(BREST, member=anne.id)
    assert asked.queries == 3


async def test_among_twenty_one_thousand_the_indexes_are_used():
    await database.execute(
        """
        INSERT INTO contact (kind, name, departments, communes, checked_on, changed_at)
        SELECT 'correspondent', 'Organisme ' || n, CASE WHEN n % 10 = 0 THEN ARRAY['29'] ELSE '{}' END,
            CASE WHEN n % 10 = 0 THEN '{}' ELSE ARRAY[lpad((n % 9000)::text, 5, '0')] END, now(), now()
        FROM generate_series(1, 21000) AS n
        """
    )
    await database.execute("UPDATE contact SET departments = ARRAY['35'] WHERE departments = ARRAY['29']::varchar[]"
                           " AND folded > 'organisme 11'")  # fmt: skip
    await database.execute("ANALYZE contact")
    from contacts.directory.finding import _CANDIDATES

    plan = "\n".join(row[0] for row in await database.rows("EXPLAIN " + _CANDIDATES, [BREST], "29", None, None, []))
    assert "contact_of_communes" in plan and "contact_of_departments" in plan, plan
    assert "Seq Scan" not in plan, plan


MORNING = Meeting(1, time(9), time(12))
ANY_HOUR = st.integers(0, 3 * 365 * 24).map(lambda hours: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


async def test_the_next_permanence_skips_closed_days_and_public_holidays():
    at = datetime(2026, 7, 13, 8, tzinfo=UTC)  # Monday, then the national day
    following = next_meeting([MORNING], [], "29", at)
    assert following and following.day == date(2026, 7, 21)
    closed = [Closure(date(2026, 7, 21), date(2026, 8, 3))]
    after = next_meeting([MORNING], closed, "29", at)
    assert after and after.day == date(2026, 8, 4)
    assert after.words.startswith("mardi 4 août") and after.words.endswith(", 9\u00a0h\u00a0–\u00a012\u00a0h")


async def test_a_permanence_goes_on_until_its_end_on_the_clock_of_its_department():
    tuesday = datetime(2026, 7, 21, 9, 30, tzinfo=UTC)
    assert next_meeting([MORNING], [], "29", tuesday).days == 0  # 11:30 in Brest
    assert next_meeting([MORNING], [], "974", tuesday).days == 7  # 13:30 in La Réunion
    assert next_meeting([], [], "29", tuesday) is None


@given(
    at=ANY_HOUR,
    weekday=st.integers(0, 6),
    closed=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 20)), max_size=4),
)
async def test_the_next_permanence_is_never_past_never_closed_and_of_its_day(at, weekday, closed):
    start = at.date().toordinal()
    closures = [
        Closure(date.fromordinal(start + first), date.fromordinal(start + first + more)) for first, more in closed
    ]
    found = next_meeting([Meeting(weekday, time(9), time(12))], closures, "29", at)
    assert found and found.day.weekday() == weekday and found.day >= at.date()
    assert not [one for one in closures if one.first <= found.day <= one.last]


@pytest.mark.parametrize("code", [BREST, "2A004", "97411", "98818"])
async def test_every_place_of_the_country_has_an_answer_even_an_empty_one(code):
    assert await contacts_for(code) == []


async def test_correspondents_of_other_bodies_never_hide_the_social_service(body, bilal):
    for number in range(MOST + 5):
        await a_contact(
            name=f"Correspondant {number:02}", kind=ContactKind.correspondent, communes=(BREST,), body=body.id
        )
    await a_contact(name="Service social")
    assert names(await contacts_for(BREST))[0] == "Service social"
    first, second = await look(BREST), await look(BREST, page=2)
    assert first.total == second.total == MOST + 6
    assert len(first.cards) == MOST and len(second.cards) == 6
    assert not set(names(first.cards)) & set(names(second.cards))
    assert (await look(BREST, page=999)).cards == second.cards
    assert names(await contacts_for(BREST, member=bilal.id))[0] == "Correspondant 00"
