"""The list of homes: by what they are, never by when they are free."""

import html
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import uuid4

import httpx
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import MultiDict

from app import database
from exchanges.homes.reading.filters import HomeFilters
from exchanges.homes.reading.list_page import SIZE
from exchanges.homes.sheet import Access, Amenity, HomeKind
from exchanges.kinds import Setting
from listings.reading.holding import RADII
from places.departments import departments, regions
from search import facets
from search.contract import Sort
from tests.helpers.ads import published
from tests.helpers.browser import Browser
from tests.helpers.cast import belonging, person
from tests.helpers.finding import marked, numbers
from tests.helpers.homes import a_home, titles, waiting_home
from tests.helpers.jobs import run_jobs


async def homes(browser: Browser, **asked: object) -> httpx.Response:
    """The list after the queue's work is done."""
    await run_jobs()
    facets.forget()
    page = await browser.get("/logements", params=asked)
    assert page.status_code == 200
    assert "revient dans un instant" not in page.text, "the engine did not answer"
    return page


async def several(body, *wanted: dict) -> None:
    """One home for each of these, of as many members."""
    for number, said in enumerate(wanted):
        host = await belonging(await person(f"Hote{number}", "29019"), body)
        await a_home(host, **said)


async def test_homes_stand_on_cards_the_newest_first(browser, index, body, bilal):
    ago = datetime.now(UTC) - timedelta(days=3)
    await several(
        body, {"title": "Maison de Brest", "published_at": ago}, {"title": "Studio de Quimper", "commune": "29232"}
    )
    await browser.sign_in(bilal)
    page = await homes(browser)
    assert titles(page) == ["Studio de Quimper", "Maison de Brest"]
    said = html.unescape(page.text)
    assert "Maison, 5 personnes" in said and "2 logements" in said
    assert "Brest (29)" in said and "dans votre commune" in said and "mer" in said


async def test_ads_and_homes_have_a_list_each(browser, index, anne, bilal):
    await published(anne, "rides")
    await a_home(anne)
    await browser.sign_in(bilal)
    assert titles(await homes(browser)) == ["Maison claire à dix minutes de la plage"]
    for address in ("/annonces", "/annonces?departement=29", "/annonces?q=plage", "/annonces?categorie=home"):
        assert "dix minutes de la plage" not in (await browser.get(address)).text, address


async def test_each_filter_keeps_the_homes_that_have_all_that_is_asked(browser, index, body, bilal):
    await several(
        body,
        {"title": "Phare", "settings": ["sea"], "access": ["step_free"], "sleeps": 2, "home_kind": "studio"},
        {"title": "Chalet", "settings": ["mountain"], "pets_welcome": True, "sleeps": 8, "commune": "74010"},
        {"title": "Port", "settings": ["sea", "town"], "week_room": True, "smoking": True, "amenities": ["cot"]},
    )
    await browser.sign_in(bilal)
    for asked, expected in (
        ({"cadre": "sea"}, {"Phare", "Port"}),
        ({"cadre": ["sea", "town"]}, {"Port"}),
        ({"acces": "step_free"}, {"Phare"}),
        ({"animaux": "oui"}, {"Chalet"}),
        ({"sanstabac": "oui"}, {"Phare", "Chalet"}),
        ({"semaine": "oui"}, {"Port"}),
        ({"couchages": 5}, {"Chalet", "Port"}),
        ({"type": "studio"}, {"Phare"}),
        ({"region": "84"}, {"Chalet"}),
        ({"departement": "29"}, {"Phare", "Port"}),
        ({"commune": "Annecy (74)", "rayon": 25}, {"Chalet"}),
        ({"equipements": "cot", "cadre": "sea"}, {"Port"}),
        ({"q": "chalet"}, {"Chalet"}),
        ({"cadre": ["sea", "mountain"]}, set()),
    ):
        assert set(titles(await homes(browser, **asked))) == expected, asked


async def test_each_choice_says_how_many_homes_it_would_leave(browser, index, body, bilal):
    await several(
        body,
        {"settings": ["sea"], "access": ["step_free", "lift"]},
        {"settings": ["sea", "town"], "pets_welcome": True},
        {"settings": ["mountain"], "home_kind": "flat", "commune": "74010"},
    )
    await browser.sign_in(bilal)
    left = numbers(await homes(browser))
    assert (left["sea"], left["town"], left["step_free"], left["house"], left["flat"]) == (2, 1, 1, 2, 1)
    assert (left["53"], left["84"]) == (2, 1)
    assert numbers(await homes(browser, cadre="sea"))["town"] == 1
    assert numbers(await homes(browser, cadre="mountain"))["town"] == 0


async def test_around_a_commune_the_nearest_come_first(browser, index, body, bilal):
    await several(body, {"title": "Loin", "commune": "74010"}, {"title": "Ici", "commune": "29232"}, {"title": "Près"})
    await browser.sign_in(bilal)
    assert titles(await homes(browser, tri="nearest")) == ["Ici", "Près", "Loin"]
    assert titles(await homes(browser, commune="Annecy (74)"))[0] == "Loin"


async def test_words_that_were_found_are_marked(browser, index, body, bilal):
    await several(body, {"body": "Un grand potager derrière la maison, et des vélos."})
    await browser.sign_in(bilal)
    assert marked(await homes(browser, q="potager")) == {"potager"}


