"""An ad said again: shown to its author first, then read by a moderator."""

import asyncio

import msgspec
import pytest

from app import database
from listings.content import Content
from listings.kinds import Category, Deal, Kind
from listings.market.repeating import same_words
from listings.schedules.schedule import Schedule, Slot
from tests.helpers.ads import closed, content, draft, in_days, pending, published
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.cases import case_of, take
from tests.helpers.drawings import cropped, drawing, jpeg

POUSSETTE = ("Poussette pliante", "Bonne poussette, peu servie, à venir chercher à Brest.")
SAME = {
    "the very same": (POUSSETTE, POUSSETTE),
    "loud and without accents": (
        POUSSETTE,
        ("POUSSETTE PLIANTE !!", "Bonne poussette peu servie ; a venir chercher a Brest :)"),
    ),
    "one word changed": (POUSSETTE, ("Poussette pliable", "Bonne poussette, peu servie, à venir chercher sur Brest.")),
    "sentences in another order": (
        ("Poussette pliante", "Bonne poussette, peu servie, à venir chercher à Brest. Je suis libre le soir."),
        ("Poussette pliante à saisir", "Je suis libre le soir. À venir chercher à Brest. Bonne poussette, peu servie."),
    ),
    "a word added": (
        (
            "Canapé d’angle",
            "Canapé gris en tissu, trois places, quelques traces, à venir chercher au deuxième.",
        ),
        (
            "Canapé d’angle gris",
            "Canapé gris en tissu, trois places, quelques traces. À venir chercher. Urgent.",
        ),
    ),
}
OTHER = {
    "another thing, said alike": (POUSSETTE, ("Lit parapluie", "Bon lit, peu servi, à venir chercher à Brest.")),
    "another toy": (
        ("Vélo enfant bleu", "Vélo pour enfant, bon état, à venir chercher à Brest."),
        ("Trottinette enfant", "Trottinette pour enfant, bon état, à venir chercher à Brest."),
    ),
    "another year of school": (
        ("Livres de sixième", "Manuels scolaires de sixième, bon état, collège."),
        ("Livres de cinquième", "Manuels scolaires de cinquième, bon état, collège."),
    ),
    "another size": (
        ("Chaussures de marche, taille 38", "Très peu portées, à venir chercher à Brest."),
        ("Chaussures de marche, taille 42", "Très peu portées, à venir chercher à Brest."),
    ),
    "another table": (
        ("Table basse en bois", "Table basse en chêne, un mètre sur soixante, à venir chercher."),
        ("Table à manger en bois", "Table à manger en chêne, deux mètres sur un, six chaises, à venir chercher."),
    ),
}


def ad(said: tuple[str, str], **given) -> Content:
    kept = {"category": Category.classifieds, "kind": Kind.offer, "deal": Deal.give, **given}
    return Content(title=said[0], body=said[1], **kept)


@pytest.mark.parametrize("case", SAME)
async def test_the_same_words_are_known_again(case):
    one, other = SAME[case]
    assert same_words(ad(one), ad(other))


@pytest.mark.parametrize("case", OTHER)
async def test_other_words_are_another_ad(case):
    one, other = OTHER[case]
    assert not same_words(ad(one), ad(other))


async def test_other_days_and_the_other_way_round_are_another_ad():
    one = ad(POUSSETTE)
    days = [Schedule(slots=(Slot(on=in_days(day)),)) for day in (7, 14)]
    weekly = [msgspec.structs.replace(one, schedule=day) for day in days]
    assert not same_words(*weekly)
    assert not same_words(one, ad(POUSSETTE, kind=Kind.request, deal=Deal.seek))
    assert same_words(weekly[0], weekly[0])


async def status(ad) -> str:
    return await database.value("SELECT status FROM listing WHERE id = $1", ad.id)


async def test_an_ad_said_again_is_shown_to_its_author_then_read(browser, another_browser, anne, chloe):
    first = await published(anne, "classifieds")
    again = await draft(anne, "classifieds")
    await browser.sign_in(anne)

    preview = await browser.get(f"/annonces/{again.id}/apercu")

    assert "Cette annonce ressemble à la vôtre" in words(preview) and "presque les mêmes" in words(preview)
    assert f'action="/annonces/{first.id}/prolongation"' in preview.text
    assert f"/annonces/{first.id}/modification" in preview.text
    assert "Envoyer quand même" in words(preview)
    assert await status(again) == "draft"

    await browser.submit(f"/annonces/{again.id}/publication")

    assert await status(again) == "pending"
    case = await case_of(again.id)
    assert "repeat.same-words" in case["findings"]
    await another_browser.sign_in(chloe)
    assert "annonce répétée" in words(await another_browser.get("/moderation"))
    dossier = await take(another_browser, case["id"])
    assert "Annonce déjà publiée" in dossier.text.split(" selected>")[1].split("</option>")[0]


