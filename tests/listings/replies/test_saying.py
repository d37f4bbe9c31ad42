"""Questions, answers to them, quotes: who may say what under which ad, and who hears of it."""

import asyncio
from uuid import uuid4

import pytest

from app import database
from listings.replies.judging import approve_reply
from members.blocking import block
from tests.helpers.ads import closed, published
from tests.helpers.browser import words
from tests.helpers.cases import said_under, told, topics
from tests.helpers.cast import person
from tests.helpers.replies import HELD, REFUSED, answer_to, counted, row, say


async def test_an_answer_stands_under_what_it_answers(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(anne)
    first = await say(browser, ad.id, "Est-ce aussi pour le soir ?")
    await say(browser, ad.id, "Et le dimanche ?")
    await answer_to(another_browser, first, "Le soir jusqu’à 19 h.")

    page = words(await browser.get(f"/annonces/{ad.id}"))

    assert page.index("pour le soir") < page.index("jusqu’à 19 h") < page.index("le dimanche")
    assert await counted(ad.id) == 3


async def test_an_answer_to_an_answer_hangs_under_the_same_question(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    first = await say(browser, ad.id, "Est-ce aussi pour le soir ?")
    second = await answer_to(browser, first, "Je précise : vers 18 h.")
    third = await answer_to(browser, second, "Ou 19 h.")

    assert [(await row(one))["parent"] for one in (first, second, third)] == [None, first, first]


async def test_a_quote_shows_the_words_and_the_name(browser, anne, bilal):
    ad = await published(anne)
    first = await said_under(ad.id, anne, "Chaque mercredi, " + "sauf pendant les vacances, " * 12)
    await browser.sign_in(bilal)

    form = await browser.get(f"/reponses/{first}/reponse?citer=oui")
    await answer_to(browser, first, "Parfait pour moi.", quote="on")

    assert 'name="quote"' in form.text and "Chaque mercredi" in form.text
    page = words(await browser.get(f"/annonces/{ad.id}"))
    assert page.count("Chaque mercredi") == 2 and "…" in page
    assert (await row(await database.value("SELECT max(id) FROM reply")))["quotes"] == first


async def test_the_form_to_answer_without_quoting_quotes_nothing(browser, anne, bilal):
    ad = await published(anne)
    first = await said_under(ad.id, anne, "Chaque mercredi.")
    await browser.sign_in(bilal)
    assert 'name="quote"' not in (await browser.get(f"/reponses/{first}/reponse")).text
    assert (await row(await answer_to(browser, first, "Parfait.")))["quotes"] is None


@pytest.mark.parametrize("gone", ["removed", "blocked", "deleted"])
async def test_what_was_quoted_and_is_gone_is_said_politely(browser, anne, bilal, emilie, gone):
    ad = await published(anne)
    first = await said_under(ad.id, emilie, "Je vends aussi des gâteaux.")
    await browser.sign_in(bilal)
    await answer_to(browser, first, "Ah bon ?", quote="on")
    if gone == "blocked":
        await block(bilal.id, emilie.id)
    else:
        body = "" if gone == "deleted" else "Je vends aussi des gâteaux."
        await database.execute("UPDATE reply SET state = $2, body = $3 WHERE id = $1", first, gone, body)

    page = words(await browser.get(f"/annonces/{ad.id}"))

    assert "gâteaux" not in page and "Emilie" not in page
    assert "Ce message n’est plus visible." in page and "Ah bon ?" in page


async def test_a_block_and_a_removal_look_the_same(browser, anne, bilal, emilie):
    ad = await published(anne)
    seen = []
    for how in ("block", "removal"):
        first = await said_under(ad.id, emilie, "Moi aussi.")
        await database.execute("UPDATE reply SET parent = $2 WHERE id = $1", await said_under(ad.id, anne, how), first)
        await database.execute("UPDATE reply SET state = 'removed' WHERE id = $1 AND $2", first, how == "removal")
        seen.append(first)
    await block(bilal.id, emilie.id)
    await browser.sign_in(bilal)

    page = (await browser.get(f"/annonces/{ad.id}")).text

    lines = [page.split(f'id="reponse-{one}"')[1].split("</li>")[0] for one in seen]
    assert lines[0] == lines[1]
    assert "Ce message n’est plus visible." in lines[0]


async def test_a_request_sent_twice_is_one_reply(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    once = uuid4()
    first = await say(browser, ad.id, "Est-ce aussi pour le soir ?", once=once)
    again = await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?", once=once)
    other = await say(browser, ad.id, "Autre chose : le matin ?", once=once)

    assert again.status_code == 303
    assert other != first and await counted(ad.id) == 2
    assert await database.value("SELECT times FROM notification WHERE member = $1", anne.id) == 2


@pytest.mark.commits
async def test_the_same_request_twice_at_once_is_one_reply(app, browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    sent = {"body": "Est-ce aussi pour le soir ?", "once": uuid4()}
    await asyncio.gather(*(browser.submit(f"/annonces/{ad.id}/reponses", **sent) for _ in range(3)))
    assert await database.value("SELECT count(*) FROM reply") == 1 == await counted(ad.id)
    assert await database.value("SELECT times FROM notification WHERE member = $1", anne.id) == 1


async def test_who_is_answered_is_told_and_led_to_the_answer(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    first = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await said_under(ad.id, emilie, "Une autre question.")
    await browser.sign_in(chloe)

    answer = await answer_to(browser, first, "J’ai la même question.")

    path = f"/annonces/{ad.id}?depuis={answer}#reponse-{answer}"
    assert await told(bilal) == [("reply_answered", path)]
    assert await told(anne) == [("new_reply", path)]
    assert await told(emilie) == [] == await told(chloe)
    await browser.sign_in(bilal)
    page = words(await browser.get(path))
    assert "pour le soir" in page and "la même question" in page


async def test_nobody_is_told_of_what_somebody_they_blocked_answers(browser, anne, bilal, chloe):
    ad = await published(anne)
    first = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    under = await said_under(ad.id, anne, "Oui.")
    await database.execute("UPDATE reply SET parent = $2 WHERE id = $1", under, first)
    await block(bilal.id, chloe.id)
    await browser.sign_in(chloe)
    await answer_to(browser, under, "Jusqu’à quelle heure ?")
    assert await told(bilal) == []
    assert await topics(anne) == ["new_reply"]


async def test_whom_a_block_keeps_from_the_ad_hears_of_no_answer_under_it(browser, anne, bilal, chloe):
    ad = await published(anne)
    first = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    await block(anne.id, bilal.id)
    await browser.sign_in(chloe)
    await answer_to(browser, first, "Je crois que oui.")
    assert await told(bilal) == []
    assert await topics(anne) == ["new_reply"]


@pytest.mark.parametrize("leave", ["closed", "removed"])
async def test_what_is_approved_after_its_ad_went_is_told_to_its_author_alone(anne, bilal, emilie, leave):
    ad = await published(anne)
    first = await said_under(ad.id, bilal, "Est-ce aussi pour le soir ?")
    late = await said_under(ad.id, emilie, "Je crois.")
    await database.execute("UPDATE reply SET parent = $2, state = 'held' WHERE id = $1", late, first)
    await database.execute(
        "UPDATE listing SET status = $2::varchar, outcome = CASE WHEN $2 = 'closed' THEN 'fulfilled' END,"
        " closed_at = CASE WHEN $2 = 'closed' THEN now() END WHERE id = $1",
        ad.id,
        leave,
    )
    await approve_reply(late)
    assert await topics(anne) == ["new_reply"]
    assert await told(bilal) == []


async def test_old_news_of_an_answer_go_when_a_block_comes(browser, anne, bilal, emilie, chloe):
    ad, other = await published(emilie), await published(emilie)
    await browser.sign_in(anne)
    for listing in (ad, other):
        await answer_to(browser, await said_under(listing.id, bilal, "Est-ce aussi pour le soir ?"), "Je crois.")
    await browser.sign_in(chloe)
    await answer_to(browser, await database.value("SELECT max(id) FROM reply"), "Moi aussi.")
    assert len(await told(bilal)) == 2

    await block(anne.id, bilal.id)

    left = await database.rows("SELECT thing FROM notification WHERE member = $1", bilal.id)
    assert [one["thing"] for one in left] == [other.id], "what somebody else said too stays"


async def test_what_is_held_or_refused_leaves_no_trace_for_others(browser, another_browser, anne, bilal):
    ad = await published(anne)
    first = await said_under(ad.id, anne, "Bonjour à tous.")
    await browser.sign_in(bilal)
    held = await answer_to(browser, first, HELD)
    refused = await browser.submit(f"/reponses/{first}/reponse", body=REFUSED)

    assert refused.status_code == 422 and "FR76 3000" in refused.text
    assert "en relecture" in (await browser.get(f"/annonces/{ad.id}")).text
    await another_browser.sign_in(anne)
    assert "au black" not in (await another_browser.get(f"/annonces/{ad.id}")).text
    assert (await another_browser.get(f"/reponses/{held}/reponse")).status_code == 404
    assert await told(anne) == [] and await counted(ad.id) == 0


async def test_nothing_is_answered_under_an_ad_that_ended(browser, anne, bilal):
    ad = await closed(anne)
    first = await said_under(ad.id, bilal, "Trop tard ?")
    await browser.sign_in(anne)
    for answer in (
        await browser.get(f"/reponses/{first}/reponse"),
        await browser.submit(f"/reponses/{first}/reponse", body="Oui, désolée."),
    ):
        assert answer.status_code == 409


async def test_an_open_page_gets_only_the_form(browser, anne, bilal):
    ad = await published(anne)
    first = await said_under(ad.id, anne, "Bonjour à tous.")
    await browser.sign_in(bilal)
    part = await browser.get(f"/reponses/{first}/reponse", headers={"hx-request": "true", "hx-boosted": "true"})
    assert part.text.lstrip().startswith("<form") and "<html" not in part.text


async def test_in_a_thread_of_many_who_began_it_is_always_told(browser, anne, bilal, emilie, body):
    ad = await published(anne)
    first = await said_under(ad.id, bilal, "Qui est déjà venu ?")
    for number in range(25):
        one = await said_under(ad.id, await person(f"Voisin{number}", "29019"), "Moi !")
        await database.execute("UPDATE reply SET parent = $2 WHERE id = $1", one, first)
    await database.execute("UPDATE member SET trusted_at = now() WHERE id = $1", emilie.id)
    await browser.sign_in(emilie)
    await answer_to(browser, first, "Moi aussi.")
    assert len(await told(bilal)) == 1 == len(await told(anne))
    assert await database.value("SELECT count(*) FROM notification") == 20


@pytest.mark.commits
async def test_a_block_that_comes_at_the_same_moment_leaves_no_news(app, browser, anne, bilal):
    await browser.sign_in(bilal)
    for _ in range(5):
        await database.execute("DELETE FROM block")
        ad = await published(anne)
        sent = browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?", once=uuid4())
        await asyncio.gather(sent, block(anne.id, bilal.id))
        assert await told(anne) == []
