"""What the search box proposes, and where each proposal leads."""

import asyncio
import re

import httpx

from app import database
from listings.reading import suggesting
from search.suggesting import Proposed
from tests.helpers.ads import published
from tests.helpers.finding import search, suggested


def options(said: str, group: str) -> list[tuple[str, str]]:
    """(address, text) of each proposal of a group, in order."""
    parts = dict(re.findall(r'role="group" aria-label="([^"]+)">(.*?)\n</div>', said, re.DOTALL))
    return re.findall(r'data-value="([^"]*)" data-href="([^"]*)"', parts.get(group, ""))


async def test_a_title_opens_its_ad(browser, index, anne, bilal):
    ad = await published(anne, "classifieds", title="Tondeuse à gazon")
    await browser.sign_in(bilal)
    await search(browser)
    assert options(await suggested(browser, "tond"), "Annonces et pages") == [
        ("Tondeuse à gazon", f"/annonces/{ad.id}")
    ]


async def test_a_title_two_ads_bear_is_searched(browser, index, anne, bilal):
    for author in (anne, bilal):
        await published(author, "classifieds", title="Tondeuse rouge")
    await browser.sign_in(bilal)
    await search(browser)
    said = await suggested(browser, "tond")
    assert options(said, "Annonces et pages") == [("Tondeuse rouge", "/recherche?q=Tondeuse+rouge")]


async def test_a_search_people_make_is_proposed_when_it_finds_something(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Une tondeuse pour le gazon, à prêter")
    await browser.sign_in(bilal)
    await search(browser)
    assert options(await suggested(browser, "tond"), "Recherches")[0] == ("tondeuse", "/recherche?q=tondeuse")
    assert not options(await suggested(browser, "trottin"), "Recherches")


async def test_what_went_away_a_moment_ago_is_proposed_no_more(browser, index, anne, bilal):
    ad = await published(anne, "classifieds", title="Tondeuse à gazon")
    await browser.sign_in(bilal)
    await search(browser)
    await database.execute("DELETE FROM listing WHERE id = $1", ad.id)  # the index has yet to follow
    said = await suggested(browser, "tond")
    assert not options(said, "Annonces et pages")
    assert not options(said, "Recherches")


async def test_nothing_is_proposed_of_who_is_blocked(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Tondeuse à gazon")
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", bilal.id, anne.id)
    await browser.sign_in(bilal)
    await search(browser)
    said = await suggested(browser, "tond")
    assert not options(said, "Annonces et pages")
    assert not options(said, "Recherches")


async def test_a_commune_leads_to_what_is_around_it(browser, index, bilal):
    await browser.sign_in(bilal)
    (_, first), *_ = options(await suggested(browser, "toulon"), "Communes")
    page = await browser.get(first.replace("&amp;", "&"))
    assert page.status_code == 200
    assert "Autour de Toulon" in page.text
    assert "À moins de 25 km" in page.text


async def test_a_category_is_proposed_by_its_name_and_by_what_else_it_is_called(browser, index, bilal):
    await browser.sign_in(bilal)
    for typed in ("garde d", "nounou"):
        proposed = options(await suggested(browser, typed), "Rubriques")
        assert ("Garde d’enfants", "/annonces?categorie=childcare") in proposed, typed


async def test_the_right_that_covers_what_is_typed_is_proposed_first_and_once(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Mes notes sur le SFT")
    await browser.sign_in(bilal)
    await search(browser)
    proposed = options(await suggested(browser, "sft"), "Annonces et pages")
    assert proposed[0] == ("Supplément familial de traitement ou de solde", "/droits/prestations/sft")
    assert [title for title, _ in proposed][1:] == ["Mes notes sur le SFT"]
    named = options(await suggested(browser, "supplément familial"), "Annonces et pages")
    assert [path for _, path in named].count("/droits/prestations/sft") == 1


async def test_one_letter_proposes_nothing(browser, index, bilal):
    await browser.sign_in(bilal)
    for typed in ("", "t", " t ", "\x00"):
        assert "option" not in await suggested(browser, typed)


async def test_what_is_typed_is_never_markup(browser, index, anne, bilal):
    await published(anne, "classifieds", title='Tondeuse <b>rouge</b> & "neuve"')
    await browser.sign_in(bilal)
    await search(browser)
    page = await browser.get("/suggestions", params={"q": "tond"})
    assert "<b>" not in page.text
    assert "&lt;b&gt;" in page.text


async def test_what_was_typed_before_is_given_up(browser, index, bilal, monkeypatch):
    begun, given_up = asyncio.Event(), asyncio.Event()

    async def slow_at_first(query):
        if query.words == "tondeuse":
            return Proposed(["tondeuse à gazon"], [])
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    monkeypatch.setattr(suggesting, "propose", slow_at_first)
    await browser.sign_in(bilal)
    async with asyncio.timeout(10):
        before: asyncio.Task[httpx.Response] = asyncio.create_task(browser.get("/suggestions", params={"q": "tond"}))
        await begun.wait()
        assert "tondeuse à gazon" in await suggested(browser, "tondeuse")
        assert (await before).status_code == 204
    assert given_up.is_set()
