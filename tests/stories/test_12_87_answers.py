"""Eighty-seven people answer one ad. Three clicks later each of them knows."""

import time

import pytest

from app import database
from app.settings import settings
from tests.answers.people import answer_from, neighbours, on_board, reserved, state_of, told
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.jobs import run_jobs
from tests.helpers.talks import badge

pytestmark = pytest.mark.commits
WORD = "Merci mille fois, votre réponse m’a touchée. À une prochaine fois !"


async def test_87_answers_are_settled_in_three_clicks(browser, another_browser, anne, bilal, body):
    ad = (await published(anne, title="Aide pour porter un canapé")).id
    others = await neighbours(body, 86)
    await answer_from(ad, *others[:40])
    (chosen,) = await answer_from(ad, bilal)
    await answer_from(ad, *others[40:])
    await run_jobs()
    before = _mails()
    author, clicks = await browser.sign_in(anne), 0

    assert "87 réponses" in words(await author.get(f"/annonces/{ad}"))
    with Asked() as asked:
        board = await author.get(f"/annonces/{ad}/candidatures")
    assert asked.queries <= 6 and len(board.content) <= 40 * 1024
    assert "87 personnes attendent un mot de vous" in words(board)

    clicks += 1
    page = await author.follow(await on_board(author, ad, chosen, "choix"))
    assert "Tout est pourvu" in words(page) and "Envoyer ce mot aux 86 autres" in words(page)

    clicks += 1
    begun = time.process_time()
    page = await author.follow(await author.submit(f"/annonces/{ad}/candidatures/mot", words=WORD))
    assert time.process_time() - begun < 2
    assert "C’est réglé" in words(page)
    assert await database.value("SELECT count(*) FROM answer WHERE state = 'declined'") == 86

    clicks += 1
    await author.follow(await author.submit(f"/annonces/{ad}/cloture", outcome="fulfilled", helped=[str(bilal.id)]))
    assert clicks == 3
    assert await database.value("SELECT outcome FROM listing WHERE id = $1", ad) == "fulfilled"

    await run_jobs()
    for other in others:
        assert await _received(ad, other.id) == [WORD]
        assert "answer_declined" in await told(other.id) or "answer_closed" in await told(other.id)
    assert await _received(ad, bilal.id) == []
    assert await database.value("SELECT count(*) FROM answer WHERE state = 'waiting' OR courtesy IS NOT NULL") == 0
    _say_nothing(before)

    reader = await another_browser.sign_in(others[7])
    assert badge(await reader.get("/"), "messages") == 1
    conversation = await database.value("SELECT id FROM conversation WHERE helper = $1", others[7].id)
    page = words(await reader.get(f"/messages/{conversation}"))
    assert WORD in page and "Anne a trouvé quelqu’un." in page


async def test_the_word_is_brought_once_to_each_however_often_the_job_stops(browser, anne, bilal, body, monkeypatch):
    ad = (await published(anne)).id
    others = await neighbours(body, 30)
    (chosen,) = await answer_from(ad, bilal)
    await answer_from(ad, *others)
    author = await browser.sign_in(anne)
    await on_board(author, ad, chosen, "choix")
    await author.submit(f"/annonces/{ad}/candidatures/mot", words=WORD)
    courtesy = await database.value("SELECT id FROM courtesy")

    from answers import settling

    bring_to, brought = settling._bring_to, []

    async def dies_in_the_middle(*given):
        await bring_to(*given)
        brought.append(given)
        if len(brought) in (10, 17):
            raise ConnectionError

    monkeypatch.setattr(settling, "_bring_to", dies_in_the_middle)
    for reached in (10, 17):
        with pytest.raises(ConnectionError):
            await settling.bring(courtesy)
        assert await database.value("SELECT count(*) FROM message WHERE body = $1", WORD) == reached
    await settling.bring(courtesy)
    await settling.bring(courtesy)
    await run_jobs()

    assert await database.value("SELECT count(*) FROM message WHERE body = $1", WORD) == 30
    for other in others:
        assert await _received(ad, other.id) == [WORD]
        assert (await told(other.id)).count("answer_declined") == 1
    assert await database.value("SELECT max(times) FROM notification WHERE topic = 'answer_declined'") == 1


async def test_who_is_chosen_after_all_before_the_word_left_never_reads_it(browser, anne, bilal, emilie):
    ad = (await published(anne, quantity=2)).id
    first, second = await answer_from(ad, bilal, emilie)
    author = await browser.sign_in(anne)
    await on_board(author, ad, first, "choix")
    await author.submit(f"/annonces/{ad}/candidatures/mot", words=WORD)
    await on_board(author, ad, second, "choix")
    await run_jobs()
    assert await state_of(ad, emilie.id) == "chosen" and await reserved(ad) == 2
    assert await _received(ad, emilie.id) == []


async def _received(listing, helper) -> list[str]:
    """The author's words to this person, events left out."""
    found = await database.rows(
        "SELECT m.body FROM message m JOIN conversation c ON c.id = m.conversation WHERE c.listing = $1"
        " AND c.helper = $2 AND m.sender = c.author AND m.event IS NULL ORDER BY m.id",
        listing,
        helper,
    )
    return [row["body"] for row in found]


def _mails() -> dict[str, str]:
    return {file.name: file.read_text() for file in (settings().state_dir / "mail").glob("*")}


def _say_nothing(before: dict[str, str]) -> None:
    new = [text for name, text in _mails().items() if name not in before]
    assert new
    for text in new:
        assert "Merci mille fois" not in text and "canapé" not in text and "Anne" not in text
