"""Choosing who comes: a seat has one person, whoever clicks first."""

import asyncio

import pytest

from app import database
from listings.schedules.schedule import Schedule, Weekly
from members.blocking import block
from tests.answers.people import answer_from, lines, neighbours, on_board, reserved, seats, state_of, told
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs
from tests.helpers.talks import answered

WEEK = Schedule(weekly=Weekly(days=(1, 3)))


async def test_a_chosen_helper_hears_it_and_the_seat_is_theirs(browser, another_browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    author = await browser.sign_in(anne)
    page = words(await author.follow(await on_board(author, ad, answer, "choix")))
    assert "Vous comptez sur" in page and "Tout est pourvu" in page
    assert await seats(ad) == {("", 1, bilal.id)} and await reserved(ad) == 1
    assert (await lines(ad, bilal.id))[-1] == "Anne compte sur vous." and "answer_chosen" in await told(bilal.id)
    helper = await another_browser.sign_in(bilal)
    assert "Anne compte sur vous." in words(await helper.get(f"/annonces/{ad}"))
    assert "Réservée" in words(await helper.get("/annonces"))


async def test_three_chairs_go_to_three_people_and_not_to_a_fourth(browser, anne, body):
    ad = (await published(anne, "classifieds", deal="lend", quantity=3)).id
    answers = await answer_from(ad, *await neighbours(body, 4))
    author = await browser.sign_in(anne)
    for answer in answers[:3]:
        assert (await on_board(author, ad, answer, "choix")).status_code == 303
    page = await on_board(author, ad, answers[3], "choix")
    assert page.status_code == 409 and "Cette place vient d’être prise" in words(page)
    assert "Vous avez retenu" in words(page) and await reserved(ad) == 3 == len(await seats(ad))


async def test_tuesday_is_bilals_and_thursday_emilies(browser, anne, bilal, emilie):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    first, second = (*await answer_from(ad, bilal, slots=("1", "3")), *await answer_from(ad, emilie, slots=("3",)))
    author = await browser.sign_in(anne)
    board = await author.get(f"/annonces/{ad}/candidatures")
    assert "2 créneaux sur 2 : mardi et jeudi" in words(board) and "1 créneau sur 2 : jeudi" in words(board)
    assert board.text.count(" checked") == 3
    assert (await on_board(author, ad, first, "choix")).status_code == 409, "no day was ticked"
    await on_board(author, ad, first, "choix", slots="1")
    await on_board(author, ad, second, "choix", slots=["3"])
    assert await seats(ad) == {("1", 1, bilal.id), ("3", 1, emilie.id)}
    assert "Anne compte sur vous pour mardi." in await lines(ad, bilal.id)


@pytest.mark.parametrize("given", [{"category": "classifieds", "deal": "give"}, {"category": "rides", "kind": "offer"}])
async def test_for_an_offer_the_words_turn_round(given, browser, another_browser, anne, bilal):
    ad = (await published(anne, **given)).id
    (answer,) = await answer_from(ad, bilal)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    board = words(await author.follow(await on_board(author, ad, answer, "choix")))
    assert "Vous avez retenu" in board and "Ne plus retenir Bilal" in board and "compte" not in board
    assert "Anne a retenu votre réponse." in await lines(ad, bilal.id)
    page = words(await helper.get(f"/annonces/{ad}"))
    assert "Anne a retenu votre réponse." in page and "Laisser ma place" in page
    await helper.submit(f"/annonces/{ad}/candidature/retrait")
    assert "Bilal laisse sa place." in await lines(ad, bilal.id)


async def test_a_helper_of_one_day_is_chosen_for_a_second(browser, anne, bilal):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    (answer,) = await answer_from(ad, bilal, slots=("1",))
    author = await browser.sign_in(anne)
    await on_board(author, ad, answer, "choix", slots="1")
    await on_board(author, ad, answer, "choix", slots=["1", "3"])
    assert await seats(ad) == {("1", 1, bilal.id), ("3", 1, bilal.id)} and await reserved(ad) == 2
    assert "mardi et jeudi" in words(await author.get(f"/annonces/{ad}/candidatures"))


async def test_a_day_the_ad_does_not_have_cannot_be_chosen(browser, anne, bilal):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    assert (await on_board(browser, ad, answer, "choix", slots="6")).status_code == 409
    assert await seats(ad) == set()


async def test_a_double_click_chooses_once(browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    for _ in range(2):
        assert (await on_board(browser, ad, answer, "choix")).status_code == 303
    assert len(await seats(ad)) == 1 == await reserved(ad)
    assert (await lines(ad, bilal.id)).count("Anne compte sur vous.") == 1


async def test_who_withdrew_or_whose_ad_has_ended_is_not_chosen(browser, another_browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    first, second = await answer_from(ad, bilal, emilie)
    await (await another_browser.sign_in(bilal)).submit(f"/annonces/{ad}/candidature/retrait")
    author = await browser.sign_in(anne)
    page = await on_board(author, ad, first, "choix")
    assert page.status_code == 409 and "a retiré sa réponse" in words(page) and "Emilie" in words(page)
    await author.submit(f"/annonces/{ad}/cloture", outcome="withdrawn")
    for do in ("choix", "liste"):
        page = await on_board(author, ad, second, do)
        assert page.status_code == 409 and "n’est plus en ligne" in words(page)
    assert await seats(ad) == set()


async def test_an_answer_of_another_ad_is_not_there(browser, anne, bilal, emilie):
    mine, theirs = (await published(anne)).id, (await published(bilal)).id
    (answer,) = await answer_from(theirs, emilie)
    await browser.sign_in(anne)
    for listing in (mine, theirs):
        for do in ("choix", "liste", "rang", "refus"):
            assert (await on_board(browser, listing, answer, do, words="Non", way="up")).status_code == 404
    assert await state_of(theirs, emilie.id) == "waiting"


@pytest.mark.commits
async def test_two_tabs_choosing_two_people_at_once_one_wins(browser, another_browser, anne, bilal, emilie):
    """The October story: Anne decides on the telephone and at her desk."""
    ad = (await published(anne)).id
    answers = await answer_from(ad, bilal, emilie)
    tabs = [await browser.sign_in(anne), await another_browser.sign_in(anne)]
    for tab in tabs:
        await tab.get("/charte")
    pages = await asyncio.gather(
        *(on_board(tab, ad, answer, "choix") for tab, answer in zip(tabs, answers, strict=True))
    )
    assert sorted(page.status_code for page in pages) == [303, 409]
    lost = next(page for page in pages if page.status_code == 409)
    assert "Cette place vient d’être prise" in words(lost) and "Vous comptez sur" in words(lost)
    taken = await seats(ad)
    assert len(taken) == 1 == await reserved(ad)
    states = {await state_of(ad, one.id) for one in (bilal, emilie)}
    assert states == {"chosen", "waiting"}


@pytest.mark.commits
async def test_the_same_click_sent_many_times_at_once_is_one(browser, another_browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    tabs = [await browser.sign_in(anne), await another_browser.sign_in(anne)]
    for tab in tabs:
        await tab.get("/charte")
    pages = await asyncio.gather(*(on_board(tab, ad, answer, "choix") for tab in tabs * 3))
    assert {page.status_code for page in pages} == {303}
    assert len(await seats(ad)) == 1 == await reserved(ad)
    assert (await lines(ad, bilal.id)).count("Anne compte sur vous.") == 1


@pytest.mark.commits
async def test_a_helper_who_withdraws_while_being_chosen_is_one_or_the_other(browser, another_browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    for each in (author, helper):
        await each.get("/charte")
    chosen, withdrawn = await asyncio.gather(
        on_board(author, ad, answer, "choix"), helper.submit(f"/annonces/{ad}/candidature/retrait")
    )
    assert withdrawn.status_code == 303 and chosen.status_code in (303, 409)
    assert await state_of(ad, bilal.id) == "withdrawn" and await seats(ad) == set() and await reserved(ad) == 0
    if chosen.status_code == 303:
        assert "helper_withdrew" in await told(anne.id)


@pytest.mark.commits
async def test_an_answer_sent_while_the_ad_ends_is_refused_or_answered(browser, another_browser, anne, bilal):
    ad = (await published(anne)).id
    author, helper = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    for each in (author, helper):
        await each.get("/charte")
    said, _ = await asyncio.gather(
        helper.submit(f"/annonces/{ad}/candidature", text="Je peux."),
        author.submit(f"/annonces/{ad}/cloture", outcome="fulfilled"),
    )
    await run_jobs()
    if said.status_code == 303:
        assert await state_of(ad, bilal.id) == "declined" and "answer_closed" in await told(bilal.id)
    else:
        assert said.status_code == 409 and await database.value("SELECT count(*) FROM answer") == 0


async def test_a_block_ends_what_was_agreed_and_who_counted_on_it_hears(browser, anne, bilal, emilie):
    ad = (await published(anne, quantity=2)).id
    first, second = await answer_from(ad, bilal, emilie)
    author = await browser.sign_in(anne)
    await on_board(author, ad, first, "choix")
    await on_board(author, ad, second, "choix")
    await run_jobs()
    await block(anne.id, bilal.id)
    await block(emilie.id, anne.id)
    await run_jobs()
    await run_jobs()
    assert await seats(ad) == set() and await reserved(ad) == 0
    assert await told(bilal.id) == ["answer_closed"], "Bilal must not come for nothing"
    assert "helper_withdrew" in await told(anne.id), "Émilie no longer comes"
    board = words(await author.get(f"/annonces/{ad}/candidatures"))
    assert "Bilal" not in board and "Emilie" not in board
    assert (await on_board(author, ad, first, "choix")).status_code == 404


async def test_a_block_between_a_waiting_helper_and_the_author_is_silent(anne, bilal):
    ad = (await published(anne)).id
    await answered(ad, bilal.id)
    before = await lines(ad, bilal.id)
    await block(bilal.id, anne.id)
    await run_jobs()
    assert await state_of(ad, bilal.id) == "withdrawn" and await lines(ad, bilal.id) == before
    assert await told(anne.id) == [] == await told(bilal.id)
