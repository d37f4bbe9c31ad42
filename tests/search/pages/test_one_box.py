"""One box for everything: groups, what covers the need, what is hidden, and what to do when there is nothing."""

import html
import re
from datetime import timedelta

import pytest

from app import database
from app.dates import now
from listings.life.removing import remove
from members.blocking import block, unblock
from moderation.rules.screening import RULESET
from search import engine as chosen
from search.contract import EngineUnavailable
from search.documents.guides import NEEDS
from search.pages.pinning import care_for
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.homes import a_home, titles
from tests.search.pages.shown import ask, groups, guides_kept, pin


async def test_ads_tips_and_pages_of_the_site_answer_together(browser, index, anne, bilal):
    await guides_kept()
    await published(anne, "classifieds", title="Vélo d’enfant")
    await published(anne, "tips", title="Où faire réparer un vélo")
    await published(anne, "rides", title="Trajet de Quimper")
    await browser.sign_in(bilal)

    page = await ask(browser, "vélo")
    assert groups(page) == {"listing": ["Vélo d’enfant"], "tip": ["Où faire réparer un vélo"]}
    assert "2 résultats" in words(page)
    assert "<mark>Vélo</mark>" in page.text

    await published(anne, "tips", title="Sauvegarder ses données")
    charter = groups(await ask(browser, "vos données"))
    assert "Charte : Vos données" in charter["guide"]


async def test_homes_stand_on_a_shelf_of_their_own(browser, index, anne, bilal, farid):
    home = await a_home(anne, title="Maison face à la mer")
    await a_home(farid, title="Appartement au centre")
    await published(anne, "classifieds", title="Jouets pour la mer")
    await browser.sign_in(bilal)

    page = await ask(browser, "mer")
    assert groups(page)["home"][0] == "Maison face à la mer"
    assert groups(page)["listing"] == ["Jouets pour la mer"]
    assert f'href="/logements/{home.id}"' in page.text

    await published(anne, "classifieds", title="Appartement de poupée")
    found = groups(await ask(browser, "appartement"))
    assert (found["listing"], found["home"][0]) == (["Appartement de poupée"], "Appartement au centre")


async def test_more_homes_than_the_shelf_holds_are_read_in_their_list(browser, index, anne, bilal, chloe, farid, denis):
    for host in (anne, chloe, farid, denis):
        await a_home(host, title=f"Chalet {host.first_name}")
    await browser.sign_in(bilal)

    page = await ask(browser, "chalet")

    assert len(groups(page)["home"]) == 3
    assert 'href="/logements?q=chalet"' in page.text
    assert "4 résultats" in words(page)


async def test_a_home_goes_from_the_shelf_as_soon_as_it_may_not_be_seen(browser, index, anne, bilal):
    home = await a_home(anne, title="Gîte zebulonade")
    await browser.sign_in(bilal)
    assert groups(await ask(browser, "zebulonade")) == {"home": ["Gîte zebulonade"]}

    await block(anne.id, bilal.id)

    assert "Gîte" not in (await browser.get("/recherche", params={"q": "zebulonade"})).text
    await unblock(anne.id, bilal.id)
    await remove(home.id)
    assert "Gîte" not in (await browser.get("/recherche", params={"q": "zebulonade"})).text


async def test_what_is_near_comes_first_wherever_one_searches_by_words(browser, index, anne, farid):
    """Farid lives in Brest; what is there answers less well, and is older."""
    long_ago = now() - timedelta(days=20)
    await published(anne, "classifieds", title="Au jardin", body="Une tondeuse à gazon.", published_at=long_ago)
    await published(anne, "classifieds", title="Tondeuse", body="Elle démarre bien.", commune="83137")
    await browser.sign_in(farid)

    assert groups(await ask(browser, "tondeuse"))["listing"] == ["Au jardin", "Tondeuse"]
    assert titles(await browser.get("/annonces?q=tondeuse")) == ["Au jardin", "Tondeuse"]
    assert titles(await browser.get("/annonces?q=tondeuse&tri=newest")) == ["Tondeuse", "Au jardin"]


