"""The welcome booklet: written by the host, read by guests from two days before to the day after."""

import pytest

from app import database
from exchanges.stays.booklet import rendered
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.homes import a_home
from tests.helpers.stays import on_days, swapped, writes_booklet


async def test_an_empty_booklet_begins_with_headings(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)
    page = words(await browser.get("/moi/echanges/livret"))
    assert "## Arriver" in page and "## Repartir" in page and "Ce que liront vos invités" not in page


async def test_it_is_kept_and_shown_as_guests_will_read_it(browser, anne):
    await a_home(anne)
    page = await browser.follow(await writes_booklet(browser, anne))
    assert "Votre livret d’accueil est enregistré" in words(page)
    assert "<h2>Arriver</h2>" in page.text and "<strong>Wifi</strong>" in page.text
    await writes_booklet(browser, anne, "Bienvenue !")
    assert await database.value("SELECT string_agg(words, '|') FROM welcome_booklet") == "Bienvenue !"


async def test_without_a_home_there_is_nothing_to_tell(browser, anne):
    page = await writes_booklet(browser, anne)
    assert page.status_code == 409 and "Écrivez d’abord la fiche" in words(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Écrivez quelques lignes"), ("x" * 8001, "8 000 caractères"), ("Je vends aussi une carabine.", "arme")],
)
async def test_what_cannot_be_kept_is_said_and_stays_typed(browser, anne, typed: str, said: str):
    await a_home(anne)
    page = await writes_booklet(browser, anne, typed)
    assert page.status_code == 422 and said in words(page) and typed[:40] in page.text
    assert await database.value("SELECT count(*) FROM welcome_booklet") == 0


async def test_codes_and_telephones_are_what_it_is_for(browser, anne):
    await a_home(anne)
    answer = await writes_booklet(
        browser, anne, "Digicode : 4812B. Voisine : 06 12 34 56 78. Mot de passe du wifi : embruns29."
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(("starts", "opens"), [(3, False), (2, True), (0, True), (-7, True), (-8, True), (-9, False)])
async def test_its_guest_reads_it_from_two_days_before_to_the_day_after(browser, anne, bilal, starts: int, opens: bool):
    swap = await swapped(anne, bilal)
    await writes_booklet(browser, anne)
    await on_days(swap.id, in_days(starts), in_days(starts + 7))
    await browser.sign_in(bilal)
    page = await browser.get(swap.her_booklet)
    assert (page.status_code, "dans la boîte" in page.text) == ((200, True) if opens else (409, False))


async def test_nobody_else_reads_it(browser, anne, bilal, emilie):
    swap = await swapped(anne, bilal, starts=1)
    await writes_booklet(browser, anne)
    for member in (anne, emilie):
        await browser.sign_in(member)
        assert (await browser.get(swap.her_booklet)).status_code == 404


async def test_a_host_who_wrote_none_is_asked_otherwise(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=1)
    await browser.sign_in(bilal)
    page = await browser.get(swap.her_booklet)
    assert page.status_code == 409 and "n’a pas écrit de livret" in words(page)


async def test_it_is_erased_when_its_host_wants(browser, anne):
    await a_home(anne)
    await writes_booklet(browser, anne)
    page = await browser.follow(await browser.submit("/moi/echanges/livret/suppression"))
    assert "Votre livret d’accueil est effacé" in words(page) and "## Arriver" in words(page)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[ici](javascript:alert(1))",
        "![une photo](https://ailleurs.example/x.png)",
        "<https://ailleurs.example>",
        "[a]\n\n[a]: https://ailleurs.example",
        "<div onclick=alert(1)>\n\ntexte\n\n</div>",
        '"><svg onload=alert(1)>',
    ],
)
async def test_nothing_typed_becomes_a_tag_a_link_or_an_image(typed: str):
    html = rendered(typed).lower()
    assert not [tag for tag in ("<script", "<img", "<a ", "<svg", "<div") if tag in html], html
    assert "<p>" in html


async def test_headings_stay_below_the_title_of_the_page():
    assert rendered("# Un\n\n###### Six") == "<h2>Un</h2>\n<h4>Six</h4>\n"


async def test_what_nests_very_deep_is_still_rendered_quickly():
    assert rendered("> " * 4000) and rendered("- " * 4000) and rendered("*" * 8000)
