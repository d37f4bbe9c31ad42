"""Words of thanks: sealed between people who met, read at once for a thing, judged when rules or somebody say so."""

import asyncio
from uuid import uuid4

import pytest

from app import database
from app.schedule import forget_thanks_every_night, open_thanks_every_hour
from listings.life.removing import remove
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take, take_and_decide, told
from tests.helpers.exchanges import (
    answered_ad,
    end,
    exchange_of,
    fourteen_days_later,
    helped_ad,
    word_of,
    writes,
)
from thanks.opening import open_due

HERS, HIS = "Merci Bilal, le canapé est en haut !", "Avec plaisir, votre café était bon."


async def mercis(browser, member) -> str:
    await browser.sign_in(member)
    return words(await browser.get("/mercis"))


async def topics(member) -> list[str]:
    return [topic for topic, _ in await told(member)]


async def test_neither_reads_the_other_before_writing(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)

    page = words(await browser.follow(await writes(browser, anne, exchange, HERS)))

    assert "s’ouvrira quand chacun aura écrit" in page and "Bilal le lira" in page
    assert HERS not in await mercis(browser, bilal)
    assert "thanks_received" not in await topics(bilal)

    page = words(await browser.follow(await writes(browser, bilal, exchange, HIS)))

    assert HERS in page and "Votre mot est envoyé" in page
    assert HIS in await mercis(browser, anne)
    assert (await topics(anne)).count("thanks_received") == 1
    assert (await topics(bilal)).count("thanks_received") == 1


async def test_after_fourteen_days_a_word_opens_by_itself_once(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS)
    assert await open_due() == 0
    await fourteen_days_later(exchange)

    await open_thanks_every_hour.func(timestamp=0)
    assert await open_due() == 0

    assert HERS in await mercis(browser, bilal)
    assert (await topics(bilal)).count("thanks_received") == 1


