"""A member's wishes: written one by one on a page that is saved once, put in order, kept to themselves."""

import re

import httpx
import pytest

from app import database
from exchanges.calendar.exchanger import Wished
from exchanges.calendar.wishing import as_text, moved, read_all
from exchanges.calendar.words import wish_in_words
from exchanges.kinds import Scope, Setting
from members.tables import Member
from tests.helpers.browser import words
from tests.helpers.planning import AROUND_BREST, BRITTANY, BY_THE_SEA, exchanges

WISHES = "/moi/echanges/souhaits"
SAVE = {"party_size": "4", "do": "save"}
OVERSEAS, FINISTERE = Wished(Scope.overseas), Wished(Scope.department, "29", setting=Setting.town)
THREE = [BY_THE_SEA, AROUND_BREST, BRITTANY]


def listed(page: httpx.Response) -> list[str]:
    return re.findall(r'name="wish" value="([^"]+)"', page.text)


async def wished(member: Member) -> list[tuple[int, str, str | None, int | None, str | None]]:
    rows = await database.rows(
        "SELECT w.place, w.scope, w.area, w.km, w.setting FROM wish w JOIN exchanger e ON e.id = w.exchanger"
        " WHERE e.member = $1 ORDER BY place",
        member.id,
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        ({"scope": "commune", "commune": "Brest", "km": "30"}, "commune:29019:30:", "À moins de 30 km de Brest (29)"),
        ({"scope": "department", "department": "2A"}, "department:2A::", "Corse-du-Sud (2A)"),
        ({"scope": "region", "region": "53", "setting": "sea"}, "region:53::sea", "Bretagne, à la mer"),
        ({"scope": "overseas", "region": "53"}, "overseas:::", "Outre-mer"),
        ({"scope": "anywhere", "setting": "mountain", "commune": "Brest"}, "anywhere:::mountain", "à la montagne"),
    ],
)
async def test_a_wish_is_added_to_the_page_then_saved_with_it(typed, text, said, browser, anne):
    await browser.sign_in(anne)
    page = await browser.submit(WISHES, **{**SAVE, "do": "add", **typed})
    assert page.status_code == 200
    assert listed(page) == [text]
    assert said in words(page) and "Pas encore enregistré" in words(page)
    assert await wished(anne) == []
    assert re.search(r'name="party_size"[^>]*value="4"', page.text)
    assert not re.search(r'name="scope"[^>]*checked', page.text), "the next one is written on an empty line"

    page = await browser.follow(await browser.submit(WISHES, wish=listed(page), **SAVE))
    assert "Personne d’autre ne voit vos souhaits" in words(page)
    assert said in words(page)
    assert [as_text(Wished(Scope(s), a, k, e and Setting(e))) for _, s, a, k, e in await wished(anne)] == [text]
    assert await database.value("SELECT count(*) FROM match_asked WHERE member = $1", anne.id) == 1


async def test_household_and_ways_are_kept_with_the_wishes(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(
        WISHES, wish=["overseas:::"], needs=["pets", "step_free", "pets"], ways=["loop", "hosting"], **SAVE
    )
    row = await database.row("SELECT party_size, needs, ways FROM exchanger")
    assert (row["party_size"], row["needs"], row["ways"]) == (4, ["pets", "step_free"], ["loop", "hosting"])
    page = await browser.get(WISHES)
    assert set(re.findall(r'value="(\w+)" checked', page.text)) == {"pets", "step_free", "loop", "hosting"}
    assert listed(page) == ["overseas:::"]
    assert "À moins de" in words(page) and "Pas encore enregistré" not in words(page)


async def test_who_saves_with_a_wish_half_written_meant_it_too(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(WISHES, wish=["overseas:::"], scope="region", region="53", **SAVE)
    assert [row[1] for row in await wished(anne)] == ["overseas", "region"]


async def test_a_name_that_several_communes_bear_is_asked_about(browser, anne):
    await browser.sign_in(anne)
    typed = {**SAVE, "do": "add", "scope": "commune", "commune": "Saint-Denis"}
    page = await browser.submit(WISHES, wish=["overseas:::"], **typed)
    assert page.status_code == 422
    assert "Laquelle" in page.text and listed(page) == ["overseas:::"]
    page = await browser.submit(WISHES, wish=["overseas:::"], commune_code="97411", **typed)
    assert listed(page) == ["overseas:::", "commune:97411:50:"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"do": "add"}, "Choisissez ce que vous souhaitez"),
        ({"do": "add", "scope": "commune", "commune": "Zzzzqx"}, "Nous ne trouvons pas cette commune"),
        ({"do": "save", "scope": "commune"}, "Nous ne trouvons pas cette commune"),
        ({"do": "add", "scope": "department"}, "Choisissez dans la liste"),
        ({"do": "add", "scope": "department", "department": "99"}, "Choisissez dans la liste"),
        ({"do": "save", "scope": "region", "region": "00"}, "Choisissez dans la liste"),
        ({"do": "add", "scope": "moon"}, "Choisissez ce que vous souhaitez"),
        ({"do": "add", "scope": "anywhere", "setting": "moon"}, "Choisissez une des réponses"),
        ({"do": "add", "scope": "anywhere", "setting": "sea"}, "déjà dans votre liste"),
        ({"do": "save", "party_size": "21"}, "de 1 à 20"),
        ({"do": "save", "party_size": "cinq"}, "de 1 à 20"),
        ({"do": "save", "ways": "free"}, "Choisissez une des réponses"),
        ({"do": "save", "version": "x"}, "abîmée en route"),
        ({"do": "save", "km": "4", "scope": "commune", "commune": "Brest"}, "Choisissez une distance"),
    ],
)
async def test_what_makes_no_sense_is_said_and_what_was_written_stays(typed, said, browser, anne):
    await browser.sign_in(anne)
    page = await browser.submit(WISHES, **{"wish": [as_text(BY_THE_SEA)], "party_size": "7", **typed})
    assert page.status_code == 422
    assert said in words(page)
    assert listed(page) == [as_text(BY_THE_SEA)]
    assert await wished(anne) == []
    assert re.search(rf'name="party_size"[^>]*value="{typed.get("party_size", "7")}"', page.text)


