"""Days are proposed, agreed on together, held once; nobody learns why another is not free."""

from datetime import timedelta

import pytest

from app import database
from app.dates import in_words, today
from exchanges.swaps.access import swap_for
from exchanges.swaps.agreeing import Span, propose_days
from exchanges.swaps.passing import let_swaps_pass
from tests.helpers.browser import said, words
from tests.helpers.swaps import WEEK, accepted, confirmed, host, requested, saturday, state_of, version_of


@pytest.fixture
async def homes(anne, bilal, emilie):
    return [
        await host(anne, 6),
        await host(bilal, 6, commune="29232"),
        await host(emilie, 6, commune="35238"),
    ]


def days(first, last, to: str = "guest") -> dict[str, str]:
    return {f"{to}_first": first.isoformat(), f"{to}_last": last.isoformat()}


async def held(swap) -> set:
    return {tuple(row) for row in await database.rows("SELECT first, last FROM engagement WHERE swap = $1", swap)}


async def propose(browser, swap, first, last, **more):
    fields = {"version": str(await version_of(swap)), **days(first, last), **more}
    return await browser.submit(f"/echanges/{swap}/jours", **fields)


async def agree(browser, swap, version=None):
    return await browser.submit(f"/echanges/{swap}/jours/accord", version=str(version or await version_of(swap)))


async def test_the_weeks_the_server_found_suit_everybody(browser, anne, bilal, homes):
    swap = await accepted(*homes[:2])
    await browser.sign_in(anne)
    assert "Ces jours me vont" in words(await browser.get(f"/echanges/{swap}"))
    page = words(await browser.follow(await agree(browser, swap)))
    assert "Nous attendons l’accord des autres" in page and "Nous attendons Bilal" in page
    await browser.sign_in(bilal)
    page = words(await browser.follow(await agree(browser, swap)))
    assert "C’est convenu" in page and await state_of(swap) == "confirmed"
    assert await database.value("SELECT count(*) FROM exchanger WHERE served_at IS NOT NULL") == 2


async def test_other_days_ask_for_everybodys_yes_again(browser, another_browser, anne, bilal, homes):
    swap, first = await accepted(*homes[:2]), saturday(8)
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    await agree(another_browser, swap)
    assert (await propose(browser, swap, first, first + 5 * timedelta(days=1))).status_code == 303
    assert await held(swap) == {(saturday(6), saturday(6) + WEEK)}
    page = words(await another_browser.get(f"/echanges/{swap}"))
    assert "Ces jours me vont" in page
    await agree(another_browser, swap)
    assert await state_of(swap) == "confirmed"
    assert await held(swap) == {(first, first + timedelta(days=5))}
    talk = await database.value("SELECT conversation FROM stay WHERE swap = $1 LIMIT 1", swap)
    page = await browser.get(f"/messages/{talk}")
    thread = words(page)
    assert f"/echanges/{swap}" in page.text
    assert "Vous proposez ces jours" in thread and "Jours convenus" in thread


async def test_days_that_were_not_read_are_not_agreed_to(browser, another_browser, anne, bilal, homes):
    swap = await accepted(*homes[:2])
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    read = await version_of(swap)
    await propose(browser, swap, saturday(8), saturday(9))
    stale = await agree(another_browser, swap, read)
    assert stale.status_code == 409 and "relisez-les" in words(stale)
    crossing = await another_browser.submit(
        f"/echanges/{swap}/jours", version=str(read), **days(saturday(9), saturday(10))
    )
    assert crossing.status_code == 409


