"""Words of thanks the rules or somebody speak of: advised first, read by a moderator, told to nobody else."""

import pytest

from app import database
from app.schedule import forget_thanks_every_night
from listings.life.removing import remove
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take, take_and_decide, told, topics
from tests.helpers.exchanges import (
    HERS,
    HIS,
    answered_ad,
    end,
    fourteen_days_later,
    helped_ad,
    mercis,
    word_of,
    writes,
)
from thanks.opening import open_due


async def test_a_new_members_word_waits_for_a_moderator_then_for_the_other(
    browser, another_browser, anne, emilie, chloe
):
    exchange = await helped_ad(browser, anne, emilie)
    page = words(await browser.follow(await writes(browser, emilie, exchange, HIS)))
    assert "Un modérateur le relit" in page and "en relecture" in page
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    case = await case_of(ad, "thanks")
    await another_browser.sign_in(chloe)
    assert "mot de merci" in words(await another_browser.get("/moderation"))
    assert HIS in words(await another_browser.get(f"/moderation/dossiers/{case['id']}"))

    assert (await take_and_decide(another_browser, case["id"], "approve")).status_code == 303

    assert (await word_of(emilie))["state"] == "sealed"
    await writes(browser, anne, exchange, HERS)
    assert HIS in await mercis(browser, anne)


INSULT = "Espèce de connard, je suis au 06 12 34 56 78."


@pytest.mark.parametrize("word", [INSULT, "Appelez-moi au 06 12 34 56 78."], ids=["insult", "advice"])
async def test_a_word_the_rules_speak_of_is_advised_first_then_waits_for_a_moderator(
    browser, another_browser, anne, bilal, chloe, word
):
    exchange = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    advised = await writes(browser, bilal, exchange, word)
    assert advised.status_code == 422 and "field-error" not in advised.text, "advice is no mistake of who writes"
    assert "envoyez-le tel quel" in words(advised) and await word_of(bilal) is None
    assert f'name="told" value="{word}"' in advised.text

    other = await browser.submit(f"/mercis/ecrire/{exchange}", word=f"{word} Merci.", told=word)
    assert other.status_code == 422  # other words are another advice
    page = words(await browser.follow(await browser.submit(f"/mercis/ecrire/{exchange}", word=word, told=word)))

    assert "Un modérateur le relit" in page and "en relecture" in page
    assert (await word_of(bilal))["state"] == "held"
    assert word not in await mercis(browser, anne)
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    shown = await take(await another_browser.sign_in(chloe), (await case_of(ad, "thanks"))["id"])
    assert "privacy.phone" in words(shown)
    first = shown.text.split(" selected>")[1].split("</option>")[0]
    assert first.split(". ")[1] == ("Respect des personnes" if word == INSULT else "Données personnelles")


async def test_at_the_end_of_an_ad_too_a_word_is_advised_first_then_waits(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    advised = await end(browser, ad, bilal, **{f"word-{bilal.id}": INSULT})
    assert advised.status_code == 422 and f'name="told-{bilal.id}" value="{INSULT}"' in advised.text
    sent = {f"word-{bilal.id}": INSULT, f"told-{bilal.id}": INSULT}
    page = words(await browser.follow(await end(browser, ad, bilal, **sent)))
    assert "Un modérateur relit votre mot" in page
    assert (await word_of(anne))["state"] == "held"


async def test_a_held_word_counts_as_written_for_the_other(browser, another_browser, anne, emilie, chloe):
    exchange = await helped_ad(browser, anne, emilie)
    await writes(browser, emilie, exchange, HIS)
    await writes(browser, anne, exchange, HERS)
    assert HERS in await mercis(browser, emilie)
    assert HIS not in await mercis(browser, anne)
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    await take_and_decide(await another_browser.sign_in(chloe), (await case_of(ad, "thanks"))["id"], "approve")
    assert HIS in await mercis(browser, anne)


async def test_a_removed_word_is_read_by_nobody_and_its_writer_knows_why(browser, another_browser, anne, emilie, chloe):
    exchange = await helped_ad(browser, anne, emilie, category="classifieds", deal="seek")
    await writes(browser, emilie, exchange, "Un mot déplacé.")
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    case = (await case_of(ad, "thanks"))["id"]

    await take_and_decide(await another_browser.sign_in(chloe), case, "remove", reason="respect")

    assert "Un mot déplacé" not in await mercis(browser, anne)
    assert "retiré par la modération" in await mercis(browser, emilie)
    ((_, path),) = [one for one in await told(emilie) if one[0] == "thanks_removed"]
    explained = words(await browser.get(path))
    assert "Votre mot de merci a été retiré" in explained and "Un mot déplacé." in explained
    assert "Retiré" in words(await another_browser.get("/moderation/journal"))
    assert "Retiré par Chloe" in words(await another_browser.get(f"/moderation/dossiers/{case}"))


async def test_a_line_to_the_moderators_is_read_by_them_alone(browser, another_browser, anne, bilal, chloe, farid):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS, line="Il est venu très en retard.")
    await writes(browser, bilal, exchange, HIS)
    assert "en retard" not in await mercis(browser, bilal)
    assert "en retard" in await mercis(browser, anne)
    assert await database.value("SELECT count(*) FROM moderation_case WHERE kind = 'thanks'") == 0

    reported = await answered_ad(bilal, category="pet_care")
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{reported.id}/signalement", reason="other", words="À voir.")
    case = (await case_of(reported.id))["id"]
    await another_browser.sign_in(chloe)
    assert "Il est venu très en retard." in words(await another_browser.get(f"/moderation/dossiers/{case}"))
    await another_browser.sign_in(farid)  # pets only: a line of a helping hand is out of his scope
    dossier = words(await another_browser.get(f"/moderation/dossiers/{case}"))
    assert "À voir." in dossier and "en retard" not in dossier