async def test_a_list_holds_twelve(browser, anne):
    twelve = [f"department:{code:02}::" for code in range(1, 13)]
    await browser.sign_in(anne)
    page = await browser.submit(WISHES, wish=twelve, scope="overseas", **{**SAVE, "do": "add"})
    assert page.status_code == 422
    assert "retirez-en un d’abord" in words(page)
    assert (await browser.submit(WISHES, wish=twelve, **SAVE)).status_code == 303
    assert [row[0] for row in await wished(anne)] == list(range(12))
    page = await browser.submit(WISHES, wish=[*twelve, "overseas:::"], **SAVE)
    assert page.status_code == 422
    assert len(await wished(anne)) == 12


async def test_wishes_are_put_in_order_and_taken_out(browser, anne):
    await exchanges(anne, wishes=THREE)
    await browser.sign_in(anne)
    texts = listed(await browser.get(WISHES))
    assert texts == [as_text(wish) for wish in THREE]
    page = await browser.submit(WISHES, wish=texts, **{**SAVE, "do": "up-2"})
    assert listed(page) == [texts[0], texts[2], texts[1]]
    page = await browser.submit(WISHES, wish=listed(page), **{**SAVE, "do": "out-0"})
    assert listed(page) == [texts[2], texts[1]]
    assert len(await wished(anne)) == 3, "nothing is kept before it is saved"
    await browser.submit(WISHES, wish=listed(page), **SAVE)
    assert [row[1] for row in await wished(anne)] == ["region", "commune"]


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up-1", [1, 0, 2]),
        ("up-0", [0, 1, 2]),
        ("down-0", [1, 0, 2]),
        ("down-2", [0, 1, 2]),
        ("out-1", [0, 2]),
        ("out-3", [0, 1, 2]),
        ("out--1", [0, 1, 2]),
        ("up", [0, 1, 2]),
        ("burn-1", [0, 1, 2]),
    ],
)
def test_one_step_at_a_time(do, order):
    assert moved(THREE, do) == [THREE[n] for n in order]


def test_every_wish_is_read_back_as_it_was_written():
    every = [*THREE, OVERSEAS, FINISTERE]
    assert read_all([as_text(wish) for wish in [*every, *every]]) == every
    assert all(wish_in_words(wish) for wish in every)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "moon:::",
        "commune:29019::",
        "commune:29019:301:",
        "commune:29019:03000000000000000000:",
        "commune:99999:50:",
        "department:29:50:",
        "department:00::",
        "region:::",
        "overseas:29::",
        "anywhere::50:",
        "anywhere:::moon",
        "anywhere:::sea:more",
    ],
)
def test_what_no_page_of_ours_wrote_is_no_wish(text):
    read = read_all([text])
    assert read == ([BY_THE_SEA] if text == "anywhere:::sea:more" else [])


async def test_two_windows_do_not_erase_each_other_unseen(browser, anne):
    await exchanges(anne, wishes=[BRITTANY])
    await browser.sign_in(anne)
    assert (await browser.submit(WISHES, wish=["overseas:::"], version="1", **SAVE)).status_code == 303
    page = await browser.submit(WISHES, wish=["anywhere:::sea"], version="1", **SAVE)
    assert page.status_code == 409
    assert "dans une autre fenêtre" in words(page)
    assert listed(page) == ["anywhere:::sea"]
    assert [row[1] for row in await wished(anne)] == ["overseas"]
    assert 'name="version" value="2"' in page.text
    assert (await browser.submit(WISHES, wish=listed(page), version="2", **SAVE)).status_code == 303
    assert [row[1] for row in await wished(anne)] == ["anywhere"]
