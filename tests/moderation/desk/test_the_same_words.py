"""A flood of one text: the others are shown, and decided together, each for itself."""

from typing import Any
from uuid import UUID

import pytest

from app import database
from moderation.desk.bulk import Done, read_seen
from tests.helpers.ads import pending, published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, decide, take, told

SPAM = {"title": "Prêt entre particuliers", "body": "Prêt rapide sans justificatif, écrivez-moi vite à cette adresse."}


async def _flood(*authors: Any) -> list[UUID]:
    return [(await case_of((await pending(one, "helping_hand", **SPAM)).id))["id"] for one in authors]


async def _decided(case: UUID) -> str | None:
    return await database.value('SELECT kind FROM decision WHERE "case" = $1', case)


def _as_seen(page: Any) -> str:
    return page.text.split('name="also" value="')[1].split('"')[0]


async def test_the_cases_of_the_same_words_stand_beside_the_one_that_is_read(browser, chloe, anne, bilal, emilie):
    first, *others = await _flood(anne, bilal, emilie)
    page = await take(await browser.sign_in(chloe), first)
    assert "Décider aussi des 2 autres, aux mêmes mots" in words(page)
    assert sorted(part.split(":")[0] for part in _as_seen(page).split()) == sorted(map(str, others))


async def test_one_decision_closes_them_all_and_tells_each_author_by_their_own_name(
    browser, chloe, anne, bilal, emilie
):
    first, *others = await _flood(anne, bilal, emilie)
    await browser.sign_in(chloe)
    page = await take(browser, first)
    answer = await decide(
        browser, page, first, "remove", reason="dishonest", words="Bonjour {prénom}, non.", also=_as_seen(page)
    )
    assert "2 dossiers identiques aussi." in words(await browser.follow(answer))
    for case, name in zip([first, *others], ("Anne", "Bilal", "Emilie"), strict=True):
        assert await database.value('SELECT words FROM decision WHERE "case" = $1', case) == f"Bonjour {name}, non."
    assert "listing_removed" in [topic for topic, _ in await told(emilie)]


async def test_the_others_stay_when_the_box_is_not_ticked(browser, chloe, anne, bilal):
    first, other = await _flood(anne, bilal)
    await browser.sign_in(chloe)
    await decide(browser, await take(browser, first), first, "remove")
    assert await _decided(other) is None


async def test_one_that_changed_meanwhile_waits_and_is_counted(browser, chloe, anne, bilal, emilie):
    first, changed, other = await _flood(anne, bilal, emilie)
    await browser.sign_in(chloe)
    page = await take(browser, first)
    await database.execute("UPDATE moderation_case SET version = version + 1 WHERE id = $1", changed)
    answer = await decide(browser, page, first, "remove", also=_as_seen(page))
    assert "1 dossier identique aussi ; 1 a changé entre-temps et attend toujours." in words(
        await browser.follow(answer)
    ).replace("\u202f", " ")
    assert await _decided(other) == "remove"
    assert await _decided(changed) is None


async def test_one_whose_ad_changed_comes_next_to_be_read_by_itself(browser, chloe, anne, bilal):
    first, changed = await _flood(anne, bilal)
    await browser.sign_in(chloe)
    page = await take(browser, first)
    await database.execute(
        "UPDATE listing SET version = version + 1 WHERE id = (SELECT listing FROM moderation_case WHERE id = $1)",
        changed,
    )
    answer = await decide(browser, page, first, "remove", also=_as_seen(page))
    assert await _decided(changed) is None
    assert answer.headers["location"] == f"/moderation/dossiers/{changed}"


async def test_one_that_a_colleague_holds_is_left_to_them(browser, chloe, denis, anne, bilal):
    first, held = await _flood(anne, bilal)
    await browser.sign_in(chloe)
    page = await take(browser, first)
    await database.execute(
        "UPDATE moderation_case SET claimed_by = $2, claimed_until = now() + interval '5 minutes' WHERE id = $1",
        held,
        denis.id,
    )
    await decide(browser, page, first, "remove", also=_as_seen(page))
    assert await _decided(held) is None


async def test_nobody_decides_that_way_of_a_case_out_of_their_scope(browser, farid, anne, bilal):
    pets = (await case_of((await pending(anne, "pet_care", **SPAM)).id))["id"]
    children = await case_of((await pending(bilal, "childcare", **SPAM)).id)
    await browser.sign_in(farid)
    page = await take(browser, pets)
    ad_version = await database.value("SELECT version FROM listing WHERE id = $1", children["listing"])
    sent = f"{children['id']}:{children['version']}:{ad_version}"
    assert (await decide(browser, page, pets, "remove", also=sent)).status_code == 303
    assert await _decided(children["id"]) is None


async def test_a_measure_is_against_the_author_of_the_case_that_was_read_alone(browser, chloe, anne, bilal):
    first, other = await _flood(anne, bilal)
    await browser.sign_in(chloe)
    page = await take(browser, first)
    await decide(browser, page, first, "remove", also=_as_seen(page), sanction="warn")
    assert await _decided(other) == "remove"
    assert [row["member"] for row in await database.rows("SELECT member FROM sanction")] == [anne.id]


async def test_what_was_decided_of_the_like_stands_on_the_page(browser, chloe, anne, bilal):
    first, second = await _flood(anne, bilal)
    await browser.sign_in(chloe)
    await decide(browser, await take(browser, first), first, "remove", reason="dishonest")
    page = words(await browser.get(f"/moderation/dossiers/{second}"))
    assert "Retirée Prêt entre particuliers Anne, aujourd’hui · Annonce trompeuse · mêmes mots" in page


async def test_an_ad_nobody_else_wrote_has_no_such_box(browser, chloe, emilie, anne):
    await published(anne, "helping_hand", **SPAM)
    case = (await case_of((await pending(emilie)).id))["id"]
    page = await take(await browser.sign_in(chloe), case)
    assert "Décider aussi" not in page.text


@pytest.mark.parametrize("typed", ["", "no", "1:2:3", f"{UUID(int=1)}:x:1", f"{UUID(int=1)}:1"])
async def test_what_the_page_never_wrote_names_no_case(typed: str):
    assert read_seen(typed) == []


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Done(), ""),
        (Done(1), "1 dossier identique aussi."),
        (Done(2, 3), "2 dossiers identiques aussi\u202f; 3 ont changé entre-temps et attendent toujours."),
        (Done(0, 1), "1 dossier identique a changé entre-temps et attend toujours."),
    ],
)
async def test_how_many_were_done_is_said_in_words(done: Done, said: str):
    assert done.in_words == said


async def test_what_was_found_in_one_is_not_said_of_the_others(browser, chloe, anne, bilal):
    first, other = await _flood(anne, bilal)
    await browser.sign_in(chloe)
    page = await take(browser, first)
    typed = "Anne a déjà demandé un virement à trois membres."
    await decide(browser, page, first, "remove", facts=typed, also=_as_seen(page))
    said = 'SELECT facts FROM decision WHERE "case" = $1'
    assert await database.value(said, first) == typed
    assert "Prêt rapide sans justificatif" in await database.value(said, other), "each quotes its own text"
