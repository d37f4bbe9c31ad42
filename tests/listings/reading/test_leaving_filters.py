"""How somebody sees that a list is narrowed, and how they widen it again."""

import html
from datetime import time

from listings.schedules.schedule import Schedule, Weekly
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.finding import search


async def test_an_empty_list_tries_without_its_narrowest_filters(browser, index, anne, bilal):
    morning = Schedule(weekly=Weekly(days=(4,), starts=time(9), ends=time(11)))
    await published(anne, title="Baby-sitting", commune="29019", schedule=morning)
    await browser.sign_in(bilal)
    page = await search(browser, q="baby-sitter", commune="Brest (29)", rayon=10, jours=4, moments="evening")
    assert "Sans « Le soir » 1 annonce" in words(page)


async def test_the_button_of_the_filters_counts_no_words(browser, index, bilal):
    await browser.sign_in(bilal)
    assert "Filtrer 2 " in words(await search(browser, q="vélo", categorie="classifieds", rayon=10))
    assert "Filtrer Fermer" in words(await search(browser, q="vélo")).replace("Filtrer Filtrer", "Filtrer")


async def test_a_filter_taken_away_on_the_map_leaves_one_there(browser, index, bilal):
    await browser.sign_in(bilal)
    page = html.unescape((await browser.get("/annonces/carte?categorie=rides&type=offer")).text)
    for address in ("/annonces/carte?categorie=rides", "/annonces/carte?type=offer"):
        assert f'class="chip" href="{address}"' in page
