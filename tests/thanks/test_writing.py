"""Words of thanks: sealed between people who met, read at once for a thing, taken back by who wrote them."""

import asyncio
from uuid import uuid4

import pytest

from app import database
from app.schedule import open_thanks_every_hour
from tests.helpers.browser import words
from tests.helpers.cases import topics
from tests.helpers.exchanges import (
    HERS,
    HIS,
    answered_ad,
    end,
    exchange_of,
    fourteen_days_later,
    helped_ad,
    mercis,
    word_of,
    writes,
)
from thanks.opening import open_due


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
    assert "Signaler le mot" not in page


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
    assert again.status_code == 303  # to where the first one led
    assert await database.value("SELECT count(*) FROM thanks") == 1
    assert await exchange_of(ad)
