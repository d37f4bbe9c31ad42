"""Each filter of the list keeps what it says, counts what it would leave, and can be taken away."""

import html
import re
from datetime import time
from uuid import uuid4

import pytest

from app import database
from app.paging import SIZE
from listings.reading.list_page import MARKED
from listings.schedules.schedule import Schedule, Slot, Weekly
from places.communes import table
from places.departments import Department, departments
from tests.helpers.ads import in_days, published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.finding import found, numbers, search

BRITTANY = "53"
BREST, QUIMPER, RENNES, LILLE = "29019", "29232", "35238", "59350"


def chips(page) -> dict[str, str]:
    """What each filter in force is called, and where one goes without it."""
    shown = re.findall(r'class="chip" href="([^"]+)">([^<]+)<svg.*?</svg><span[^>]*>\s: retirer', page.text)
    return {html.unescape(name): html.unescape(address) for address, name in shown}


def weekly(*days: int, **given) -> Schedule:
    return Schedule(weekly=Weekly(days=days, **given))


async def test_a_region_holds_its_departments(browser, index, anne, bilal):
    await published(anne, "rides", title="Trajet de Brest", commune=BREST)
    await published(anne, "rides", title="Trajet de Rennes", commune=RENNES)
    await published(anne, "rides", title="Trajet de Lille", commune=LILLE)
    await browser.sign_in(bilal)

    brittany = await search(browser, region="53")
    assert set(found(brittany)) == {"Trajet de Brest", "Trajet de Rennes"}
    assert (numbers(brittany)["29"], numbers(brittany)["35"]) == (1, 1)
    assert "59" not in numbers(brittany), "departments elsewhere are not proposed"
    assert brittany.text.index(">Bretagne") < brittany.text.index(">Hauts-de-France"), "by name, not by number"
    assert numbers(brittany)["32"] == 1, "other regions count without the one that is chosen"
    assert found(await search(browser, region="53", departement="29")) == ["Trajet de Brest"]
    assert set(found(await search(browser, region="32", departement="29"))) == {"Trajet de Lille"}


@pytest.mark.parametrize(
    ("km", "towns"), [(5, {"Brest"}), (100, {"Brest", "Quimper"}), (None, {"Brest", "Quimper", "Lille"})]
)
async def test_distances_are_counted_from_any_commune(km, towns, browser, index, anne, bilal):
    for name, code in (("Lille", LILLE), ("Quimper", QUIMPER), ("Brest", BREST)):
        await published(anne, "rides", title=name, commune=code)
    await browser.sign_in(bilal)  # lives in Quimper

    for typed in ("Brest (29)", "29200", "brest 29"):
        page = await search(browser, commune=typed, **({"rayon": km} if km else {}))
        assert set(found(page)) == towns, typed
    assert found(page)[0] == "Brest" or km, "without a bound the nearest come first"
    assert "Autour de Brest" in chips(page)
    assert 'value="Brest (29)"' in page.text
    assert "Quimper" in words(page).partition("Autour de")[2], "one's own commune stays at hand"


async def test_a_commune_in_doubt_is_asked_again_and_an_unknown_one_is_said(browser, index, bilal):
    await browser.sign_in(bilal)
    page = await search(browser, commune="Saint-Denis", rayon=10)
    assert "De quelle commune parlez-vous" in words(page)
    assert 'href="/annonces?commune=Saint-Denis+%28974%29&amp;rayon=10"' in page.text
    assert "Nous ne trouvons pas la commune « zzzzzz »" in words(await search(browser, commune="zzzzzz"))


