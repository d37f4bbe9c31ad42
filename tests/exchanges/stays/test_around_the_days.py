"""What time does to a stay: reminders before it, words after it, and then nothing left of its door."""

from datetime import datetime, time

import pytest

from app import database
from app.settings import PARIS
from exchanges.stays.finishing import finish_past_swaps
from exchanges.stays.forgetting import forget_past_stays
from exchanges.stays.kinds import Step
from exchanges.stays.reminding import remind_before_stays, step_before
from exchanges.swaps.withdrawing import withdraw
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.exchanges import families, writes
from tests.helpers.stays import gives_card, on_days, readings, swapped, writes_booklet
from tests.helpers.swaps import state_of


async def reminded() -> list[tuple]:
    found = await database.rows("SELECT member, step FROM stay_reminder ORDER BY step::int DESC, member")
    return [tuple(one) for one in found]


@pytest.mark.parametrize(
    ("starts", "step"),
    [(22, None), (21, "21"), (15, "21"), (14, "14"), (3, "14"), (2, "2"), (1, "1"), (0, None), (-3, None)],
)
async def test_guest_and_host_hear_once_of_the_nearest_step(anne, bilal, starts: int, step: str | None):
    await swapped(anne, bilal, starts=starts)
    both = 2 if step else 0
    assert await remind_before_stays() == both
    assert await reminded() == [(member, step) for member in sorted((anne.id, bilal.id))][:both]
    assert await remind_before_stays() == 0
    told = await database.rows("SELECT path FROM notification WHERE topic = 'stay_reminder'")
    assert len(told) == both


async def test_each_step_is_told_in_its_turn(anne, bilal):
    swap = await swapped(anne, bilal, starts=21)
    for starts in (21, 14, 2, 1):
        # The days come nearer, the exchange stays the same: its reminders are those of its first day.
        await on_days(swap.id, in_days(starts), in_days(starts + 7))
        await database.execute("UPDATE stay_reminder SET first = $1", in_days(starts))
        await remind_before_stays()
    assert [step for _, step in await reminded()] == ["21", "21", "14", "14", "2", "2", "1", "1"]


async def test_days_that_changed_are_reminded_of_anew(anne, bilal):
    swap = await swapped(anne, bilal, starts=10)
    await remind_before_stays()
    await on_days(swap.id, in_days(12), in_days(19))
    assert await remind_before_stays() == 2


async def test_what_is_not_confirmed_reminds_nobody(anne, bilal):
    swap = await swapped(anne, bilal, starts=10)
    await database.execute("UPDATE swap SET state = 'accepted' WHERE id = $1", swap.id)
    assert await remind_before_stays() == 0


async def test_the_news_say_neither_where_nor_when_nor_with_whom(anne, bilal):
    await swapped(anne, bilal, starts=10)
    await remind_before_stays()
    (about,) = {row["about"] for row in await database.rows("SELECT about FROM notification WHERE topic LIKE 'stay%'")}
    assert about == "Échange : les adresses s’ouvrent, relisez la vôtre"


async def test_a_step_is_the_nearest_that_the_day_has_reached():
    assert [step_before(in_days(n), in_days(0)) for n in (21, 14, 13, 2, 1)] == [
        Step.weeks,
        Step.door,
        Step.door,
        Step.booklet,
        Step.eve,
    ]


async def test_the_day_after_the_last_one_it_is_done_and_both_may_write_unseen_by_the_other(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=-8, nights=7)
    assert await finish_past_swaps() == 1 and await state_of(swap.id) == "done"
    assert await finish_past_swaps() == 0
    helped = await database.rows("SELECT id, helper, helped, is_service FROM help ORDER BY helper")
    assert {(one["helper"], one["helped"]) for one in helped} == {(anne.id, bilal.id), (bilal.id, anne.id)}
    assert all(one["is_service"] for one in helped)
    assert await families(anne) == await families(bilal) == 1

    hers = next(one["id"] for one in helped if one["helper"] == anne.id)
    await browser.sign_in(bilal)
    form = await browser.get(f"/mercis/ecrire/{hers}")
    assert "Anne vous a prêté son logement" in words(form)
    await writes(browser, bilal, hers, "Une maison lumineuse, merci.", line="La chaudière fume : à signaler ?")
    await browser.sign_in(anne)
    assert "lumineuse" not in words(await browser.get("/mercis"))
    await writes(browser, anne, hers, "Tout était rangé, merci.")
    assert "lumineuse" in words(await browser.get("/mercis"))


async def test_on_its_last_day_it_is_not_done(anne, bilal):
    swap = await swapped(anne, bilal, starts=-7, nights=7)
    assert await finish_past_swaps() == 0 and await state_of(swap.id) == "confirmed"


async def test_the_later_of_two_stays_is_waited_for(anne, bilal):
    swap = await swapped(anne, bilal, starts=-8, nights=7)
    await database.execute("UPDATE stay SET last = $2 WHERE id = $1", swap.at_his, in_days(0))
    assert await finish_past_swaps() == 0