async def test_a_problem_asks_a_moderator_to_look_and_the_other_never_knows(
    browser, another_browser, anne, bilal, chloe
):
    exchange = await helped_ad(browser, anne, bilal)
    page = words(
        await browser.follow(await writes(browser, anne, exchange, line="Il a réclamé de l’argent.", problem="on"))
    )
    assert "chez les modérateurs, et chez eux seulement" in page
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    case = (await case_of(ad, "thanks"))["id"]
    await another_browser.sign_in(chloe)
    dossier = await take(another_browser, case)
    assert "il y a eu un problème" in words(dossier) and "réclamé de l’argent" in words(dossier)
    assert 'value="remove"' not in dossier.text

    await take_and_decide(another_browser, case, "approve")

    assert ("report_handled", "/mercis#ecrits") in await told(anne)
    assert "report_handled" not in await topics(bilal)
    await writes(browser, bilal, exchange, HIS)
    assert "argent" not in await mercis(browser, bilal)
    assert HIS in await mercis(browser, anne)


async def test_nobody_judges_what_was_written_to_them(browser, another_browser, anne, emilie, chloe):
    """Chloé moderates everything, but not a word about herself."""
    exchange = await helped_ad(browser, emilie, chloe)
    await writes(browser, emilie, exchange, HIS, line="Rien à dire.", problem="on")
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    case = (await case_of(ad, "thanks"))["id"]
    await another_browser.sign_in(chloe)
    assert (await another_browser.get(f"/moderation/dossiers/{case}")).status_code == 404
    assert str(case) not in (await another_browser.get("/moderation")).text


async def test_what_both_told_the_moderators_of_an_exchange_stands_once_beside_its_words(
    browser, another_browser, anne, bilal, chloe
):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS, line="Il est venu très en retard.")
    await writes(browser, bilal, exchange, HIS, line="Elle a crié.", problem="on")
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    page = words(await take(await another_browser.sign_in(chloe), (await case_of(ad, "thanks"))["id"]))
    assert page.count("Il est venu très en retard.") == 1 and page.count("Elle a crié.") == 1
    assert "annonce terminée" in page


async def test_who_received_a_word_may_report_it(browser, another_browser, anne, bilal, chloe):
    exchange = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    await writes(browser, bilal, exchange, "Un mot qui pique.")
    word = (await word_of(bilal))["id"]
    await browser.sign_in(anne)
    assert "Un mot qui pique." in words(await browser.get(f"/mercis/{word}/signalement"))

    page = words(await browser.follow(await browser.submit(f"/mercis/{word}/signalement", reason="hurtful")))

    assert "Ce mot est entre les mains" in page
    await browser.sign_in(bilal)
    assert (await browser.get(f"/mercis/{word}/signalement")).status_code == 404
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    case = (await case_of(ad, "thanks"))["id"]
    await take_and_decide(await another_browser.sign_in(chloe), case, "remove", reason="respect")
    assert "Un mot qui pique." not in await mercis(browser, anne)


async def test_a_sealed_word_cannot_be_reported_nor_guessed(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS)
    word = (await word_of(anne))["id"]
    await browser.sign_in(bilal)
    assert (await browser.get(f"/mercis/{word}/signalement")).status_code == 404


async def test_taking_a_word_back_closes_its_case(browser, another_browser, anne, emilie, chloe):
    exchange = await helped_ad(browser, anne, emilie)
    await writes(browser, emilie, exchange, HIS)
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    case = (await case_of(ad, "thanks"))["id"]
    page = await take(await another_browser.sign_in(chloe), case)
    assert HIS in words(page)
    await browser.submit(f"/mercis/{(await word_of(emilie))['id']}/suppression")
    assert (await case_of(ad, "thanks"))["closed_at"] is not None
    assert "Rien n’attend" in words(await another_browser.get("/moderation"))


async def test_a_word_that_opens_names_no_ad_that_moderation_removed(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS)
    title = await database.value("SELECT about FROM help WHERE id = $1", exchange)
    await remove(await database.value("SELECT listing FROM help WHERE id = $1", exchange))
    await fourteen_days_later(exchange)
    await open_due()
    said = await database.value(
        "SELECT about FROM notification WHERE member = $1 AND topic = 'thanks_received'", bilal.id
    )
    assert said == "Annonce retirée"
    page = await mercis(browser, bilal)
    assert HERS in page and title not in page


async def test_lines_to_the_moderators_go_with_the_ad(browser, anne, bilal, emilie):
    given = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    await writes(browser, bilal, given, "Merci pour la poussette !", line="Un détail.")
    await writes(browser, anne, given, line="Rien à signaler.")
    kept = await helped_ad(browser, anne, emilie)
    await writes(browser, anne, kept, HERS, line="À garder.")
    await database.execute("DELETE FROM listing WHERE id = (SELECT listing FROM help WHERE id = $1)", given)

    for _ in range(2):
        await forget_thanks_every_night.func(timestamp=0)

    left = await database.rows("SELECT body, private_line FROM thanks ORDER BY written_at")
    assert [tuple(row) for row in left] == [("Merci pour la poussette !", ""), (HERS, "À garder.")]