async def test_a_page_that_only_mentions_what_ads_are_about_does_not_answer_beside_them(browser, index, anne, bilal):
    await guides_kept()
    await browser.sign_in(bilal)
    assert "Charte : Ce que vous pouvez publier" in groups(await ask(browser, "covoiturage"))["guide"]

    await published(anne, "rides", title="Covoiturage vers Brest")
    page = await ask(browser, "covoiturage")
    assert groups(page) == {"listing": ["Covoiturage vers Brest"]}
    assert "1 résultat " in words(page)
    assert "guide" in groups(await ask(browser, "signaler covoiturage"))


async def test_a_page_of_the_site_leads_to_its_place(browser, index, bilal):
    await guides_kept()
    await browser.sign_in(bilal)
    assert 'href="/charte#article-14"' in (await ask(browser, "contester une décision")).text
    assert 'id="article-14"' in (await browser.get("/charte")).text


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("suicide", "tel:3114"),
        ("suicde", "tel:3114"),
        ("violences conjugales", "tel:3919"),
        ("mon mari est violent", "tel:3919"),
        ("mon mari me frappe", "tel:17"),
        ("peur de mon mari", "tel:3919"),
        ("je suis à bout", "tel:0808800321"),
        ("plus envie de vivre", "tel:3114"),
        ("nulle part où dormir", "tel:115"),
        ("enfant en danger", "tel:119"),
        ("harcèlement scolaire", "tel:3018"),
        ("Burn-out", "tel:0808800321"),
        ("signaler une arnaque", "/signaler-un-contenu-illicite"),
    ],
)
async def test_what_covers_a_need_comes_first(typed, first, browser, index, anne, bilal):
    await guides_kept()
    await published(anne, "helping_hand", title="Mon mari cherche un coup de main")
    await browser.sign_in(bilal)
    page = await ask(browser, typed)
    assert pin(page) == first
    assert "Aide et écoute" not in " ".join(groups(page).get("guide", [])), "once is enough"
    assert pin(await browser.get("/annonces", params={"q": typed})) == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("assistante sociale", "/service-social"),
        ("je ne peux pas payer mon loyer", "/droits/prestations/fonds-solidarite-logement"),
        ("j’ai perdu un proche", "/droits/evenements/deuil"),
    ],
)
async def test_who_asks_for_help_is_led_to_who_gives_it(typed, first, browser, index, bilal):
    await guides_kept()
    await browser.sign_in(bilal)
    assert pin(await ask(browser, typed)) == first


async def test_every_helpline_answers_a_need_of_its_own():
    assert set(NEEDS) == set(RULESET.helplines)
    for name, needs in NEEDS.items():
        assert all(RULESET.helplines[name] in care_for(need).lines for need in needs)


@pytest.mark.parametrize(
    "typed", ["violon", "coup de main", "bout de bois", "garde d’urgence", "femme de ménage", "fin", "mon mari bricole"]
)
async def test_who_is_not_is_not(typed, browser, index, bilal):
    await guides_kept()
    await browser.sign_in(bilal)
    assert pin(await ask(browser, typed)) is None


async def test_the_blocked_are_in_no_group_and_no_number(browser, index, anne, bilal, emilie):
    await published(anne, "classifieds", title="Vélo d’Anne")
    await published(emilie, "classifieds", title="Vélo d’Émilie")
    await browser.sign_in(bilal)
    assert "2 résultats" in words(await ask(browser, "vélo"))

    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", anne.id, bilal.id)
    page = await ask(browser, "vélo")
    assert groups(page) == {"listing": ["Vélo d’Émilie"]}
    assert "1 résultat " in words(page)


