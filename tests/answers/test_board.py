"""The author's board: all answers side by side."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from answers.reply_times import usual_reply_time
from app import database
from listings.schedules.schedule import Schedule, Weekly
from members.blocking import block
from messaging.access import conversation
from messaging.sending import send
from tests.answers.people import answer_from, neighbours, on_board
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cast import belonging, person
from tests.helpers.talks import answered

WEEK = Schedule(weekly=Weekly(days=(0, 1, 3, 4)))


def names(page) -> list[str]:
    return re.findall(r"<h3><a [^>]*>([^<]+)</a>", page.text)


async def test_the_best_overlap_comes_first_then_the_nearest_then_who_came_first(browser, anne, bilal, emilie, body):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    far = await belonging(await person("Farah", "13055"), body)
    late = await belonging(await person("Lise", "29019"), body)
    await answer_from(ad, far, slots=("0", "1", "3"))
    await answer_from(ad, bilal, slots=("0",))
    await answer_from(ad, emilie, late, slots=("1",))
    await browser.sign_in(anne)
    board = await browser.get(f"/annonces/{ad}/candidatures")
    assert names(board) == ["Farah", "Emilie", "Lise", "Bilal"]
    assert names(await browser.get(f"/annonces/{ad}/candidatures?tri=proches")) == ["Emilie", "Lise", "Bilal", "Farah"]
    assert names(await browser.get(f"/annonces/{ad}/candidatures?tri=arrivee")) == ["Farah", "Bilal", "Emilie", "Lise"]
    assert names(await browser.get(f"/annonces/{ad}/candidatures?tri=n'importe")) == names(board)
    assert "3 créneaux sur 4 : lundi, mardi et jeudi" in words(board)
    assert "dans la même commune" in words(board) and "à plus de 100 km" in words(board)


async def test_a_card_tells_who_one_has_to_do_with(browser, anne, bilal):
    ad = (await published(anne)).id
    await database.execute("UPDATE member SET families_helped = 7, joined_at = '2024-05-02' WHERE id = $1", bilal.id)
    talk = await answered(ad, bilal.id, "Bonjour, je suis nounou à la retraite." + " J’aime les enfants." * 20)
    board = words(await (await browser.sign_in(anne)).get(f"/annonces/{ad}/candidatures"))
    assert "membre vérifié · membre depuis 2024 · a aidé 7 familles" in board
    assert "je suis nounou à la retraite" in board and "…" in board and board.count("J’aime") < 10
    assert "1 à lire" in board and f"/messages/{talk}" in (await browser.get(f"/annonces/{ad}/candidatures")).text
    assert "répond souvent" not in board


async def test_how_long_a_member_lets_others_wait_is_told_from_three_replies_on(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await answer_from(ad, bilal)
    for number in range(3):
        shown = words(await (await browser.sign_in(anne)).get(f"/annonces/{ad}/candidatures"))
        assert "répond souvent" not in shown, number
        talk = await answered((await published(bilal)).id, emilie.id)
        await database.execute(
            "UPDATE message SET sent_at = sent_at - $2::interval WHERE conversation = $1", talk, timedelta(hours=2)
        )
        for _ in range(2):
            await send(await conversation(talk, bilal.id), bilal.id, f"Oui {number}", uuid4())
    assert await database.value("SELECT count(*) FROM reply_delay WHERE member = $1", bilal.id) == 3
    assert await database.value("SELECT count(*) FROM reply_delay WHERE member = $1", emilie.id) == 3 - 3
    assert "répond souvent dans la journée" in words(await browser.get(f"/annonces/{ad}/candidatures"))


@pytest.mark.parametrize(
    ("replies", "median", "said"),
    [
        (2, 60, ""),
        (3, None, ""),
        (3, 3599, "répond souvent dans l’heure"),
        (3, 86_399, "répond souvent dans la journée"),
        (9, 86_400, "répond souvent le lendemain"),
        (9, 1e9, "répond souvent en quelques jours"),
    ],
)
async def test_the_words_of_a_delay(replies, median, said):
    assert usual_reply_time(replies, median) == said


async def test_blocked_and_withdrawn_people_are_not_on_it(browser, another_browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    await answer_from(ad, bilal, emilie, chloe)
    await block(bilal.id, anne.id)
    await (await another_browser.sign_in(emilie)).submit(f"/annonces/{ad}/candidature/retrait")
    board = await (await browser.sign_in(anne)).get(f"/annonces/{ad}/candidatures")
    assert names(board) == ["Chloe"] and "1 réponse" in words(board)


async def test_every_answer_is_on_exactly_one_page_and_no_page_is_heavy(browser, anne, body):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    people = await neighbours(body, 87)
    for one in people:
        await answered(ad, one.id, "Bonjour ! " + "Je passe devant l’école tous les matins. " * 8, ("0", "1", "3", "4"))
    await browser.sign_in(anne)
    seen, url = [], f"/annonces/{ad}/candidatures"
    while url:
        with Asked() as asked:
            page = await browser.get(url)
        assert asked.queries <= 6 and len(page.content) <= 40 * 1024, (asked.queries, len(page.content))
        seen += names(page)
        older = re.search(r'href="([^"]+)" rel="next"', page.text)
        url = older[1].replace("&amp;", "&") if older else ""
    assert sorted(seen) == sorted(one.first_name for one in people)
    lost = await browser.get(f"/annonces/{ad}/candidatures?apres={uuid4()}")
    assert names(lost) == seen[: len(names(lost))]
    assert (await browser.get(f"/annonces/{ad}/candidatures?apres=rien")).status_code == 200


async def test_the_chosen_stand_first_then_the_list_then_those_told_no_last(browser, anne, bilal, emilie, chloe, denis):
    ad = (await published(anne)).id
    bilals, emilies, chloes, _ = await answer_from(ad, bilal, emilie, chloe, denis)
    await browser.sign_in(anne)
    await on_board(browser, ad, emilies, "refus", words="Merci !")
    await on_board(browser, ad, chloes, "liste")
    await on_board(browser, ad, bilals, "choix")
    assert names(await browser.get(f"/annonces/{ad}/candidatures")) == ["Bilal", "Chloe", "Denis", "Emilie"]


async def test_an_ad_nobody_answered_yet_and_one_that_has_ended(browser, anne, bilal):
    ad = (await published(anne)).id
    await browser.sign_in(anne)
    assert "Personne n’a encore répondu" in words(await browser.get(f"/annonces/{ad}/candidatures"))
    await answer_from(ad, bilal)
    await browser.submit(f"/annonces/{ad}/cloture", outcome="withdrawn")
    board = await browser.get(f"/annonces/{ad}/candidatures")
    assert "Bilal" in board.text and "/choix" not in board.text and "/mot" not in board.text


async def test_the_ad_page_sums_the_answers_up(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    bilals, _ = await answer_from(ad, bilal, emilie)
    await browser.sign_in(anne)
    page = words(await browser.get(f"/annonces/{ad}"))
    assert "2 réponses" in page and "2 à lire." in page and "2 personnes attendent un mot de vous." in page
    await on_board(browser, ad, bilals, "choix")
    page = words(await browser.get(f"/annonces/{ad}"))
    assert "Vous avez choisi Bilal." in page and "1 personne attend un mot de vous." in page
