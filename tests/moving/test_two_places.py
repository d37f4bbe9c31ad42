"""What is read from either of the two places: the list, its distances, the search, suggestions, the first page."""

import html
import re
from types import SimpleNamespace

import pytest

from moving.places import places_of
from places.communes import commune
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.finding import found, search, suggested
from tests.moving.test_declaring import moves


@pytest.fixture
async def two_ads(index, bilal):
    brest = await published(bilal, "childcare", title="Garde à Brest", commune="29019")
    toulon = await published(bilal, "childcare", title="Garde à Toulon", commune="83137")
    return brest, toulon


def bands(page) -> dict[str, str]:
    """What each card says of its distance, by title."""
    cards = re.findall(r'card-link"[^>]*>(.*?)</a>.*?<span class="soft">, (.*?)</span>', page.text, re.DOTALL)
    return dict(cards)


async def test_distances_are_counted_from_the_place_one_chooses(browser, two_ads, anne):
    await moves(anne)
    await browser.sign_in(anne)
    here = bands(await search(browser))
    there = bands(await search(browser, autour="la-bas"))
    assert here == {"Garde à Brest": "dans votre commune", "Garde à Toulon": "à plus de 100 km"}
    assert there == {"Garde à Brest": "à plus de 100 km", "Garde à Toulon": "sur place"}
    assert bands(await search(browser)) == here


async def test_what_is_near_and_nearest_follows_the_switch(browser, two_ads, anne):
    await moves(anne)
    await browser.sign_in(anne)
    assert found(await search(browser, rayon=25)) == ["Garde à Brest"]
    assert found(await search(browser, rayon=25, autour="la-bas")) == ["Garde à Toulon"]
    assert found(await search(browser, tri="nearest"))[0] == "Garde à Brest"
    assert found(await search(browser, tri="nearest", autour="la-bas"))[0] == "Garde à Toulon"
    assert found(await search(browser, q="garde", rayon=10, autour="la-bas")) == ["Garde à Toulon"]


async def test_the_switch_alone_shows_what_is_nearest_there(browser, two_ads, anne):
    await moves(anne)
    await browser.sign_in(anne)
    page = await search(browser)
    there = re.search(r'href="(/annonces[^"]*)">Toulon', page.text)
    assert there is not None
    page = await browser.get(html.unescape(there[1]))
    assert found(page)[0] == "Garde à Toulon"
    assert re.search(r'aria-current="true">Toulon', page.text)


async def test_the_switch_keeps_the_other_filters_and_the_filters_keep_the_switch(browser, two_ads, anne):
    await moves(anne)
    await browser.sign_in(anne)
    page = await search(browser, categorie="childcare", rayon=50, q="garde")
    assert re.search(
        r'href="/annonces\?q=garde&amp;categorie=childcare&amp;rayon=50&amp;autour=la-bas">Toulon', page.text
    )
    assert re.search(r'aria-current="true">Brest', page.text)
    page = await search(browser, categorie="childcare", rayon=50, q="garde", autour="la-bas")
    assert re.search(r'aria-current="true">Toulon', page.text)
    assert 'name="autour" value="la-bas"' in page.text
    assert "Autour de Toulon (83)" in words(page)
    assert 'href="/annonces?autour=la-bas">Tout effacer' in page.text
    page = await browser.get("/recherche?q=garde")  # the one box proposes both
    assert re.search(r'href="/annonces\?q=garde&amp;rayon=25&amp;autour=la-bas">', page.text)


async def test_a_link_sent_to_who_has_one_place_is_read_from_it(browser, two_ads, anne):
    await browser.sign_in(anne)
    page = await search(browser, autour="la-bas", rayon=25)
    assert found(page) == ["Garde à Brest"]
    assert 'class="around"' not in page.text
    assert "la-bas" not in page.text


async def test_the_first_page_shows_both_departments(browser, two_ads, anne, bilal):
    await moves(anne)
    await browser.sign_in(anne)
    page = await browser.get("/")
    assert "Près de Brest" in words(page) and "Bientôt, près de Toulon" in words(page)
    assert bands(page) == {"Garde à Brest": "dans votre commune", "Garde à Toulon": "sur place"}
    assert "departement=83&amp;autour=la-bas" in page.text


async def test_who_moves_within_a_department_reads_its_ads_once(browser, two_ads, anne):
    await moves(anne, "29232")
    await browser.sign_in(anne)
    assert found(await browser.get("/")).count("Garde à Brest") == 1
    assert "Quimper" in words(await browser.get("/annonces"))


async def test_suggestions_offer_both(browser, two_ads, anne):
    await browser.sign_in(anne)
    assert "autour de" not in await suggested(browser, "garde")
    await moves(anne)
    assert "/annonces?categorie=childcare&rayon=50&autour=la-bas" in await suggested(browser, "garde")
    assert "autour de Toulon" in await suggested(browser, "garde")


@pytest.mark.parametrize(
    ("second", "names"),
    [(None, ["Paris"]), ("75112", ["Paris"]), ("00000", ["Paris"]), ("83137", ["Paris", "Toulon"])],
)
async def test_the_places_of_a_member_are_never_the_same_twice(second, names):
    reader = SimpleNamespace(place=commune("75056"), second_commune=second)
    assert [place.name for place in places_of(reader)] == names


async def test_a_second_place_costs_the_list_no_query_and_home_few(browser, two_ads, anne):
    await moves(anne)
    await browser.sign_in(anne)
    for address, most in (("/annonces?autour=la-bas", 4), ("/", 7)):
        await browser.get(address)
        with Asked() as asked:
            await browser.get(address)
        assert asked.queries <= most, (address, asked.queries)
