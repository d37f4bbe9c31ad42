"""The agreement: the same words on the page and in the PDF, about one's own stays, and never an exact address."""

import re
from uuid import UUID

import pytest
from markupsafe import escape

from app import database
from app.throttle import bucket
from exchanges.stays.access import confirmed_for
from exchanges.stays.agreement import agreement_of, agreement_pdf
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.stays import gives_card, on_days, swapped
from tests.helpers.swaps import confirmed, host


async def test_the_page_says_who_lends_what_when_and_that_it_is_free(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(bilal)
    page = words(await browser.get(swap.path + "/convention"))
    assert "Accord d’échange de logements" in page and "Anne chez Bilal" in page and "Bilal chez Anne" in page
    assert "Maison à Brest (29)" in page and "Maison à Toulon (83)" in page
    assert "articles 1875 à 1891" in page.replace("\u00a0", " ") and "aucun loyer" in page


async def test_page_and_pdf_hold_the_same_words(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    page = words(await browser.get(swap.path + "/convention"))
    agreement = await agreement_of(await confirmed_for(swap.id, anne.id))
    for article in agreement.articles:
        assert article.title in page
        for paragraph in article.paragraphs:
            assert re.sub(r"\s+", " ", paragraph) in page
    assert "Anne Le Bris" in page and agreement.signers == ("Anne Le Bris", "Bilal")


async def test_the_pdf_is_a_tagged_document_in_french(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    answer = await browser.get(swap.path + "/convention.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="accord-entraide.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-") and _pages(answer.content) == 2
    assert b"/Lang(fr" in answer.content and b"/MarkInfo" in answer.content


@pytest.mark.parametrize(
    "name", ['Anne #panic("x") $ ] \\ "', "Ꝏ Ꝏ", "安妮", "\u202e\u200b\ue000", "x" * 80, "</script>"]
)
async def test_no_name_whatever_its_letters_is_part_of_the_template_or_keeps_the_file_from_being_made(
    browser, anne, bilal, name: str
):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await database.execute("UPDATE contact_card SET full_name = $1", name)
    answer = await browser.get(swap.path + "/convention.pdf")
    assert answer.status_code == 200 and _pages(answer.content) == 2
    assert escape(name) in (await browser.get(swap.path + "/convention")).text


async def test_no_address_nor_telephone_is_in_it(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    page = (await browser.get(swap.path + "/convention")).text
    assert "Embruns" not in page and "06" not in re.sub(r"<head>.*</head>", "", page, flags=re.DOTALL).split("main")[1]


async def test_a_name_taken_back_is_no_longer_in_it(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await browser.submit(swap.path + "/partage", part="ways")
    assert "Le Bris" not in (await browser.get(swap.path + "/convention")).text


async def test_in_a_loop_the_stay_of_two_others_is_on_no_paper_of_mine(anne, bilal, chloe, browser):
    homes = [await host(anne, 6), await host(bilal, 6, commune="83137"), await host(chloe, 6, commune="35238")]
    loop = await confirmed(*homes)
    await browser.sign_in(anne)
    page = words(await browser.get(f"/echanges/{loop}/convention"))
    assert "Anne chez Bilal" in page and "Chloe chez Anne" in page and "Bilal chez Chloe" not in page
    assert "font partie d’une boucle" in page


@pytest.mark.parametrize("form", ["hospitality", "week_room"])
async def test_one_way_it_is_a_loan_by_the_host(browser, anne, bilal, form: str):
    swap = await swapped(anne, bilal)
    await database.execute("DELETE FROM stay WHERE id = $1", swap.at_his)
    await _as(swap.id, form)
    await browser.sign_in(bilal)
    page = words(await browser.get(swap.path + "/convention"))
    assert "Accord de prêt de logement" in page and "Anne chez Bilal" not in page
    if form == "week_room":
        assert "les lundi, mardi, mercredi et jeudi" in page and "y habite pendant ce temps" in page
    else:
        assert "prête son logement à Bilal" in page


async def test_making_files_all_day_is_braked(anne, bilal):
    swap = await swapped(anne, bilal)
    found = await confirmed_for(swap.id, anne.id)
    made = bucket("agreement", str(anne.id))
    await database.execute("INSERT INTO throttle (bucket, since, tries) VALUES ($1, now(), 20)", made)
    with pytest.raises(Exception, match="Trop d’essais"):
        await agreement_pdf(found)


async def _as(swap: UUID, form: str) -> None:
    await database.execute("UPDATE swap SET form = $2 WHERE id = $1", swap, form)
    if form == "week_room":
        await database.execute("UPDATE stay SET days = '{0,1,2,3}' WHERE swap = $1", swap)
        await on_days(swap, in_days(7), in_days(60))


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize(("ended", "signs"), [(14, "Anne Le Bris"), (15, "Anne")])
async def test_the_others_read_a_full_name_no_longer_than_the_ways_to_reach_somebody(
    browser, anne, bilal, ended: int, signs: str
):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await on_days(swap.id, in_days(-ended - 7), in_days(-ended))
    assert (await agreement_of(await confirmed_for(swap.id, bilal.id))).signers == (signs, "Bilal")
    assert "Anne Le Bris" in (await agreement_of(await confirmed_for(swap.id, anne.id))).signers