async def test_a_moderator_is_led_to_the_other_ad_only_within_their_scope(browser, another_browser, anne, chloe, farid):
    given = {"title": "Deux chatons à nourrir", "kind": "request"}
    first = await pending(anne, "helping_hand", **given)
    again = await draft(anne, "pet_care", **given)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{again.id}/publication")
    case = (await case_of(again.id))["id"]

    await another_browser.sign_in(farid)  # pets only
    page = await another_browser.get(f"/moderation/dossiers/{case}")
    assert "à une autre de la même personne" in words(page) and "hors de votre périmètre" in words(page)
    assert str(first.id) not in page.text

    await another_browser.sign_in(chloe)
    page = await another_browser.get(f"/moderation/dossiers/{case}")
    assert f'href="/annonces/{first.id}"' in page.text and "hors de votre périmètre" not in words(page)


@pytest.mark.parametrize(
    ("before", "found"),
    [("draft", False), ("pending", True), ("closed", True), ("ended long ago", False), ("somebody else's", False)],
)
async def test_only_what_is_recent_and_ones_own_is_compared(browser, anne, bilal, before, found):
    makers = {
        "draft": draft,
        "pending": pending,
        "closed": closed,
        "ended long ago": closed,
        "somebody else's": published,
    }
    first = await makers[before](bilal if before == "somebody else's" else anne, "classifieds")
    if before == "ended long ago":
        await database.execute("UPDATE listing SET closed_at = now() - interval '31 days' WHERE id = $1", first.id)
    again = await draft(anne, "classifieds")
    await browser.sign_in(anne)
    assert ("ressemble à la vôtre" in words(await browser.get(f"/annonces/{again.id}/apercu"))) == found
    await browser.submit(f"/annonces/{again.id}/publication")
    assert await status(again) == ("pending" if found else "published")


async def test_an_ad_never_repeats_itself(browser, anne):
    only = await pending(anne, "classifieds")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{only.id}/reprise")
    assert "ressemble" not in words(await browser.get(f"/annonces/{only.id}/apercu"))


async def with_photo(browser, ad, image) -> None:
    page = await browser.submit(
        f"/annonces/{ad.id}/brouillon",
        files=[("photos", ("photo.jpg", jpeg(image), "image/jpeg"))],
        do="photos",
        **_typed(ad),
    )
    assert page.status_code == 303, words(page)[:300]


def _typed(ad) -> dict[str, str]:
    return {"deal": "give", "title": ad.title, "body": ad.body, "condition": "good", "commune": "Brest (29)"}


async def test_the_same_photo_under_other_words_is_shown_too(browser, anne):
    await browser.sign_in(anne)
    first = await draft(anne, "classifieds", title=POUSSETTE[0], body=POUSSETTE[1])
    again = await draft(anne, "classifieds", title="Landau bleu", body="Un landau en bon état pour un nouveau-né.")
    other = await draft(anne, "classifieds", title="Lampe de chevet", body="Une lampe en laiton, ampoule comprise.")
    picture = drawing(11, 1200, 900)
    await with_photo(browser, first, picture)
    await with_photo(browser, again, cropped(picture.resize((700, 525)), 0.015))
    await with_photo(browser, other, drawing(12, 1200, 900))
    await browser.submit(f"/annonces/{first.id}/publication")
    assert await status(first) == "published"

    preview = words(await browser.get(f"/annonces/{again.id}/apercu"))

    assert "Une photo est la même" in preview
    assert "ressemble" not in words(await browser.get(f"/annonces/{other.id}/apercu"))
    await browser.submit(f"/annonces/{again.id}/publication")
    assert "repeat.same-photo" in (await case_of(again.id))["findings"]


@pytest.mark.commits
async def test_two_of_the_same_sent_at_once_are_one_online_and_one_to_read(browser, another_browser, anne):
    twins = [await draft(anne, "classifieds") for _ in range(2)]
    windows = [await window.sign_in(anne) for window in (browser, another_browser)]
    for window in windows:
        await window.get("/charte")

    sent = (w.submit(f"/annonces/{ad.id}/publication") for w, ad in zip(windows, twins, strict=True))
    await asyncio.gather(*sent)

    assert sorted([await status(ad) for ad in twins]) == ["pending", "published"]


async def test_comparing_costs_no_more_with_many_ads(browser, anne):
    again = await draft(anne, "classifieds", title="Tout autre chose", body="Une boîte de vis et de boulons, en vrac.")
    await browser.sign_in(anne)
    await browser.get(f"/annonces/{again.id}/apercu")
    with Asked() as few:
        await browser.get(f"/annonces/{again.id}/apercu")
    for number in range(60):
        await published(anne, "classifieds", title=f"Roman policier n° {number}")
    with Asked() as many:
        await browser.get(f"/annonces/{again.id}/apercu")
    assert many.queries == few.queries <= 10


async def test_changing_and_prolonging_an_ad_compares_nothing(browser, anne):
    await published(anne, "classifieds")
    twin = await published(anne, "classifieds", title="Autre titre", body="Une tout autre description, assez longue.")
    said = content("classifieds")
    await browser.sign_in(anne)
    typed = {"deal": "give", "title": said.title, "body": said.body, "condition": "good", "commune": "Brest (29)"}
    answer = await browser.submit(f"/annonces/{twin.id}/modification", **typed)
    assert answer.status_code == 303
    assert await database.value("SELECT title FROM listing WHERE id = $1", twin.id) == said.title
