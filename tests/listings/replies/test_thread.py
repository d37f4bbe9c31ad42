"""Reading what is said under an ad, however much it is."""

import re
from uuid import UUID

import httpx
import pytest

from app import database
from listings.replies.thread import SIZE
from tests.helpers.ads import published
from tests.helpers.budget import Asked
from tests.helpers.cases import said_under

LONG = "Nous avons eu la même question l’an dernier : le plus simple est d’en parler à l’accueil, qui note tout. "


async def many(listing: UUID, people: list, number: int, body: str = LONG) -> list[int]:
    return [await said_under(listing, people[one % len(people)], f"Message {one:03}. {body}") for one in range(number)]


def shown(page: httpx.Response) -> list[int]:
    return [int(number) for number in re.findall(r"Message (\d{3})\.", page.text)]


def link(page: httpx.Response, label: str) -> str:
    found = re.search(rf'href="([^"]+)">(?:<svg.*?</svg>)?{label}', page.text)
    assert found, f"no link {label!r}"
    return found[1]


async def test_a_hundred_replies_are_read_page_by_page_both_ways(browser, anne, bilal, emilie):
    ad = await published(anne)
    await many(ad.id, [anne, bilal, emilie], 100)
    await browser.sign_in(bilal)

    page = await browser.get(f"/annonces/{ad.id}")
    seen = shown(page)
    while "Réponses précédentes" in page.text:
        page = await browser.get(link(page, "Réponses précédentes"))
        assert len(shown(page)) == SIZE
        seen = shown(page) + seen
    assert seen == list(range(100))
    while "Réponses suivantes" in page.text:
        page = await browser.get(link(page, "Réponses suivantes"))
    assert shown(page)[-1] == 99


async def test_a_page_of_long_replies_weighs_and_asks_no_more(browser, anne, bilal, emilie):
    ad = await published(anne, "tips", details={"summary": "L’accueil note les horaires."})
    numbers = await many(ad.id, [anne, bilal, emilie], 100)
    await database.execute("UPDATE reply SET quotes = $1 WHERE listing = $2 AND id <> $1", numbers[0], ad.id)
    for reader in (anne, bilal):
        await browser.sign_in(reader)
        for path in ("", f"?depuis={numbers[50]}", f"?avant={numbers[50]}"):
            await browser.get(f"/annonces/{ad.id}{path}")
            with Asked() as asked:
                page = await browser.get(f"/annonces/{ad.id}{path}")
            assert len(shown(page)) >= SIZE
            assert len(page.content) <= 40 * 1024, f"{path}: {len(page.content)}"
            assert asked.queries <= 6


@pytest.mark.parametrize("answers", [SIZE - 1, SIZE, 2 * SIZE + 5])
async def test_a_page_that_begins_inside_a_thread_shows_what_is_answered(browser, anne, bilal, answers):
    ad = await published(anne)
    numbers = await many(ad.id, [anne, bilal], answers + 1)
    await database.execute("UPDATE reply SET parent = $1 WHERE listing = $2 AND id <> $1", numbers[0], ad.id)
    await browser.sign_in(bilal)

    page = await browser.get(f"/annonces/{ad.id}")
    assert shown(page)[0] == 0 and shown(page)[-1] == answers

    for place in (3, answers):
        page = await browser.get(f"/annonces/{ad.id}?depuis={numbers[place]}")
        begins = place if place + SIZE <= answers else max(1, answers + 1 - SIZE)
        assert shown(page)[:2] == [0, begins], "all of the last page, or from there on"
        assert ("Réponses précédentes" in page.text) is (begins > 1)


async def test_after_posting_the_whole_of_a_short_discussion_is_shown(browser, anne, bilal):
    ad = await published(anne)
    numbers = await many(ad.id, [anne, bilal], 3)
    await browser.sign_in(bilal)
    for number in numbers:
        page = await browser.get(f"/annonces/{ad.id}?depuis={number}")
        assert shown(page) == [0, 1, 2] and "Réponses précédentes" not in page.text


async def test_an_answer_to_an_old_question_stands_beside_it(browser, anne, bilal):
    ad = await published(anne)
    numbers = await many(ad.id, [anne, bilal], 2 * SIZE)
    late = await said_under(ad.id, anne, "Message 999. Tardif.")
    await database.execute("UPDATE reply SET parent = $2 WHERE id = $1", late, numbers[2])
    await browser.sign_in(bilal)

    assert 999 not in shown(await browser.get(f"/annonces/{ad.id}"))
    assert shown(await browser.get(f"/annonces/{ad.id}?depuis={late}"))[:3] == [2, 999, 3]
    assert shown(await browser.get(f"/annonces/{ad.id}?avant={numbers[4]}")) == [0, 1, 2, 999, 3]


async def test_a_page_before_the_first_or_after_everything_is_the_last_page(browser, anne, bilal):
    ad = await published(anne)
    numbers = await many(ad.id, [anne, bilal], 3)
    await browser.sign_in(bilal)
    for path in (f"avant={numbers[0]}", f"depuis={numbers[-1] + 1000}", f"avant={numbers[-1] + 1000}"):
        page = await browser.get(f"/annonces/{ad.id}?{path}")
        assert shown(page) == [0, 1, 2] and "Réponses" not in page.text.split('id="reponses"')[1].split("<form")[0]


async def test_who_reads_gets_the_links_they_may_follow(browser, anne, bilal):
    ad = await published(anne)
    hers, his = await said_under(ad.id, anne, "Bonjour."), await said_under(ad.id, bilal, "Bonsoir.")
    await browser.sign_in(bilal)
    page = (await browser.get(f"/annonces/{ad.id}")).text
    for what in (f"{hers}/reponse", f"{hers}/signalement", f"{his}/modification", f"{his}/suppression"):
        assert f"/reponses/{what}" in page
        assert (await browser.get(f"/reponses/{what}")).status_code == 200
    for what in (f"{hers}/modification", f"{hers}/suppression", f"{his}/signalement"):
        assert f"/reponses/{what}" not in page