async def test_both_are_invited_to_write(anne, bilal):
    await swapped(anne, bilal, starts=-8, nights=7)
    await finish_past_swaps()
    told = await database.rows("SELECT member FROM notification WHERE topic = 'thanks_to_write'")
    assert sorted(one["member"] for one in told) == sorted([anne.id, anne.id, bilal.id, bilal.id])


async def test_one_blocked_by_the_other_is_not_invited(anne, bilal):
    await swapped(anne, bilal, starts=-8, nights=7)
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", anne.id, bilal.id)
    assert await finish_past_swaps() == 1
    assert await database.value("SELECT count(*) FROM help") == 0


async def done_since(anne, bilal, browser, days: int):
    """Done, the door read once, a list ticked; its last day was so many days ago."""
    swap = await swapped(anne, bilal, starts=1)
    await gives_card(browser, anne)
    await browser.submit(swap.path + "/preparatifs", item=["keys"])
    await browser.submit(swap.path + "/partage", part="ways")
    await browser.sign_in(bilal)
    await browser.get(swap.her_door)
    await remind_before_stays()
    await on_days(swap.id, in_days(-days - 7), in_days(-days))
    await finish_past_swaps()
    ended = datetime.combine(in_days(1 - days), time(1), PARIS)
    await database.execute("UPDATE swap SET ended_at = $1", ended)
    await database.execute("UPDATE contact_card SET written_at = now() - make_interval(days => $1)", days + 10)
    return swap


async def test_thirty_days_after_nothing_is_left_of_the_door_and_its_readings(browser, anne, bilal):
    swap = await done_since(anne, bilal, browser, 32)
    await forget_past_stays()
    assert await readings(swap.at_hers) == 0
    card = await database.row("SELECT door, way_in, mail FROM contact_card")
    assert tuple(card) == ("", "", "anne@exemple.test")
    for table in ("stay_ticked", "contact_withheld", "stay_reminder"):
        assert await database.value(f"SELECT count(*) FROM {table}") == 0


async def test_until_then_the_host_can_still_see_who_read(browser, anne, bilal):
    swap = await done_since(anne, bilal, browser, 29)
    await forget_past_stays()
    assert await readings(swap.at_hers) == 1
    assert await database.value("SELECT door <> '' FROM contact_card")


async def test_a_door_written_again_is_kept_for_the_next_exchange(browser, anne, bilal):
    await done_since(anne, bilal, browser, 60)
    await database.execute("UPDATE contact_card SET written_at = now()")
    await forget_past_stays()
    assert await database.value("SELECT door <> '' FROM contact_card")


async def test_a_door_nobody_came_to_is_forgotten_after_a_year(browser, anne):
    await gives_card(browser, anne)
    await database.execute("UPDATE contact_card SET written_at = now() - interval '13 months'")
    await forget_past_stays()
    assert await database.value("SELECT door = '' AND telephone <> '' FROM contact_card")


async def test_a_door_somebody_is_coming_to_is_kept_whatever_its_age(browser, anne, bilal):
    await swapped(anne, bilal, starts=20)
    await gives_card(browser, anne)
    await database.execute("UPDATE contact_card SET written_at = now() - interval '13 months'")
    await forget_past_stays()
    assert await database.value("SELECT door <> '' FROM contact_card")


async def test_the_booklet_of_a_home_that_ended_is_forgotten_a_month_after_its_last_guests(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=3)
    await writes_booklet(browser, anne)
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = 'withdrawn', closed_at = now() - interval '40 days'"
        " WHERE author = $1",
        anne.id,
    )
    await forget_past_stays()
    assert (await writes_booklet(browser, anne, "La clé est au café.")).status_code == 303
    await on_days(swap.id, in_days(-39), in_days(-32))
    await finish_past_swaps()
    await forget_past_stays()
    assert await database.value("SELECT count(*) FROM welcome_booklet") == 0
    assert (await browser.get("/moi/echanges/livret")).status_code == 409


async def test_a_booklet_can_be_erased_once_its_home_ended(browser, anne, bilal):
    await swapped(anne, bilal, starts=3)
    await writes_booklet(browser, anne)
    await database.execute("UPDATE swap SET state = 'dissolved', ended_at = now(), ended_why = 'withdrawn'")
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'withdrawn', closed_at = now()")
    await browser.submit("/moi/echanges/livret/suppression")
    assert await database.value("SELECT count(*) FROM welcome_booklet") == 0


async def test_words_are_due_of_a_stay_that_took_place_before_the_other_was_called_off(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=-10, nights=7)
    await database.execute("UPDATE stay SET first = $2, last = $3 WHERE id = $1", swap.at_his, in_days(60), in_days(67))
    await withdraw(swap.id, bilal.id)
    (helped,) = await database.rows("SELECT helper, helped FROM help")
    assert (helped["helper"], helped["helped"]) == (anne.id, bilal.id)
    await browser.sign_in(anne)
    assert "Bilal" in words(await browser.get("/mercis"))