async def test_pages_follow_one_another_without_a_gap(browser, index, body, bilal):
    now = datetime.now(UTC)
    await several(
        body, *({"title": f"Maison {n:02}", "published_at": now - timedelta(minutes=n)} for n in range(SIZE + 3))
    )
    await browser.sign_in(bilal)
    first = await homes(browser)
    older = html.unescape(first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0])
    second = await browser.get(older)
    assert titles(first) + titles(second) == [f"Maison {n:02}" for n in range(SIZE + 3)]
    numbered = [titles(await homes(browser, tri="newest", sanstabac="oui", page=page)) for page in (1, 2, 9)]
    assert (len(numbered[0]), len(numbered[1])) == (SIZE, 3)
    assert numbered[2] == numbered[1], "beyond the last page stands the last"


async def test_nobody_finds_what_is_not_to_be_seen(browser, index, body, anne, bilal, emilie):
    await a_home(anne, title="Bloquée")
    await waiting_home(emilie, title="En relecture")
    await browser.sign_in(bilal)
    assert titles(await homes(browser)) == ["Bloquée"]
    await browser.submit(f"/membres/{anne.id}/blocage")
    for asked in ({}, {"cadre": "sea"}, {"q": "bloquée"}, {"tri": "nearest"}):
        page = await homes(browser, **asked)
        assert titles(page) == [], asked
        assert "Aucun logement" in page.text, asked


async def test_an_empty_list_leads_to_wishes_and_to_what_would_find_something(browser, index, body, bilal):
    await several(body, {"title": "Phare"})
    await browser.sign_in(bilal)
    page = await homes(browser, cadre="sea", couchages=9)
    said = html.unescape(page.text)
    assert titles(page) == []
    assert 'href="/moi/echanges/souhaits"' in said
    assert 'href="/logements?cadre=sea"' in said and "1 logement" in said


async def test_without_any_home_one_is_asked_for(browser, index, bilal):
    await browser.sign_in(bilal)
    page = await homes(browser)
    assert "Tout commence ici" in page.text and 'href="/moi/logement"' in page.text


async def test_an_address_that_makes_no_sense_shows_the_list(browser, index, body, bilal):
    await several(body, {"title": "Phare"})
    await browser.sign_in(bilal)
    odd = "type=chateau&couchages=-3&cadre=lune&acces=%00&region=zz&rayon=3&tri=soonest&apres=zz&page=-1"
    page = await browser.get(f"/logements?{odd}&semaine=peut-etre")
    assert page.status_code == 200
    assert "Filtres choisis" not in page.text and titles(page) == ["Phare"]


async def test_a_commune_nobody_knows_is_asked_again(browser, index, bilal):
    await browser.sign_in(bilal)
    assert "Essayez son code postal" in (await homes(browser, commune="Zzyzx")).text
    assert "De quelle commune" in (await homes(browser, commune="Saint-Denis")).text


async def test_no_address_of_the_list_takes_a_date(browser, index, body, bilal):
    await several(body, {"title": "Phare"})
    await browser.sign_in(bilal)
    plain = await homes(browser)
    for name in ("du", "au", "jours", "semaines", "libre", "disponible"):
        dated = await homes(browser, **{name: "2027-07-03"})
        assert titles(dated) == ["Phare"]
        assert f'name="{name}"' not in plain.text


async def test_a_home_in_the_index_that_left_the_database_is_not_shown(browser, index, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    await homes(browser, q="plage")
    await database.execute("DELETE FROM listing WHERE id = $1", home.id)
    assert titles(await browser.get("/logements?q=plage")) == []


@given(
    type=st.sampled_from(HomeKind) | st.none(),
    couchages=st.integers(-2, 30) | st.none(),
    region=st.sampled_from([one.code for one in regions()]) | st.none(),
    departement=st.sampled_from([one.code for one in departments()]) | st.none(),
    commune=st.sampled_from(["Brest (29)", "Annecy (74)", "Saint-Denis"]) | st.none(),
    rayon=st.sampled_from(RADII) | st.none(),
    cadre=st.lists(st.sampled_from(Setting)),
    acces=st.lists(st.sampled_from(Access)),
    equipements=st.lists(st.sampled_from(Amenity)),
    semaine=st.sampled_from(["oui", "non", "2027-07-03"]) | st.none(),
    tri=st.sampled_from(Sort) | st.none(),
    q=st.text(max_size=60),
)
async def test_an_address_leads_back_to_the_filters_it_was_made_of(cadre, acces, equipements, **typed):
    several = {"cadre": cadre, "acces": acces, "equipements": equipements}
    asked = [(name, str(value)) for name, value in typed.items() if value is not None]
    asked += [(name, one.value) for name, values in several.items() for one in values]
    filters = HomeFilters.of(MultiDict(asked))
    query = filters.address().partition("?")[2]
    assert HomeFilters.of(MultiDict(parse_qsl(query))) == filters


async def test_a_visitor_signs_in_first(browser):
    for address in ("/logements", f"/logements/{uuid4()}"):
        page = await browser.get(address)
        assert page.status_code in (302, 303) and "/connexion" in page.headers["location"]


async def test_a_flat_is_not_found_by_the_word_house(browser, index, anne, bilal, emilie):
    await a_home(bilal, title="Près du port", home_kind="house")
    await a_home(emilie, title="Sous les toits", home_kind="flat", body="Deux pièces claires, un balcon.")
    await run_jobs()
    hers = await browser.sign_in(anne)
    assert titles(await hers.get("/logements?q=maison")) == ["Près du port"]
    assert titles(await hers.get("/logements?q=appartement")) == ["Sous les toits"]
