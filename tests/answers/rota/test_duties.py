"""What an agenda shows: who is expected where, who stands in, and who is helped."""

from datetime import date

from answers.rota.duties import Duty, duties_of
from app import database
from listings.schedules.schedule import Schedule, Slot
from members.blocking import block
from tests.helpers.ads import closed, published
from tests.helpers.budget import Asked
from tests.helpers.rotas import AUTUMN, releases, school_run, takes, takes_once

LAST = date(2026, 11, 8)


def days(duties: list[Duty]) -> list[str]:
    return [f"{duty.day:%d/%m} {duty.helper_name} {duty.state}" for duty in duties]


async def test_a_day_of_the_week_is_a_duty_on_each_school_day(anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "3")
    found = await duties_of(bilal.id, AUTUMN, LAST)
    assert days(found) == ["08/10 Bilal sure", "15/10 Bilal sure", "05/11 Bilal sure"]
    assert found[0].i_help and found[0].author_name == "Anne" and found[0].title == "Sortie d’école partagée"


async def test_half_past_four_stays_half_past_four_when_the_clocks_change(anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "3")
    before, _, after = await duties_of(bilal.id, AUTUMN, LAST)
    assert f"{before.starts:%H:%M%z}" == "16:30+0200" and f"{after.starts:%H:%M%z}" == "16:30+0100"


async def test_the_author_sees_who_comes_and_does_not_give_a_hand(anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "0")
    found = await duties_of(anne.id, AUTUMN, AUTUMN)
    assert days(found) == ["05/10 Bilal sure"] and not found[0].i_help


async def test_the_author_of_an_offer_gives_the_hand(anne, bilal):
    ad = await school_run(anne, kind="offer")
    await takes(ad, bilal, "0")
    assert [duty.i_help for duty in await duties_of(anne.id, AUTUMN, AUTUMN)] == [True]
    assert [duty.i_help for duty in await duties_of(bilal.id, AUTUMN, AUTUMN)] == [False]


async def test_a_released_day_stays_with_who_cannot_come_until_somebody_covers_it(anne, bilal, farid):
    ad = await school_run(anne)
    commitment = await takes(ad, bilal, "0")
    released = await releases(commitment, AUTUMN)
    assert days(await duties_of(bilal.id, AUTUMN, AUTUMN)) == ["05/10 Bilal released"]
    assert days(await duties_of(farid.id, AUTUMN, AUTUMN)) == []

    await database.execute("UPDATE slot_release SET covered_by = $2 WHERE id = $1", released, farid.id)
    assert days(await duties_of(bilal.id, AUTUMN, AUTUMN)) == []
    assert days(await duties_of(farid.id, AUTUMN, AUTUMN)) == ["05/10 Farid covered"]
    assert days(await duties_of(anne.id, AUTUMN, AUTUMN)) == ["05/10 Farid covered"]


async def test_the_author_may_take_a_day_of_their_own_rota(anne):
    ad = await school_run(anne)
    await takes(ad, anne, "0")
    found = await duties_of(anne.id, AUTUMN, AUTUMN)
    assert days(found) == ["05/10 Anne sure"] and found[0].i_help


async def test_a_commitment_holds_from_its_first_day_to_its_last(anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "0", since=date(2026, 10, 12), last_day=date(2026, 11, 9))
    found = await duties_of(bilal.id, AUTUMN, date(2026, 12, 1))
    assert [duty.day for duty in found] == [date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 9)]


async def test_one_that_ended_before_it_began_holds_nowhere(anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "0")
    await database.execute("UPDATE commitment SET ended_at = now()")
    assert await duties_of(bilal.id, AUTUMN, LAST) == []


async def test_a_day_taken_once_comes_before_who_takes_every_week(anne, bilal, farid):
    ad = await school_run(anne)
    await takes_once(ad, farid, date(2026, 10, 8))
    await takes(ad, bilal, "3")
    assert days(await duties_of(anne.id, AUTUMN, date(2026, 10, 16))) == ["08/10 Farid sure", "15/10 Bilal sure"]
    assert days(await duties_of(bilal.id, AUTUMN, date(2026, 10, 16))) == ["15/10 Bilal sure"]


async def test_who_covers_a_day_keeps_it_when_the_other_stops(anne, bilal, farid):
    ad = await school_run(anne)
    commitment = await takes(ad, bilal, "3")
    await releases(commitment, date(2026, 10, 15), covered_by=farid)
    await database.execute("UPDATE commitment SET ended_at = now(), last_day = '2026-10-08'")
    assert days(await duties_of(farid.id, AUTUMN, LAST)) == ["15/10 Farid covered"]
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now()")
    assert days(await duties_of(farid.id, AUTUMN, LAST)) == ["15/10 Farid covered"], "the need is met: they come"
    await database.execute("UPDATE listing SET outcome = 'withdrawn'")
    assert days(await duties_of(farid.id, AUTUMN, LAST)) == []


async def test_what_was_agreed_stands_while_a_prolonged_ad_is_read_again(anne, bilal):
    ad = await school_run(anne)
    await takes(ad, bilal, "0")
    await database.execute("UPDATE listing SET status = 'pending'")
    assert days(await duties_of(bilal.id, AUTUMN, AUTUMN)) == ["05/10 Bilal sure"]
    await database.execute("UPDATE listing SET status = 'draft', published_at = NULL, expires_at = NULL")
    assert await duties_of(bilal.id, AUTUMN, AUTUMN) == []


async def test_dates_are_duties_on_their_day(anne, bilal):
    slots = (Slot(on=date(2026, 10, 8)), Slot(on=date(2026, 10, 10)))
    ad = await published(anne, "childcare", schedule=Schedule(slots=slots))
    await takes(ad, bilal, "2026-10-10")
    found = await duties_of(bilal.id, AUTUMN, LAST)
    assert [(duty.day, duty.starts) for duty in found] == [(date(2026, 10, 10), None)]


async def test_removed_ads_and_blocked_people_leave_the_agenda(anne, bilal, farid):
    ad, other = await school_run(anne), await school_run(anne, title="L’autre trajet")
    await takes(ad, bilal, "0")
    await takes(other, farid, "0")
    await block(anne.id, bilal.id)
    assert days(await duties_of(anne.id, AUTUMN, AUTUMN)) == ["05/10 Farid sure"]
    assert await duties_of(bilal.id, AUTUMN, AUTUMN) == []
    await database.execute("UPDATE listing SET status = 'removed'")
    assert await duties_of(farid.id, AUTUMN, AUTUMN) == []


async def test_nothing_of_other_people_and_one_query_for_many_ads(anne, bilal, farid, emilie):
    for number in range(6):
        ad = await school_run(anne, title=f"Trajet {number}")
        await releases(await takes(ad, bilal, "0"), AUTUMN, covered_by=farid if number % 2 else None)
    await closed(anne)
    assert await duties_of(emilie.id, AUTUMN, LAST) == []
    with Asked() as asked:
        found = await duties_of(bilal.id, AUTUMN, LAST)
    assert asked.queries == 1 and len(found) == 3 + 6 * 2


async def test_nobody_sits_on_two_seats_and_whose_is_taken_sits_on_one_left(anne, bilal, farid):
    ad = await school_run(anne, seats=2)
    await takes_once(ad, farid, date(2026, 10, 8))
    await takes(ad, farid, "3", seat=2)
    await takes(ad, bilal, "3", seat=1)
    found = days(await duties_of(anne.id, AUTUMN, date(2026, 10, 16)))
    assert found == ["08/10 Farid sure", "08/10 Bilal sure", "15/10 Bilal sure", "15/10 Farid sure"]