async def test_days_and_moments_keep_what_has_any_of_them(browser, index, anne, bilal):
    await published(anne, title="Mercredi matin", schedule=weekly(2, starts=time(9), ends=time(11)))
    await published(anne, title="Mercredi soir", schedule=weekly(2, starts=time(19), ends=time(21)))
    await published(anne, title="Samedi soir", schedule=weekly(5, starts=time(19), ends=time(21)))
    await browser.sign_in(bilal)

    for asked, titles in (
        ({"jours": 2}, {"Mercredi matin", "Mercredi soir"}),
        ({"jours": [2, 5]}, {"Mercredi matin", "Mercredi soir", "Samedi soir"}),
        ({"moments": "evening"}, {"Mercredi soir", "Samedi soir"}),
        ({"jours": 2, "moments": "evening"}, {"Mercredi soir"}),
        ({"jours": 0}, set()),
    ):
        assert set(found(await search(browser, **asked))) == titles, asked
    page = await search(browser, jours=[2, 5], moments="evening")
    assert chips(page) == {
        "Mercredi": "/annonces?jours=5&moments=evening",
        "Samedi": "/annonces?jours=2&moments=evening",
        "Le soir": "/annonces?jours=2&jours=5",
    }
    assert re.search(r'value="2" checked>.*?facet-count">1<', page.text), "the evenings of a Wednesday"


