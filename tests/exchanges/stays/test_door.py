"""The door of a home: open for its guest for a time, every reading noted and shown to the host."""

import pytest

from app import database
from app.dates import in_words
from exchanges.stays.confirmed import confirmed_of
from exchanges.stays.windows import is_booklet_open, is_door_open
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.stays import gives_card, on_days, readings, swapped
from tests.moderation.cases.people import as_me


async def test_its_guest_reads_it_and_the_host_sees_each_reading(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=14)
    await gives_card(browser, anne)
    await browser.sign_in(bilal)
    page = await browser.get(swap.her_door)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert "12 rue des Embruns" in words(page) and "la clé est chez la voisine" in words(page)
    assert "Anne voit quand vous avez ouvert cette page" in words(page)
    await browser.get(swap.her_door)
    (welcome,) = (await confirmed_of(swap.id, as_me(anne))).welcomes
    assert welcome.times == 2 == len(welcome.readings)
    assert (await confirmed_of(swap.id, as_me(bilal))).welcomes[0].times == 0


async def test_the_host_hears_of_the_first_reading_only(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await browser.sign_in(bilal)
    for _ in range(3):
        await browser.get(swap.her_door)
    told = await database.rows("SELECT member, times, about FROM notification WHERE topic = 'door_read'")
    assert [tuple(one) for one in told] == [(anne.id, 1, "Votre adresse, pour un échange confirmé")]


@pytest.mark.parametrize(("starts", "opens"), [(15, False), (14, True), (0, True), (-7, True), (-8, True), (-9, False)])
async def test_it_is_open_from_fourteen_days_before_to_the_day_after(browser, anne, bilal, starts: int, opens: bool):
    swap = await swapped(anne, bilal, starts=20, nights=7)
    await gives_card(browser, anne)
    await on_days(swap.id, in_days(starts), in_days(starts + 7))
    await browser.sign_in(bilal)
    page = await browser.get(swap.her_door)
    assert (page.status_code, "Embruns" in page.text) == ((200, True) if opens else (409, False))
    assert await readings(swap.at_hers) == opens


async def test_too_early_says_from_when(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=20)
    await browser.sign_in(bilal)
    assert (
        f"quatorze jours avant votre arrivée\u00a0: {in_words(in_days(6))}" in (await browser.get(swap.her_door)).text
    )


async def test_taken_back_and_never_written_read_the_same(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(bilal)
    never = await browser.get(swap.her_door)
    await gives_card(browser, anne)
    await browser.follow(await browser.submit(swap.path + "/partage", part="door"))  # the sentence of the form is read
    await browser.sign_in(bilal)
    closed = await browser.get(swap.her_door)
    assert never.status_code == closed.status_code == 409
    assert words(never) == words(closed) and "Anne ne partage pas son adresse" in words(closed)
    assert await readings(swap.at_hers) == 0


async def test_the_host_opens_it_again(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await browser.submit(swap.path + "/partage", part="door")
    await browser.submit(swap.path + "/partage", part="door", shared="on")
    await browser.sign_in(bilal)
    assert (await browser.get(swap.her_door)).status_code == 200


async def test_nobody_but_the_guest_of_that_stay_reads_it(browser, anne, bilal, emilie):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    for member in (anne, emilie):
        await browser.sign_in(member)
        assert (await browser.get(swap.her_door)).status_code == 404
    await browser.sign_in(bilal)
    assert (await browser.get(f"{swap.path}/sejours/{swap.at_his}/adresse")).status_code == 404


async def test_once_dissolved_it_is_closed(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await database.execute(
        "UPDATE swap SET state = 'dissolved', ended_why = 'withdrawn', ended_at = now() WHERE id = $1", swap.id
    )
    await browser.sign_in(bilal)
    assert (await browser.get(swap.her_door)).status_code == 404


async def test_it_cannot_be_read_a_thousand_times(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await browser.sign_in(bilal)
    answers = [(await browser.get(swap.her_door)).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


async def test_the_windows_of_a_stay_are_whole_days():
    first, last = in_days(20), in_days(27)
    door = [day for day in range(40) if is_door_open(first, last, in_days(day))]
    booklet = [day for day in range(40) if is_booklet_open(first, last, in_days(day))]
    assert (door[0], door[-1]) == (6, 28) and (booklet[0], booklet[-1]) == (18, 28)