async def test_a_word_for_a_thing_is_read_at_once(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    await writes(browser, bilal, exchange, "Merci pour la poussette !")
    assert "Merci pour la poussette !" in await mercis(browser, anne)


async def test_who_was_helped_is_invited_and_the_invitation_settles(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await browser.sign_in(bilal)
    assert "Un mot pour Anne" in words(await browser.get("/mercis"))
    form = words(await browser.get(f"/mercis/ecrire/{exchange}"))
    assert "Vous avez aidé Anne" in form and "Ni note ni étoile" in form

    await writes(browser, bilal, exchange, HIS)

    assert "Un mot pour Anne" not in words(await browser.get("/mercis"))
    unread = await database.value("SELECT count(*) FROM notification WHERE member = $1 AND read_at IS NULL", bilal.id)
    assert unread == 0


async def test_a_word_is_written_once(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS)
    again = await writes(browser, anne, exchange, "Et encore merci.")
    assert again.status_code == 409
    late = await browser.get(f"/mercis/ecrire/{exchange}")  # by the notification that asked for it
    assert (late.status_code, late.headers["location"]) == (303, "/mercis")
    assert "est déjà écrit" in words(await browser.follow(late))
    assert (await word_of(anne))["body"] == HERS


async def test_after_fourteen_days_nobody_writes_any_more(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await fourteen_days_later(exchange)
    late = await writes(browser, anne, exchange, HERS)
    assert late.status_code == 409
    assert "quatorze jours" in words(late)
    assert "Un mot pour Bilal" not in await mercis(browser, anne)


async def test_only_its_two_people_reach_an_exchange(browser, anne, bilal, emilie):
    exchange = await helped_ad(browser, anne, bilal)
    await browser.sign_in(emilie)
    for path in (f"/mercis/ecrire/{exchange}", f"/mercis/ecrire/{uuid4()}"):
        assert (await browser.get(path)).status_code == 404
        assert (await browser.submit(path, word="Merci")).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "word"),
        ({"word": "x" * 601}, "word"),
        ({"word": "Bonjour", "problem": "on"}, "line"),
        ({"word": "Voici : FR76 3000 6000 0112 3456 7890 189"}, "word"),
    ],
)
async def test_a_form_that_says_nothing_or_too_much_is_shown_again(browser, anne, bilal, sent, field):
    exchange = await helped_ad(browser, anne, bilal)
    await browser.sign_in(anne)
    answer = await browser.submit(f"/mercis/ecrire/{exchange}", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert await word_of(anne) is None


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
    assert advised.status_code == 422 and 'id="word-error"' in advised.text
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
    assert "06 12 34 56 78" in words(shown) and "privacy.phone" in words(shown)
    first = shown.text.split(" selected>")[1].split("</option>")[0]
    assert first == ("Respect des personnes" if word == INSULT else "Données personnelles")


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


async def test_its_writer_takes_a_word_back_and_may_write_again(browser, anne, bilal, emilie):
    exchange = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    await writes(browser, bilal, exchange, "Une faute de frape.")
    word = (await word_of(bilal))["id"]
    for other in (anne, emilie):
        await browser.sign_in(other)
        assert (await browser.submit(f"/mercis/{word}/suppression")).status_code == 404
    await browser.sign_in(bilal)

    page = words(await browser.follow(await browser.submit(f"/mercis/{word}/suppression")))

    assert "Votre mot est effacé" in page
    assert (await word_of(bilal))["body"] == ""
    assert "frape" not in await mercis(browser, anne)
    await writes(browser, bilal, exchange, "Merci beaucoup.")
    assert "Merci beaucoup." in await mercis(browser, anne)


async def test_who_has_read_the_others_word_writes_no_other_in_answer(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, "Un mot pour voir.")
    await writes(browser, bilal, exchange, HIS)
    await browser.sign_in(anne)
    assert HIS in words(await browser.get("/mercis"))
    await browser.submit(f"/mercis/{(await word_of(anne))['id']}/suppression")

    again = await writes(browser, anne, exchange, "Voici ma vraie réponse.")

    assert again.status_code == 409 and "lu le mot de l’autre" in words(again)
    assert "Un mot pour Bilal" not in words(await browser.get("/mercis"))
    assert (await word_of(anne))["state"] == "deleted"
    assert "vraie réponse" not in await mercis(browser, bilal)


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


async def test_words_of_who_is_blocked_vanish_and_are_told_to_nobody(browser, anne, bilal):
    given = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    await writes(browser, bilal, given, "Merci pour la poussette !")
    sealed = await helped_ad(browser, anne, bilal)
    await writes(browser, bilal, sealed, HIS)
    await browser.sign_in(anne)
    await browser.submit(f"/membres/{bilal.id}/blocage")
    await fourteen_days_later(sealed)
    await open_due()

    for member in (anne, bilal):
        page = await mercis(browser, member)
        assert "poussette !" not in page and HIS not in page and "Un mot pour" not in page
    assert "thanks_received" not in await topics(anne)
    assert (await writes(browser, anne, sealed, HERS)).status_code == 404


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


async def test_received_words_come_a_page_at_a_time(browser, anne, bilal):
    for number in range(27):
        exchange = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
        await writes(browser, bilal, exchange, f"Merci numéro {number:02}.")
    await browser.sign_in(anne)
    first = (await browser.get("/mercis")).text
    second = (await browser.get("/mercis?apres=" + first.split("/mercis?apres=")[1].split('"')[0])).text
    assert first.count("Merci numéro") == 25
    assert second.count("Merci numéro") == 2
    assert (await browser.get("/mercis?apres=nonsense")).status_code == 200


async def test_a_word_outlives_its_ad_and_so_does_the_count(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal, category="classifieds", deal="give")
    await writes(browser, bilal, exchange, "Merci pour la poussette !")
    ad = await database.value("SELECT listing FROM help WHERE id = $1", exchange)
    await database.execute("DELETE FROM listing WHERE id = $1", ad)
    page = await mercis(browser, anne)
    assert "Merci pour la poussette !" in page and "Vous avez aidé 1 famille" in page
    assert "Signaler" not in page


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


@pytest.mark.commits
async def test_two_who_write_at_once_both_open_exactly_once(browser, another_browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await another_browser.sign_in(bilal)
    for window in (browser, another_browser):
        await window.get("/charte")

    answers = await asyncio.gather(
        browser.submit(f"/mercis/ecrire/{exchange}", word=HERS),
        another_browser.submit(f"/mercis/ecrire/{exchange}", word=HIS),
    )

    assert [answer.status_code for answer in answers] == [303, 303]
    assert {row["state"] for row in await database.rows("SELECT state FROM thanks")} == {"published"}
    for member in (anne, bilal):
        times = await database.rows(
            "SELECT times FROM notification WHERE member = $1 AND topic = 'thanks_received'", member.id
        )
        assert [row["times"] for row in times] == [1]


@pytest.mark.commits
async def test_the_job_twice_at_once_opens_once(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, HERS)
    await fourteen_days_later(exchange)
    await asyncio.gather(open_due(), open_due())
    assert await database.value("SELECT sum(times) FROM notification WHERE topic = 'thanks_received'") == 1


async def test_the_same_form_sent_twice_is_one_word(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    await end(browser, ad, bilal, **{f"word-{bilal.id}": HERS})
    again = await end(browser, ad, bilal, **{f"word-{bilal.id}": HERS})
    assert again.status_code == 409
    assert await database.value("SELECT count(*) FROM thanks") == 1
    assert await exchange_of(ad)