async def test_a_stay_each_on_other_days(browser, another_browser, anne, bilal, homes):
    swap = await accepted(*homes[:2])
    await browser.sign_in(anne)
    there, here = (saturday(10), saturday(11)), (saturday(20), saturday(22))
    await propose(browser, swap, *there, **days(*here, to="host"))
    await another_browser.sign_in(bilal)
    await agree(another_browser, swap)
    assert await held(swap) == {there, here}
    assert await database.value("SELECT count(*) FROM engagement WHERE swap = $1", swap) == 4
    seen = await swap_for(swap, bilal.id)
    assert seen.as_guest.stands[:2] == here and seen.as_host.stands[:2] == there


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Remplissez ce champ"),
        ({"guest_first": "2020-01-04", "guest_last": "2020-01-11"}, "Choisissez un jour à venir"),
        ({"guest_first": "2500-01-04", "guest_last": "2500-01-11"}, "C’est trop loin"),
        ({"guest_first": "demain", "guest_last": "2500-01-11"}, "Indiquez une date"),
        (days(saturday(8), saturday(8)), "Le départ vient après l’arrivée"),
        (days(saturday(8), saturday(20)), "au plus huit semaines"),
    ],
)
async def test_days_that_cannot_be_are_said_beside_their_field(browser, anne, homes, fields, message):
    swap = await accepted(*homes[:2])
    await browser.sign_in(anne)
    page = await browser.submit(f"/echanges/{swap}/jours", version="1", **fields)
    assert page.status_code == 422 and message in words(page), said(page)
    assert await version_of(swap) == 1


async def test_ones_own_other_exchange_is_said_to_oneself_only(browser, another_browser, anne, bilal, emilie, homes):
    await confirmed(*homes[:2])
    swap = await requested(homes[2], homes[0])
    await browser.sign_in(anne)
    busy = await propose(browser, swap, saturday(6), saturday(7))
    assert busy.status_code == 409 and "Vous avez un autre échange convenu" in words(busy)
    await another_browser.sign_in(emilie)
    assert (await propose(another_browser, swap, saturday(6), saturday(7))).status_code == 303
    assert (await agree(browser, swap)).status_code == 409
    page = words(await another_browser.get(f"/echanges/{swap}"))
    assert "Nous attendons Anne" in page and "autre échange" not in page


async def test_who_is_held_since_they_agreed_has_to_look_again_and_the_other_waits(
    browser, another_browser, anne, bilal, emilie, homes
):
    swap = await requested(homes[2], homes[0])
    await browser.sign_in(anne)
    await propose(browser, swap, saturday(6), saturday(7))
    await confirmed(*homes[:2])
    await another_browser.sign_in(emilie)
    page = words(await another_browser.follow(await agree(another_browser, swap)))
    assert "Nous attendons l’accord des autres" in page and "Nous attendons Anne" in page
    assert await state_of(swap) == "accepted" and not await held(swap)
    assert (await agree(browser, swap)).status_code == 409


async def test_a_third_of_a_loop_keeps_their_yes_when_the_days_of_two_others_change(
    browser, bilal, emilie, anne, homes
):
    swap = await accepted(*homes)
    for member in (anne, bilal, emilie):
        await browser.sign_in(member)
        if member is not emilie:
            await agree(browser, swap)
    first = saturday(6) + timedelta(days=1)
    seen = await swap_for(swap, emilie.id)
    # Emilie stays at Anne's; Bilal at Emilie's is not touched.
    await propose_days(swap, emilie.id, {seen.as_guest.id: Span(first, saturday(7))}, seen.version)
    agreed = await database.rows(
        "SELECT member FROM swap_party p JOIN swap s ON s.id = p.swap WHERE s.id = $1 AND agreed_version = version",
        swap,
    )
    assert {row["member"] for row in agreed} == {bilal.id, emilie.id}
    await browser.sign_in(anne)
    await agree(browser, swap)
    assert await state_of(swap) == "confirmed"
    stays = await database.rows("SELECT first FROM stay WHERE swap = $1", swap)
    assert sorted(row["first"] for row in stays) == [saturday(6), saturday(6), first]


async def test_other_days_for_a_confirmed_exchange_leave_those_agreed_until_all_say_yes(
    browser, another_browser, anne, bilal, homes
):
    swap = await confirmed(*homes[:2])
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    await propose(browser, swap, saturday(9), saturday(10))
    assert (await state_of(swap), await held(swap)) == ("confirmed", {(saturday(6), saturday(7))})
    page = words(await another_browser.get(f"/echanges/{swap}"))
    assert "D’autres jours sont proposés" in page
    await another_browser.submit(f"/echanges/{swap}/jours/maintien", version=str(await version_of(swap)))
    assert await held(swap) == {(saturday(6), saturday(7))}
    assert "D’autres jours sont proposés" not in words(await browser.get(f"/echanges/{swap}"))
    await propose(browser, swap, saturday(9), saturday(10))
    await agree(another_browser, swap)
    assert (await state_of(swap), await held(swap)) == ("confirmed", {(saturday(9), saturday(10))})


