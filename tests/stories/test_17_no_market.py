"""Giving, lending, selling a little: what keeps this from becoming a market."""

import re

import pytest

from tests.helpers.ads import draft, published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take, take_and_decide
from tests.helpers.drawings import SAME, drawing, jpeg
from tests.helpers.sales import sold

GIVEN = {
    "title": "Poussette pliante",
    "body": "Bonne poussette, peu servie, à venir chercher.",
    "condition": "good",
    "commune": "Brest (29)",
}


async def begun(browser) -> str:
    """The address of a new small ad."""
    answer = await browser.submit("/annonces/nouvelle", category="classifieds")
    return answer.headers["location"].removesuffix("/brouillon")


async def test_a_price_is_asked_only_for_what_is_sold_and_stays_small(browser, anne):
    await browser.sign_in(anne)
    ad = await begun(browser)
    given = await browser.submit(f"{ad}/brouillon", do="preview", deal="give", price="30", **GIVEN)
    page = words(await browser.follow(given))
    assert "À donner" in page and "30" not in re.sub(r"\D", " ", page).split()

    dear = await browser.submit(f"{ad}/brouillon", do="preview", deal="sell", price="6000", **GIVEN)
    assert dear.status_code == 422 and "5 000 € au plus" in words(dear).replace("\u202f", " ")
    fair = await browser.follow(await browser.submit(f"{ad}/brouillon", do="preview", deal="sell", price="30", **GIVEN))
    assert "30 €" in words(fair).replace("\u202f", " ")


async def test_a_gift_that_asks_for_money_is_told_so_before_it_is_sent(browser, anne):
    await browser.sign_in(anne)
    ad = await begun(browser)
    asks = {**GIVEN, "body": "Bonne poussette, 25 € à débattre, à venir chercher."}
    page = await browser.follow(await browser.submit(f"{ad}/brouillon", do="preview", deal="give", **asks))
    assert "Un don ou un prêt ne demande pas d’argent" in words(page)


async def test_who_sells_a_lot_is_told_then_read_first(browser, another_browser, anne, chloe):
    await browser.sign_in(anne)
    await sold(anne, 14)
    assert "15e vente de l’année" in words(await browser.get(await _on_sale(browser, "Lampe de bureau")))
    await sold(anne, 15)
    assert "Vous avez mis 29 objets en vente cette année" in words(await browser.get("/mes-annonces"))

    preview = await _on_sale(browser, "Table de chevet")
    page = words(await browser.get(preview))
    assert "30e vente de l’année" in page and "2 000 € par an" in page.replace("\u202f", " ")
    answer = await browser.submit(preview.replace("apercu", "publication"))
    assert "une personne de l’équipe la lit" in words(await browser.follow(answer)).lower()

    await another_browser.sign_in(chloe)
    queue = words(await another_browser.get("/moderation"))
    assert "Table de chevet" in queue and "commerce" in queue
    case = (await case_of(preview.split("/")[2]))["id"]
    dossier = words(await another_browser.get(f"/moderation/dossiers/{case}"))
    assert "30e vente de cette personne" in dossier and "votre 30e vente" not in dossier


async def _on_sale(browser, title: str) -> str:
    """The address of the preview of an ad that sells."""
    ad = await begun(browser)
    given = {**GIVEN, "title": title, "body": f"{title} en bon état, à venir chercher à Brest.", "price": "5"}
    answer = await browser.submit(f"{ad}/brouillon", do="preview", deal="sell", **given)
    assert answer.headers["location"] == f"{ad}/apercu"
    return f"{ad}/apercu"


async def test_an_ad_said_again_is_first_a_question_to_its_author(browser, another_browser, anne, chloe):
    first = await published(anne, "classifieds", title=GIVEN["title"], body=GIVEN["body"])
    await browser.sign_in(anne)
    ad = await begun(browser)
    page = await browser.follow(await browser.submit(f"{ad}/brouillon", do="preview", deal="give", **GIVEN))

    assert "Cette annonce ressemble à la vôtre « Poussette pliante », envoyée aujourd’hui" in words(page)
    for way in ("prolongation", "modification"):
        assert f"/annonces/{first.id}/{way}" in page.text

    await browser.submit(f"{ad}/publication")
    case = (await case_of(ad.removeprefix("/annonces/")))["id"]
    shown = await take(await another_browser.sign_in(chloe), case)
    dossier = words(shown)
    assert "repeat.same-words" in dossier and "presque les mêmes" in dossier
    assert "à une autre de la même personne" in dossier and "la vôtre" not in dossier
    assert f'href="/annonces/{first.id}"' in shown.text
    assert (await another_browser.get(f"/annonces/{first.id}")).status_code == 200
    await take_and_decide(another_browser, case, "ask_changes", reason="repeated", words="Prolongez la première.")
    assert "Prolongez la première." in words(await browser.get(f"{ad}/brouillon"))


@pytest.mark.parametrize("how", SAME)
async def test_the_same_photo_is_known_again_however_it_was_sent(browser, anne, how):
    await browser.sign_in(anne)
    picture = drawing(21, 1200, 900)
    first = await draft(anne, "classifieds", title="Landau", body="Un landau pour un nouveau-né, en bon état.")
    ad = await begun(browser)
    for path, image, said in (
        (f"/annonces/{first.id}", picture, {"title": first.title, "body": first.body}),
        (ad, SAME[how](picture), {"title": "À saisir vite", "body": "Voir la photo, tout est dit, à Brest."}),
    ):
        sent = {**GIVEN, **said, "deal": "give", "do": "preview"}
        answer = await browser.submit(
            f"{path}/brouillon", files=[("photos", ("p.jpg", jpeg(image), "image/jpeg"))], **sent
        )
        assert answer.status_code == 303
        if path != ad:
            await browser.submit(f"{path}/publication")
    assert "Une photo est la même" in words(await browser.get(f"{ad}/apercu"))
