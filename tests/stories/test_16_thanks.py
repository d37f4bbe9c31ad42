"""Saying who helped, and thank you: no star, no point, no debt."""

import re

from app import database
from app.schedule import open_thanks_every_hour
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take, take_and_decide
from tests.helpers.exchanges import answered_ad, end, exchange_of, fourteen_days_later, writes


def latest_news(page: str) -> str:
    """The address behind the newest line of the notifications."""
    found = re.search(r'href="(/notifications/\d+)"', page)
    assert found
    return found[1]


async def test_a_sofa_is_carried_and_two_people_thank_each_other(browser, another_browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal, emilie, title="Porter un canapé au troisième")
    one, other = await browser.sign_in(anne), await another_browser.sign_in(bilal)

    form = words(await one.get(f"/annonces/{ad.id}/cloture"))
    assert "Qui vous a aidé" in form and "quelqu’un d’autre ou personne" in form
    page = words(await one.follow(await end(one, ad, bilal, **{f"word-{bilal.id}": "Merci, quelle force !"})))
    assert "Votre annonce est terminée" in page

    news = await other.get("/notifications")
    assert "un mot de merci, si vous le souhaitez" in words(news)
    asked = await other.follow(await other.get(latest_news(news.text)))
    assert "Vous avez aidé Anne" in words(asked) and "canapé" in words(asked)
    assert "quelle force" not in words(await other.get("/mercis"))

    page = words(await other.follow(await writes(other, bilal, await exchange_of(ad), "Avec plaisir, Anne.")))
    assert "Merci, quelle force !" in page and "Vous avez aidé 1 famille" in page
    assert "Avec plaisir, Anne." in words(await one.get("/mercis"))

    his = await published(bilal, "rides", kind="offer")
    shown = words(await one.get(f"/annonces/{his.id}"))
    assert "Bilal" in shown and "a aidé 1 famille" in shown
    for word in ("étoile", "points", "note moyenne"):
        assert word not in shown


async def test_a_silence_of_fourteen_days_hides_no_thanks(browser, another_browser, anne, bilal):
    ad = await answered_ad(anne, bilal, category="pet_care")
    await end(await browser.sign_in(anne), ad, bilal, **{f"word-{bilal.id}": "Le chat vous réclame."})
    await another_browser.sign_in(bilal)
    assert "réclame" not in words(await another_browser.get("/mercis"))

    await fourteen_days_later(await exchange_of(ad))
    await open_thanks_every_hour.func(timestamp=0)

    assert "Le chat vous réclame." in words(await another_browser.get("/mercis"))
    late = await another_browser.submit(f"/mercis/ecrire/{await exchange_of(ad)}", word="Moi aussi.")
    assert late.status_code == 409


async def test_who_was_given_a_pushchair_thanks_at_once(browser, another_browser, anne, bilal):
    ad = await answered_ad(anne, bilal, category="classifieds", deal="give")
    assert "Qui avez-vous aidé" in words(await (await browser.sign_in(anne)).get(f"/annonces/{ad.id}/cloture"))
    await end(browser, ad, bilal)
    await writes(another_browser, bilal, await exchange_of(ad), "Merci, elle roule bien.")
    page = words(await browser.get("/mercis"))
    assert "Merci, elle roule bien." in page and "Vous avez aidé 1 famille" in page


async def test_what_went_wrong_is_told_to_the_moderators_alone(browser, another_browser, anne, bilal, chloe):
    ad = await answered_ad(anne, bilal)
    await end(await browser.sign_in(anne), ad, bilal)
    await writes(browser, anne, await exchange_of(ad), "Merci.", line="Il a réclamé de l’argent.", problem="on")

    await another_browser.sign_in(bilal)
    await another_browser.submit(f"/mercis/ecrire/{await exchange_of(ad)}", word="À bientôt.")
    his = words(await another_browser.get("/mercis"))
    assert "Merci." in his and "argent" not in his

    case = (await case_of(ad.id, "thanks"))["id"]
    await another_browser.sign_in(chloe)
    assert "Il a réclamé de l’argent." in words(await take(another_browser, case))
    await take_and_decide(another_browser, case, "approve")
    assert "Votre signalement a été traité" in words(await browser.get("/notifications"))


async def test_an_ad_is_settled_once_and_an_old_one_is_erased_without_its_count(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await end(await browser.sign_in(anne), ad, bilal)
    assert (await end(browser, ad, bilal)).status_code == 303  # to where the first one led
    await database.execute("DELETE FROM listing WHERE id = $1", ad.id)
    await browser.sign_in(bilal)
    assert "Vous avez aidé 1 famille" in words(await browser.get("/mercis"))
