"""The list of a move: its links lead somewhere, its ticks are one's own."""

import html
import re

from app import database
from moving.declaring import forget_past_moves
from moving.steps import GROUPS, WORDS, Step
from tests.helpers.browser import words
from tests.moving.test_declaring import moves


async def test_every_step_is_on_the_list_once_with_its_words():
    listed = [step for steps in GROUPS.values() for step in steps]
    assert sorted(listed) == sorted(Step)
    assert set(WORDS) == set(Step)


async def test_every_link_of_the_list_opens_a_page(browser, anne):
    await moves(anne)
    await browser.sign_in(anne)
    page = await browser.get("/mutation")
    links = [html.unescape(one) for one in re.findall(r'<li><a class="target" href="([^"]+)"', page.text)]
    assert len(links) >= 14
    for link in links:
        assert (await browser.get(link)).status_code == 200, link
    assert "/annonces?q=cartons&departement=29" in links
    assert "/annonces?q=cartons&departement=83" in links


async def test_without_a_second_place_the_list_speaks_of_home_alone(browser, anne):
    await browser.sign_in(anne)
    page = words(await browser.get("/mutation"))
    assert "Cartons près de Brest" in page and "Toulon" not in page


async def test_what_is_printed_tells_neither_where_nor_when(browser, anne):
    await moves(anne)
    await browser.sign_in(anne)
    page = (await browser.get("/mutation")).text
    printed = re.sub(r'<(section|ul|p|button)[^>]*class="[^"]*no-print[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    assert "Trouver des cartons" in printed
    assert "Toulon" in page and "Toulon" not in printed


async def test_what_one_asks_for_starts_with_its_category_chosen(browser, anne):
    await browser.sign_in(anne)
    page = await browser.get("/annonces/nouvelle?categorie=helping_hand")
    assert re.search(r'value="helping_hand" checked', page.text)
    assert "checked" not in (await browser.get("/annonces/nouvelle?categorie=armes")).text


async def test_ticks_are_kept_for_each_member_and_can_be_taken_away(browser, another_browser, anne, bilal):
    await browser.sign_in(anne)
    answer = await browser.submit("/mutation/etapes/boxes", done="on")
    assert answer.headers["location"] == "/mutation#boxes"
    await browser.submit("/mutation/etapes/boxes", done="on")
    assert "Trouver des cartons (fait)" in words(await browser.get("/mutation"))

    await another_browser.sign_in(bilal)
    assert "(fait)" not in words(await another_browser.get("/mutation"))

    await browser.submit("/mutation/etapes/boxes")
    assert "(fait)" not in words(await browser.get("/mutation"))


async def test_a_step_nobody_wrote_is_not_there(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.submit("/mutation/etapes/sofa", done="on")).status_code == 404
    assert await database.value("SELECT count(*) FROM moving_step") == 0


async def test_ticks_of_a_year_ago_are_forgotten(anne):
    for step, ago in (("boxes", "13 months"), ("hands", "2 months")):
        await database.execute(
            f"INSERT INTO moving_step (member, step, done_at) VALUES ($1, $2, now() - interval '{ago}')", anne.id, step
        )
    await forget_past_moves()
    assert await database.value("SELECT array_agg(step) FROM moving_step") == ["hands"]