async def test_a_price_bounds_what_is_sold_and_keeps_what_is_given(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Vélo à 80 €", deal="sell", price_cents=8_000)
    await published(anne, "classifieds", title="Vélo à 20 €", deal="sell", price_cents=2_000)
    await published(anne, "classifieds", title="Vélo à donner")
    await browser.sign_in(bilal)
    page = await search(browser, categorie="classifieds", prix_max=50)
    assert set(found(page)) == {"Vélo à 20 €", "Vélo à donner"}
    assert "50 € au plus" in chips(page)


async def test_photos_and_those_who_have_helped(browser, index, anne, bilal, emilie):
    await database.execute("UPDATE member SET families_helped = 2 WHERE id = $1", anne.id)
    await published(anne, "tips", title="D’Anne, qui a aidé")
    await published(emilie, "tips", title="D’Émilie")
    await browser.sign_in(bilal)
    page = await search(browser, aide="oui")
    assert found(page) == ["D’Anne, qui a aidé"]
    assert chips(page) == {"Par une personne qui a déjà aidé": "/annonces"}
    assert found(await search(browser, photos="oui")) == []


async def test_the_soonest_come_first_and_what_has_no_day_last(browser, index, anne, bilal):
    for title, days in (("Dans dix jours", 10), ("Demain", 1)):
        await published(anne, "rides", title=title, schedule=Schedule(slots=(Slot(on=in_days(days)),)))
    await published(anne, "rides", title="Sans date", schedule=None)
    await browser.sign_in(bilal)
    assert found(await search(browser, tri="soonest", categorie="rides")) == ["Demain", "Dans dix jours", "Sans date"]


async def test_nothing_tells_when_the_home_of_a_cat_is_empty(browser, index, anne, bilal):
    """No filter and no order singles out the days somebody is away."""
    away = Schedule(slots=(Slot(on=in_days(3)), Slot(on=in_days(4))))
    await published(anne, "pet_care", title="Nourrir notre chat", schedule=away)
    await published(anne, "pet_care", title="Nourrir notre chien", schedule=None)
    await browser.sign_in(bilal)

    everything = found(await search(browser, categorie="pet_care"))
    for asked in (
        {"du": in_days(3).isoformat(), "au": in_days(4).isoformat()},
        {"du": in_days(30).isoformat()},
        {"jours": in_days(3).weekday()},
        {"moments": "morning"},
        {"tri": "soonest"},
    ):
        page = await search(browser, categorie="pet_care", **asked)
        assert found(page) == everything, asked
        assert chips(page) == {"Garde d’animaux": "/annonces"}
        assert 'name="du"' not in page.text and 'name="jours"' not in page.text
    assert set(found(await search(browser, jours=in_days(3).weekday()))) == set()
    with_all_days = await search(browser, jours=list(range(7)))
    assert "Nourrir notre chat" not in found(with_all_days), "without a category a day leaves both out alike"


async def test_an_empty_list_says_what_would_find_something(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Poussette", commune=BREST)
    await browser.sign_in(bilal)  # in Quimper, 60 km away

    page = await search(browser, q="poussette", rayon=5, categorie="classifieds")
    assert found(page) == []
    said = html.unescape(page.text)
    assert 'href="/annonces?q=poussette&categorie=classifieds&rayon=25"' not in said, "25 km would find nothing either"
    assert 'href="/annonces?q=poussette&categorie=classifieds"' in said
    assert "Sans « À moins de 5 km » 1 annonce" in words(page)
    assert 'href="/moi/recherches/nouvelle?q=poussette&categorie=classifieds&rayon=5"' in said


async def test_each_filter_is_taken_away_alone_or_all_at_once(browser, index, bilal):
    await browser.sign_in(bilal)
    page = await search(browser, q="vélo", categorie="classifieds", nature="give", rayon=10)
    assert chips(page) == {
        "« vélo »": "/annonces?categorie=classifieds&nature=give&rayon=10",
        "Petites annonces": "/annonces?q=v%C3%A9lo&nature=give&rayon=10",
        "À donner": "/annonces?q=v%C3%A9lo&categorie=classifieds&rayon=10",
        "À moins de 10 km": "/annonces?q=v%C3%A9lo&categorie=classifieds&nature=give",
    }
    assert "Tout effacer" in words(page)


async def test_the_map_counts_under_the_filters_and_hides_small_numbers(browser, index, anne, bilal):
    for number in range(3):
        await published(anne, "rides", title=f"Trajet {number}", commune=BREST)
    await published(anne, "rides", title="Trajet seul", commune=RENNES)
    await published(anne, "tips", title="Astuce", commune=LILLE)
    await browser.sign_in(bilal)
    await search(browser)

    said = words(await browser.get("/annonces/carte?categorie=rides&departement=29"))
    assert "Finistère (29) : 3 annonces" in said
    assert "Ille-et-Vilaine (35) : moins de 3 annonces" in said
    assert "Nord (59)" not in said.partition("Voir la liste")[2]


async def test_the_number_of_results_is_said_to_screen_readers(browser, index, anne, bilal):
    await published(anne, "rides")
    await browser.sign_in(bilal)
    for asked, text in (({}, "1 annonce"), ({"q": "trombone"}, "Aucune annonce")):
        page = await search(browser, **asked)
        assert re.search(rf'<span role="status" id="results-count">{text}</span>', page.text)


@pytest.mark.parametrize(
    "asked",
    ["q=garde&region=53&jours=2&moments=evening&photos=oui", "commune=Brest+(29)&rayon=10", "tri=soonest", "aide=oui"],
)
async def test_a_narrowed_list_asks_the_database_little(asked, browser, index, anne, bilal):
    for _ in range(5):
        await published(anne, schedule=Schedule(slots=(Slot(on=in_days(2)),)))
    await browser.sign_in(bilal)
    await search(browser)
    await browser.get(f"/annonces?{asked}")
    with Asked() as counted:
        page = await browser.get(f"/annonces?{asked}")
    assert counted.queries <= (8 if "Rien pour" in page.text else 4), counted.queries
    assert len(page.content) <= 40 * 1024


async def test_a_list_as_full_as_can_be_stays_light(browser, index, anne, bilal):
    """Ads everywhere, told at length, half with a photo, every filter with its counts, words to mark in each."""
    title = "Garde de nos deux enfants le mercredi, de la sortie de l’école au soir"
    body = "Bonjour, nous cherchons une personne douce pour la garde de nos enfants. " * 4
    towns = {department.region: _town_of(department) for department in departments()}
    home = [_town_of(department) for department in departments() if department.region == BRITTANY]
    for code in {*towns.values(), *home}:
        for category, photos in (("childcare", []), ("classifieds", [uuid4()])):
            ad = await published(
                anne, category, title=title, body=body, commune=code, schedule=weekly(2, starts=time(16))
            )
            await database.execute("UPDATE listing SET photos = $2 WHERE id = $1", ad.id, photos)
    await browser.sign_in(bilal)

    for asked, most in (({}, SIZE), ({"q": "garde enfants"}, MARKED)):
        page = await search(browser, **asked)
        assert len(found(page)) == most
        assert len(page.content) <= 40 * 1024, asked


def _town_of(department: Department) -> str:
    return next(code for code in table().codes if code.startswith(department.code))
