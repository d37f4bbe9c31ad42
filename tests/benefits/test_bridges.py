"""The rights beside an ad: few, with a reason, and gone for whoever wants none."""

import pytest

from benefits.bridges.choosing import MOST, bridges_for
from listings.content import Content
from listings.kinds import Category, Deal, Kind
from tests.helpers import ads
from tests.helpers.browser import words


def asking(category: str, title: str = "", **details) -> Content:
    return Content(category=Category(category), kind=Kind.request, title=title, details=details)


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (asking("childcare", ages=["baby"]), "/droits/simulateurs/cmg"),
        (asking("school_run"), "/droits/prestations/accueil-periscolaire"),
        (asking("helping_hand", task="moving"), "/droits/simulateurs/aip"),
        (asking("helping_hand", task="paperwork"), "/droits/mes-droits"),
        (
            Content(category=Category.classifieds, deal=Deal.seek, title="Une poussette"),
            "/droits/simulateurs/paje-base",
        ),
        (Content(category=Category.classifieds, deal=Deal.seek, title="Cartable"), "/droits/simulateurs/ars"),
    ],
)
async def test_what_is_asked_for_says_which_rights(content: Content, path: str):
    found = bridges_for(content)
    assert path in [one.path for one in found] and len(found) <= MOST
    assert all(one.title and one.reason for one in found)


@pytest.mark.parametrize("category", [one for one in Category if one is not Category.tips])
async def test_every_bridge_leads_to_a_page(browser, category: Category):
    for task in ("moving", "errands", "garden", "paperwork", "other"):
        for title in ("", "Poussette", "Cartable"):
            for one in bridges_for(asking(category, title, task=task)):
                assert (await browser.get(one.path)).status_code == 200, one.path


@pytest.mark.parametrize("category", Category)
async def test_nothing_stands_beside_an_offer_of_help(category: Category):
    assert bridges_for(Content(category=category, kind=Kind.offer, deal=Deal.give)) == ()


async def test_the_ages_of_the_children_decide():
    older = [one.path for one in bridges_for(asking("childcare", ages=["teen"]))]
    assert "/droits/prestations/cesu-garde-enfant" not in older
    assert "/droits/prestations/cesu-garde-enfant" in [
        one.path for one in bridges_for(asking("childcare", ages=["baby"]))
    ]


async def test_the_form_its_preview_and_the_page_of_an_ad_show_them(browser, anne, bilal):
    ad = await ads.published(anne)
    draft = await ads.draft(anne)
    await browser.sign_in(anne)
    for path in (f"/annonces/{draft.id}/brouillon", f"/annonces/{draft.id}/apercu", f"/annonces/{ad.id}"):
        assert "Le saviez-vous" in words(await browser.get(path)), path
    await browser.sign_in(bilal)
    shown = await browser.get(f"/annonces/{ad.id}")
    assert "/droits/simulateurs/cmg" in shown.text and "employez la personne" in words(shown)


async def test_who_wants_none_sees_none_of_that_category_and_may_have_them_back(browser, anne, bilal):
    ad, other = await ads.published(anne), await ads.published(anne, "school_run")
    await browser.sign_in(bilal)
    await browser.get(f"/annonces/{ad.id}")
    hidden = await browser.submit("/moi/passerelles/childcare/masquer", retour=f"/annonces/{ad.id}")
    assert hidden.headers["location"] == f"/annonces/{ad.id}"
    assert "Le saviez-vous" not in words(await browser.follow(hidden))
    assert "Le saviez-vous" in words(await browser.get(f"/annonces/{other.id}"))
    await browser.submit("/moi/passerelles/childcare/masquer")
    assert "Garde d’enfants" in words(await browser.get("/moi/passerelles"))
    await browser.follow(await browser.submit("/moi/passerelles/childcare/montrer"))
    assert "Le saviez-vous" in words(await browser.get(f"/annonces/{ad.id}"))


async def test_it_never_leads_out_of_the_site_and_knows_its_categories(browser, bilal):
    await browser.sign_in(bilal)
    back = await browser.submit("/moi/passerelles/rides/masquer", retour="//evil.example")
    assert back.headers["location"] == "/moi/passerelles"
    assert (await browser.submit("/moi/passerelles/yachts/masquer")).status_code == 404
