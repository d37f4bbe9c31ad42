"""The waiting list: an order, and somebody to ask when a place is free again."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from answers.asking import ask_those_on_the_list, stop_waiting_everywhere, stop_waiting_for
from app import database
from listings.life.publishing import publish
from listings.life.steps import Step, move
from listings.schedules.schedule import Schedule, Slot, Weekly
from tests.answers.people import answer_from, answer_of, lines, on_board, reserved, seats, state_of, told
from tests.helpers.ads import in_days, published
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs, waiting_jobs


async def chosen_and_listed(browser, anne, ad, chosen, *listed, slots=()):
    """Anne counts on one; the others wait in this order."""
    first, *others = await answer_from(ad, chosen, *listed, slots=slots)
    await browser.sign_in(anne)
    await on_board(browser, ad, first, "choix", slots=list(slots))
    for answer in others:
        await on_board(browser, ad, answer, "liste")
    return first, *others


async def withdraw(browser, member, ad) -> None:
    await browser.sign_in(member)
    page = await browser.submit(f"/annonces/{ad}/candidature/retrait")
    assert page.status_code == 303, words(page)


async def order(ad) -> list[str]:
    found = await database.rows(
        "SELECT m.first_name FROM answer a JOIN member m ON m.id = a.helper"
        " WHERE listing = $1 AND state IN ('listed', 'asked') ORDER BY turn",
        ad,
    )
    return [row["first_name"] for row in found]


async def test_each_knows_their_place_on_the_list(browser, another_browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    assert await order(ad) == ["Emilie", "Chloe"] and "answer_listed" in await told(chloe.id)
    page = words(await (await another_browser.sign_in(chloe)).get(f"/annonces/{ad}"))
    assert "Vous êtes sur la liste d’attente, 2e." in page
    assert "Vous êtes sur la liste d’attente." in await lines(ad, chloe.id)


async def test_the_order_is_changed_one_step_at_a_time(browser, anne, bilal, emilie, chloe, denis):
    ad = (await published(anne)).id
    _, emilies, chloes, deniss = await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe, denis)
    await on_board(browser, ad, deniss, "rang", way="up")
    assert await order(ad) == ["Emilie", "Denis", "Chloe"]
    await on_board(browser, ad, emilies, "rang", way="down")
    assert await order(ad) == ["Denis", "Emilie", "Chloe"]
    for answer, way in ((deniss, "up"), (chloes, "down"), (emilies, "sideways")):
        assert (await on_board(browser, ad, answer, "rang", way=way)).status_code == 303
    assert await order(ad) in (["Denis", "Emilie", "Chloe"], ["Emilie", "Denis", "Chloe"])


async def test_put_on_the_list_twice_one_stands_on_it_once(browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    for _ in range(2):
        assert (await on_board(browser, ad, answer, "liste")).status_code == 303
    assert (await lines(ad, bilal.id)).count("Vous êtes sur la liste d’attente.") == 1


async def test_when_the_chosen_one_withdraws_the_next_is_asked_and_says_yes(browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    await withdraw(browser, bilal, ad)
    assert await seats(ad) == set() and await reserved(ad) == 0
    assert await state_of(ad, emilie.id) == "asked" and await state_of(ad, chloe.id) == "listed"
    assert {"helper_withdrew", "next_asked"} <= set(await told(anne.id)) and "place_offered" in await told(emilie.id)
    assert "Une place se libère : Anne vous la propose." in await lines(ad, emilie.id)

    await browser.sign_in(emilie)
    page = await browser.get(f"/annonces/{ad}")
    assert "Une place se libère pour vous" in words(page) and "Oui, je la prends" in page.text
    page = words(await browser.follow(await browser.submit(f"/annonces/{ad}/candidature/oui")))
    assert "Anne compte sur vous." in page and "Vous avez dit oui." in page
    assert await seats(ad) == {("", 1, emilie.id)} and "place_taken" in await told(anne.id)
    assert (await browser.submit(f"/annonces/{ad}/candidature/oui")).status_code == 409


async def test_a_no_and_a_silence_pass_the_place_on_until_the_list_is_empty(browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    await withdraw(browser, bilal, ad)
    await browser.sign_in(emilie)
    assert "list_empty" not in await told(anne.id)
    await browser.follow(await browser.submit(f"/annonces/{ad}/candidature/non"))
    assert await state_of(ad, emilie.id) == "withdrawn" and await state_of(ad, chloe.id) == "asked"

    await stop_waiting_for(ad)
    assert await state_of(ad, chloe.id) == "asked", "her time is not over"
    await database.execute("UPDATE answer SET asked_until = now() - interval '1 minute' WHERE state = 'asked'")
    await browser.sign_in(chloe)
    assert (await browser.submit(f"/annonces/{ad}/candidature/oui")).status_code == 409
    for _ in range(2):
        await stop_waiting_everywhere()
    assert await state_of(ad, chloe.id) == "withdrawn"
    assert (await told(anne.id)).count("list_empty") == 1
    assert "Pas de réponse à temps : la place est proposée à quelqu’un d’autre." in await lines(ad, chloe.id)


async def test_nobody_on_the_list_the_author_hears_it(browser, anne, bilal):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal)
    await withdraw(browser, bilal, ad)
    assert {"helper_withdrew", "list_empty"} <= set(await told(anne.id))
    page = words(await (await browser.sign_in(anne)).get("/notifications"))
    assert "Plus personne sur votre liste d’attente" in page


async def test_a_job_waits_for_the_end_of_the_offer(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie)
    await withdraw(browser, bilal, ad)
    assert ("answers.ask_next", {"listing": str(ad)}) in await waiting_jobs()
    until = (await answer_of(ad, emilie.id))["asked_until"] - datetime.now(UTC)
    assert timedelta(hours=47) < until <= timedelta(hours=48)
    await run_jobs()
    assert await state_of(ad, emilie.id) == "asked", "run too early it does nothing"


@pytest.mark.parametrize("days", [0, 1, 2])
async def test_near_the_day_there_is_less_time_to_say_yes(days, browser, anne, bilal, emilie):
    day = in_days(days)
    ad = (await published(anne, schedule=Schedule(slots=(Slot(day),)))).id
    key = day.isoformat()
    await chosen_and_listed(browser, anne, ad, bilal, emilie, slots=(key,))
    await withdraw(browser, bilal, ad)
    until = (await answer_of(ad, emilie.id))["asked_until"] - datetime.now(UTC)
    assert timedelta(minutes=59) < until < timedelta(hours=25)


async def test_only_who_can_take_the_free_day_is_asked(browser, anne, bilal, emilie, chloe, denis):
    ad = (await published(anne, schedule=Schedule(weekly=Weekly(days=(1, 3))))).id
    first, second = (*await answer_from(ad, bilal, slots=("1",)), *await answer_from(ad, emilie, slots=("3",)))
    third, fourth = (*await answer_from(ad, chloe, slots=("3",)), *await answer_from(ad, denis, slots=("1", "3")))
    await browser.sign_in(anne)
    await on_board(browser, ad, first, "choix", slots="1")
    await on_board(browser, ad, second, "choix", slots="3")
    for answer in (third, fourth):
        await on_board(browser, ad, answer, "liste")
    await withdraw(browser, bilal, ad)
    assert await state_of(ad, chloe.id) == "listed" and await state_of(ad, denis.id) == "asked"
    await browser.sign_in(denis)
    await browser.submit(f"/annonces/{ad}/candidature/oui")
    assert await seats(ad) == {("1", 1, denis.id), ("3", 1, emilie.id)}


async def test_whom_the_author_chooses_meanwhile_takes_the_place(browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    _, _, chloes = await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    await withdraw(browser, bilal, ad)
    await browser.sign_in(anne)
    await on_board(browser, ad, chloes, "choix")
    assert await state_of(ad, emilie.id) == "listed"
    assert "La place est prise entre-temps ; vous restez sur la liste d’attente." in await lines(ad, emilie.id)
    await browser.sign_in(emilie)
    assert (await browser.submit(f"/annonces/{ad}/candidature/oui")).status_code == 409
    assert await seats(ad) == {("", 1, chloe.id)}


async def test_who_takes_an_answer_back_after_the_ad_ended_frees_nothing_for_others(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie)
    await browser.submit(f"/annonces/{ad}/cloture", outcome="fulfilled")
    assert await seats(ad) == {("", 1, bilal.id)}, "what was agreed may be still to come"
    await withdraw(browser, bilal, ad)
    assert await seats(ad) == set() and await state_of(ad, emilie.id) == "declined"
    assert "helper_withdrew" in await told(anne.id)


@pytest.mark.commits
async def test_a_yes_and_the_end_of_the_time_at_once(browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    await withdraw(browser, bilal, ad)
    await browser.sign_in(emilie)
    await database.execute(
        "UPDATE answer SET asked_until = clock_timestamp() + interval '20 milliseconds' WHERE state = 'asked'"
    )
    await asyncio.gather(browser.submit(f"/annonces/{ad}/candidature/oui"), *(stop_waiting_for(ad) for _ in range(3)))
    await asyncio.sleep(0.05)
    await stop_waiting_for(ad)
    took = await seats(ad) == {("", 1, emilie.id)}
    assert await state_of(ad, emilie.id) == ("chosen" if took else "withdrawn")
    assert await state_of(ad, chloe.id) == ("listed" if took else "asked")
    assert await reserved(ad) == len(await seats(ad))


@pytest.mark.parametrize("status", ["pending", "draft"])
async def test_who_is_counted_on_can_withdraw_while_the_ad_is_read_again_or_corrected(
    browser, another_browser, anne, bilal, status
):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    await on_board(browser, ad, answer, "choix")
    await database.execute("UPDATE listing SET status = $2 WHERE id = $1", ad, status)
    await another_browser.sign_in(bilal)
    talk = await database.value("SELECT id FROM conversation WHERE listing = $1", ad)
    assert f"/annonces/{ad}/candidature/retrait" in (await another_browser.get(f"/messages/{talk}")).text

    assert (await another_browser.submit(f"/annonces/{ad}/candidature/retrait")).status_code == 303

    assert await seats(ad) == set() and await reserved(ad) == 0
    assert "helper_withdrew" in await told(anne.id)


async def test_what_came_free_while_the_ad_was_read_again_is_offered_once_it_is_online(
    browser, anne, bilal, emilie, chloe
):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    await move(ad, Step.hold)
    await withdraw(browser, bilal, ad)
    assert await state_of(ad, emilie.id) == "listed", "nobody is asked to an ad that is not online"

    await publish(ad)
    assert await state_of(ad, emilie.id) == "asked" and await state_of(ad, chloe.id) == "listed"
    await ask_those_on_the_list(ad)
    assert (await told(emilie.id)).count("place_offered") == 1 and await state_of(ad, chloe.id) == "listed"


async def test_an_offer_whose_time_ran_out_while_the_ad_was_not_online_goes_on_to_the_next(
    browser, anne, bilal, emilie, chloe
):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie, chloe)
    await withdraw(browser, bilal, ad)
    await move(ad, Step.hold)
    await database.execute("UPDATE answer SET asked_until = now() - interval '1 minute' WHERE state = 'asked'")
    await stop_waiting_everywhere()
    assert [await state_of(ad, helper.id) for helper in (emilie, chloe)] == ["withdrawn", "listed"]

    await publish(ad)
    assert await state_of(ad, chloe.id) == "asked"


async def test_an_ad_online_again_whose_seats_are_taken_asks_nobody(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await chosen_and_listed(browser, anne, ad, bilal, emilie)
    await move(ad, Step.hold)
    await publish(ad)
    assert await state_of(ad, emilie.id) == "listed"
