"""A home is a row among ads and is never taken for one: each address of the one leads to the other, or is not there."""

import pytest

from app import database
from tests.helpers import ads
from tests.helpers.browser import words
from tests.helpers.homes import a_home, home_draft


async def test_the_page_of_an_ad_leads_to_that_of_the_home(browser, anne, bilal):
    home = await a_home(anne)
    for reader in (anne, bilal):
        await browser.sign_in(reader)
        assert (await browser.get(f"/annonces/{home.id}")).headers["location"] == f"/logements/{home.id}"


async def test_the_page_of_a_draft_leads_its_author_to_their_home_and_nobody_else(browser, anne, bilal):
    home = await home_draft(anne)
    await browser.sign_in(anne)
    assert (await browser.get(f"/annonces/{home.id}")).headers["location"] == "/moi/logement"
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{home.id}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "brouillon"),
        ("post", "brouillon"),
        ("get", "apercu"),
        ("post", "publication"),
        ("post", "suppression"),
        ("get", "modification"),
        ("post", "modification"),
        ("post", "modification/retrait"),
        ("get", "cloture"),
        ("post", "cloture"),
        ("get", "aide"),
        ("post", "prolongation"),
        ("post", "reprise"),
        ("get", "candidatures"),
        ("post", "reponses"),
        ("post", "verification"),
    ],
)
@pytest.mark.parametrize("make", [a_home, home_draft])
async def test_what_is_done_with_an_ad_is_not_done_with_a_home(browser, anne, make, method, path):
    home = await make(anne)
    await browser.sign_in(anne)
    here = f"/annonces/{home.id}/{path}"

    answer = await (browser.get(here) if method == "get" else browser.submit(here, body="Bonjour, une question ?"))

    assert answer.status_code == 404
    kept = await database.row("SELECT status, title FROM listing WHERE id = $1", home.id)
    assert (kept["status"], kept["title"]) == (home.status, home.title)


async def test_a_home_is_not_answered_and_the_refusal_leads_to_its_page(browser, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    for answer in (
        await browser.get(f"/annonces/{home.id}/candidature"),
        await browser.submit(f"/annonces/{home.id}/candidature", message="Votre maison me plaît beaucoup."),
    ):
        assert answer.status_code == 409
        assert "On ne répond pas à un logement par un message" in words(answer)
        assert f'href="/logements/{home.id}"' in answer.text
    assert await database.value("SELECT count(*) FROM conversation") == 0


async def test_a_home_stands_in_no_list_of_ads(browser, anne, bilal):
    home, ad = await a_home(anne), await ads.published(anne)
    await browser.sign_in(bilal)
    for path in ("/", "/annonces", "/annonces?departement=29", "/annonces?categorie=home"):
        page = (await browser.get(path)).text
        assert str(ad.id) in page, path
        assert str(home.id) not in page, path


async def test_it_stands_among_ones_own_with_its_own_ways(browser, anne):
    home = await a_home(anne)
    await browser.sign_in(anne)
    for path in ("/mes-annonces", "/mon-espace"):
        page = (await browser.get(path)).text
        assert 'href="/moi/logement"' in page, path
        assert f"/annonces/{home.id}" not in page, path
    own = (await browser.get("/mes-annonces")).text
    assert 'href="/moi/logement/modification"' in own and 'href="/moi/logement/retrait"' in own


async def test_a_draft_to_finish_leads_to_ones_home(browser, anne):
    home = await home_draft(anne)
    await browser.sign_in(anne)
    page = (await browser.get("/mon-espace")).text
    assert "Un brouillon à finir" in page
    assert f"/annonces/{home.id}" not in page and 'href="/moi/logement"' in page


async def test_publishing_a_home_begins_on_its_own_page(browser, anne):
    await browser.sign_in(anne)
    assert "Logements à échanger" in words(await browser.get("/annonces/nouvelle"))
    begun = await browser.submit("/annonces/nouvelle", category="home")
    assert begun.headers["location"] == "/moi/logement"
    assert await database.value("SELECT count(*) FROM listing") == 0


async def test_a_home_repeats_no_ad_and_no_ad_a_home(browser, anne):
    body = "Une maison de plain-pied, un jardin clos, la boulangerie au bout de la rue."
    await ads.published(anne, "tips", title="Maison claire à dix minutes de la plage", body=body)
    await home_draft(anne, body=body)
    await browser.sign_in(anne)
    assert "Vous avez déjà une annonce semblable" not in words(await browser.get("/moi/logement/apercu"))


async def test_a_home_is_reported_from_its_own_address(browser, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    for path in ("annonces", "logements"):
        page = await browser.get(f"/{path}/{home.id}/signalement")
        assert page.status_code == 200
        assert f'href="/logements/{home.id}"' in page.text