async def test_what_two_of_a_loop_change_after_it_was_confirmed_is_no_news_to_the_third(
    browser, another_browser, anne, bilal, emilie, homes
):
    swap = await confirmed(*homes)
    await database.execute("DELETE FROM notification")
    # Anne stays at Bilal's; Emilie at Anne's, Bilal at Emilie's are not touched.
    seen, first = await swap_for(swap, anne.id), saturday(6) + timedelta(days=1)
    said_before = await database.value("SELECT array_agg(id) FROM message")
    await propose_days(swap, anne.id, {seen.as_guest.id: Span(first, saturday(7))}, seen.version)
    assert "autres jours" not in words(await as_member(browser, emilie, f"/echanges/{swap}")).split("Un changement")[0]
    assert "dites s’ils vous vont" in words(await as_member(another_browser, bilal, "/moi/echanges"))
    await agree(another_browser, swap)
    told = await database.rows("SELECT member, topic FROM notification WHERE topic = 'swap_confirmed'")
    assert [row["member"] for row in told] == [anne.id]
    talks = await database.value("SELECT count(DISTINCT conversation) FROM message WHERE id <> ALL($1)", said_before)
    assert talks == 1


async def as_member(browser, member, path):
    await browser.sign_in(member)
    return await browser.get(path)


async def test_a_stay_that_goes_on_may_become_longer(browser, another_browser, anne, bilal, homes):
    swap = await confirmed(*homes[:2])
    first, last = today() - timedelta(days=2), today() + timedelta(days=5)
    await database.execute("UPDATE stay SET first = $2, last = $3 WHERE swap = $1", swap, first, last)
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    longer = last + timedelta(days=2)
    assert (await propose(browser, swap, first, longer)).status_code == 303
    assert (await agree(another_browser, swap)).status_code == 303
    assert await held(swap) == {(first, longer)}


async def test_days_that_passed_while_nobody_answered_are_not_agreed_to(browser, another_browser, anne, bilal, homes):
    swap = await confirmed(*homes[:2])
    await browser.sign_in(anne)
    await another_browser.sign_in(bilal)
    await propose(browser, swap, saturday(9), saturday(10))
    await database.execute("UPDATE proposed_days SET first = $1", today())
    late = await agree(another_browser, swap)
    assert late.status_code == 409 and "Le premier jour est passé" in words(late)


async def test_until_when_days_are_to_be_agreed_on_is_never_after_the_first_of_them(browser, anne, homes):
    swap, first = await accepted(*homes[:2]), saturday(1)
    await database.execute("UPDATE stay SET first = $2, last = $2::date + 7 WHERE swap = $1", swap, first)
    page = words(await as_member(browser, anne, f"/echanges/{swap}"))
    assert f"d’ici au {in_words(first)}, l’échange s’arrête" in page


async def test_without_days_in_time_it_ends(browser, anne, homes):
    swap = await accepted(*homes[:2])
    await let_swaps_pass()
    assert await state_of(swap) == "accepted"
    await database.execute("UPDATE swap SET answer_by = now() - interval '1 second' WHERE id = $1", swap)
    await let_swaps_pass()
    assert await database.value("SELECT ended_why FROM swap WHERE id = $1", swap) == "no_days"
    assert not await held(swap)


async def test_a_room_in_the_week_is_agreed_on_by_weekdays_and_holds_no_days(
    browser, another_browser, anne, bilal, homes
):
    await database.execute("UPDATE listing SET details = details || '{\"week_room\": true}' WHERE id = $1", homes[0].id)
    swap = await requested(homes[1], homes[0], form="week_room")
    await browser.sign_in(bilal)
    none = await propose(browser, swap, saturday(4), saturday(30))
    assert none.status_code == 422 and "Cochez au moins un jour" in words(none)
    await propose(browser, swap, saturday(4), saturday(30), days=["0", "2"])
    await another_browser.sign_in(anne)
    assert "le lundi et le mercredi, du" in words(await another_browser.get(f"/echanges/{swap}"))
    await agree(another_browser, swap)
    assert await state_of(swap) == "confirmed" and not await held(swap)
    assert await database.value("SELECT days FROM stay WHERE swap = $1", swap) == [0, 2]