async def test_nothing_found_proposes_to_be_told_other_categories_and_to_publish(browser, index, bilal):
    await browser.sign_in(bilal)
    page = await ask(browser, "trombone à coulisse")
    assert "Aucun résultat" in words(page)
    assert 'href="/moi/recherches/nouvelle?q=trombone+%C3%A0+coulisse"' in page.text
    for address in ("/annonces?categorie=childcare", "/annonces/nouvelle"):
        assert f'href="{address}"' in page.text


async def test_nothing_typed_asks_what_one_looks_for(browser, bilal):
    await browser.sign_in(bilal)
    for address in ("/recherche", "/recherche?q=", "/recherche?q=%00", "/recherche?q=%20"):
        assert "Que cherchez-vous" in (await browser.get(address)).text


async def test_the_box_of_every_page_leads_there(browser, bilal):
    await browser.sign_in(bilal)
    assert 'class="top-search" action="/recherche"' in (await browser.get("/charte")).text
    assert 'action="/recherche"' in (await browser.get("/annonces")).text


async def test_the_boxes_keep_what_was_typed_to_be_corrected(browser, index, bilal):
    await browser.sign_in(bilal)
    for path, typed in (("/recherche", 'v"lo'), ("/recherche", "vélo"), ("/annonces", "vélo"), ("/annonces", "")):
        page = await browser.get(path, params={"q": typed})
        shown = re.findall(r'type="search" name="q" value="([^"]*)"', page.text)
        assert list(map(html.unescape, shown)) == [typed, typed]
    assert 'name="q" value=""' in (await browser.get("/charte")).text


async def test_no_line_of_a_title_begins_with_a_colon(browser, index, anne, bilal):
    await published(anne, "tips", title="Marché du mercredi : les bons plans", body="Fromages : le matin !")
    await browser.sign_in(bilal)
    page = await ask(browser, "marché")
    assert "mercredi\u00a0: les" in page.text and "Fromages\u00a0: le matin\u00a0!" in page.text
    assert "mercredi\u00a0: les" in (await browser.get("/annonces")).text


async def test_results_are_narrowed_further_on_the_list(browser, index, anne, bilal):
    await published(anne, "classifieds", title="Vélo")
    await browser.sign_in(bilal)
    page = await ask(browser, "vélo")
    assert 'href="/annonces?q=v%C3%A9lo"' in page.text
    assert 'href="/annonces?q=v%C3%A9lo&amp;rayon=25"' in page.text
    assert "Près de Quimper" in words(page)
    assert "Tout voir" not in words(page), "it is there already"


async def test_markup_typed_or_published_stays_words(browser, index, anne, bilal):
    await published(
        anne, "classifieds", title="Vélo <b>gras</b> & léger", body="Avec <script>alert(1)</script> dedans."
    )
    await browser.sign_in(bilal)
    page = await ask(browser, "vélo <img src=x>")
    assert "<b>gras" not in page.text and "<img src=x" not in page.text and "<script>alert" not in page.text


async def test_without_its_engine_the_box_still_answers_and_says_so(browser, index, anne, bilal, monkeypatch):
    class Away:
        name = "away"
        needs_rebuild = False

        async def grouped(self, _query, _sizes):
            raise EngineUnavailable("away")

    await published(anne, "classifieds", title="Vélo d’enfant")
    monkeypatch.setattr(chosen, "_current", Away())
    await browser.sign_in(bilal)
    page = await browser.get("/recherche", params={"q": "vélos"})
    assert groups(page) == {"listing": ["Vélo d’enfant"]}
    assert "revient dans un instant" in page.text


async def test_the_page_asks_the_database_little(browser, index, anne, bilal):
    await guides_kept()
    for number in range(8):
        await published(anne, "classifieds", title=f"Vélo numéro {number}")
    await browser.sign_in(bilal)
    page = await ask(browser, "vélo signaler")
    with Asked() as asked:
        page = await browser.get("/recherche", params={"q": "vélo"})
    assert len(groups(page)["listing"]) == 6 and "Tout voir : Annonces" in words(page)
    assert asked.queries <= 4, asked.queries
    assert len(page.content) <= 40 * 1024
