"""Rights are found by the words people have, by visitors on their own page and by members in the one box."""

import re

import pytest

from app import database
from benefits.catalogue.documents import Benefits, all_rights
from benefits.catalogue.reading import sheets
from search.contract import Document
from search.documents.sources import sources
from search.following.deriving import derive_all
from search.keeping import keep
from tests.helpers.ads import published
from tests.helpers.browser import Browser, words
from tests.helpers.budget import Asked
from tests.helpers.jobs import run_jobs
from tests.search.pages.shown import ask, groups, guides_kept, pin

ASKED = {
    "prime rentrée": "ars",
    "aide démenagement": "changement-residence",
    "nounou cmg": "cmg",
    "crèche": "creches-defense",
    "allocations familliales": "af",
    "pension alimentaire": "mediation-pension",
    "prêt igesa": "pret-personnel-igesa",
    "décès du conjoint": "capital-deces",
    "prime de naissance": "prime-naissance",
    "chèque emploi service": "cesu-garde-enfant",
    "supplement familial de traitement": "sft",
    "périscolaire": "accueil-periscolaire",
    "orphelin": "pension-orphelin",
    "dettes": "surendettement",
    "assistante maternelle": "cmg",
}
FIRST = 3


@pytest.fixture
async def rights_kept(index) -> None:
    await keep(Benefits(), sorted(all_rights()))
    await run_jobs()


async def search(browser: Browser, typed: str) -> list[str]:
    """Where the answers lead, the pinned one first."""
    page = await browser.get("/droits/recherche", params={"q": typed})
    assert page.status_code == 200
    lines = re.findall(r'<h2 class="line-title"><a href="([^"]+)"', page.text)
    return [one for one in (pin(page), *lines) if one]


@pytest.mark.parametrize("typed", ASKED)
async def test_the_right_benefit_is_among_the_first_three(browser, rights_kept, typed):
    found = await search(browser, typed)
    assert f"/droits/prestations/{ASKED[typed]}" in found[:FIRST], found


async def test_every_sheet_is_found_by_its_own_title(browser, rights_kept):
    found = {one.path: (await search(browser, one.facts.title[:120]))[:FIRST] for one in sheets().values()}
    assert not [path for path, paths in found.items() if path not in paths]


async def test_distress_comes_before_any_benefit(browser, rights_kept):
    assert (await search(browser, "secours, je veux mourir"))[0].startswith("tel:")


@pytest.mark.parametrize(
    ("typed", "event"),
    [("mutation", "mutation"), ("je suis enceinte", "naissance"), ("divorce", "separation"), ("veuve", "deuil")],
)
async def test_what_happens_in_a_life_is_answered_by_its_guide(browser, rights_kept, typed, event):
    assert (await search(browser, typed))[0] == f"/droits/evenements/{event}"


async def test_nothing_found_leads_to_somebody_and_to_the_rubrics(browser, rights_kept):
    page = await browser.get("/droits/recherche", params={"q": "xylophone"})
    assert "Aucune réponse" in words(page)
    assert 'href="/contacts"' in page.text
    assert 'href="/droits/rubriques/enfants"' in page.text


async def test_nothing_typed_shows_the_rubrics(browser, rights_kept):
    assert 'href="/droits/rubriques/enfants"' in (await browser.get("/droits/recherche")).text


async def test_a_visitor_searches_without_a_cookie_and_for_one_query(browser, rights_kept):
    await search(browser, "crèche")
    with Asked() as asked:
        page = await browser.get("/droits/recherche", params={"q": "crèche"})
    assert asked.queries == 1
    assert "set-cookie" not in page.headers


async def test_what_is_typed_is_shown_as_text(browser, rights_kept):
    page = await browser.get("/droits/recherche", params={"q": "<script>crèche"})
    assert "<script>crèche" not in page.text


async def test_no_result_says_an_amount(browser, rights_kept):
    assert not [one.id for one in all_rights().values() if "€" in one.body]


async def test_the_one_box_pins_the_benefit_that_covers_the_need(browser, rights_kept, anne):
    await browser.sign_in(anne)
    page = await ask(browser, "prime de rentrée")
    assert pin(page) == "/droits/prestations/ars"
    assert sheets()["ars"].facts.summary in words(page)
    assert sheets()["ars"].sections[1].text not in words(page)


async def test_the_one_box_shows_rights_beside_ads(browser, rights_kept, anne, bilal):
    await published(bilal, "childcare", title="Nounou le mercredi")
    await guides_kept()
    await browser.sign_in(anne)
    found = groups(await ask(browser, "nounou cmg"))
    assert any("garde" in title for title in found["benefit"])


async def test_the_rights_of_an_existing_database_follow_at_the_next_start(index):
    await database.execute(
        "INSERT INTO search_document (id, type, title, body, published_at, version, found_by)"
        " VALUES ('droit-parti', 'benefit', 'Aide partie', '', now(), nextval('search_change'), '')"
    )
    await derive_all(source for source in sources() if source.is_fixed)
    kept = await database.rows("SELECT id FROM search_document WHERE type = 'benefit' AND NOT is_gone")
    assert {row["id"] for row in kept} == set(all_rights())


async def test_every_right_is_a_document_the_index_takes():
    known = all_rights()
    assert await Benefits().how_many() == len(known)
    assert all(re.fullmatch(r"[\w-]+", id, re.ASCII) for id in known)
    assert [one async for one in Benefits().every()] == [sorted(known)]
    found: list[Document] = await Benefits().documents(["droit-ars", "droit-parti"])
    assert [one.path for one in found] == ["/droits/prestations/ars"]
