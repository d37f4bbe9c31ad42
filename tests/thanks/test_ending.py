"""Ending an ad and saying who helped, in one step."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import database
from app.piccolo_conf import DB
from listings.life.expiring import expire_ads
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import told, topics
from tests.helpers.cast import person
from tests.helpers.exchanges import answered_ad, end, exchange_of, families, writes
from tests.helpers.talks import answered
from thanks.helping import record_helped


async def pairs(ad) -> set[tuple]:
    rows = await database.rows("SELECT helper, helped FROM help WHERE listing = $1", ad.id)
    return {(row["helper"], row["helped"]) for row in rows}


async def test_the_author_says_who_helped_and_it_is_on_their_line(browser, another_browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal, emilie)
    await browser.sign_in(anne)
    form = words(await browser.get(f"/annonces/{ad.id}/cloture"))
    assert "Qui vous a aidé" in form and "Bilal, Quimper" in form and "Emilie, Brest" in form

    page = await browser.follow(await end(browser, ad, bilal))

    assert "Votre annonce est terminée" in words(page)
    assert await pairs(ad) == {(bilal.id, anne.id)}
    assert (await families(bilal), await families(anne), await families(emilie)) == (1, 0, 0)
    assert ("thanks_to_write", f"/mercis/ecrire/{await database.value('SELECT id FROM help')}") in await told(bilal)
    assert "thanks_to_write" not in await topics(emilie)
    offer = await published(bilal, "rides", kind="offer")
    assert "a aidé 1 famille" in words(await browser.get(f"/annonces/{offer.id}"))


OFFERS = (
    {"category": "pet_care", "kind": "offer"},
    {"category": "classifieds", "deal": "give"},
    {"category": "classifieds", "deal": "lend"},
)


@pytest.mark.parametrize("given", OFFERS)
async def test_for_an_offer_the_sentence_turns_round(browser, anne, bilal, given):
    ad = await answered_ad(anne, bilal, **given)
    await browser.sign_in(anne)
    assert "Qui avez-vous aidé" in words(await browser.get(f"/annonces/{ad.id}/cloture"))

    await end(browser, ad, bilal)

    assert await pairs(ad) == {(anne.id, bilal.id)}
    assert (await families(anne), await families(bilal)) == (1, 0)


async def test_what_is_sought_is_help_received(browser, anne, bilal):
    ad = await answered_ad(anne, bilal, category="classifieds", deal="seek")
    await browser.sign_in(anne)
    await end(browser, ad, bilal)
    assert await pairs(ad) == {(bilal.id, anne.id)}


async def test_selling_is_no_help_and_counts_on_nobodys_line(browser, anne, bilal):
    ad = await answered_ad(anne, bilal, category="classifieds", deal="sell", price_cents=3000)
    await browser.sign_in(anne)
    form = words(await browser.get(f"/annonces/{ad.id}/cloture"))
    assert "Qui vous l’a acheté" in form and "aidé" not in form

    await end(browser, ad, bilal)

    assert await pairs(ad) == {(anne.id, bilal.id)}
    assert (await families(anne), await families(bilal)) == (0, 0)
    exchange = await exchange_of(ad)
    assert "Vous avez vendu à Bilal" in words(await browser.get(f"/mercis/ecrire/{exchange}"))
    await writes(browser, bilal, exchange, "Merci, il roule très bien !")
    await browser.sign_in(anne)
    page = words(await browser.get("/mercis"))
    assert "il roule très bien" in page and "Vous avez aidé" not in page


async def test_with_a_chosen_helper_one_click_is_enough(browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal, emilie)
    await chosen(ad, bilal)
    await browser.sign_in(anne)

    form = (await browser.get(f"/annonces/{ad.id}/cloture")).text

    assert f'value="{bilal.id}" checked' in form
    assert f'value="{emilie.id}" checked' not in form
    assert 'value="fulfilled" checked' in form
    assert form.index(str(bilal.id)) < form.index(str(emilie.id))


async def test_nobody_may_have_helped(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    assert (await end(browser, ad)).status_code == 303
    assert await pairs(ad) == set()


async def test_a_withdrawn_ad_was_helped_by_nobody(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    await end(browser, ad, bilal, outcome="withdrawn")
    assert await pairs(ad) == set()
    assert await families(bilal) == 0


@pytest.mark.parametrize("who", ["emilie", "nobody", "anne", "nonsense"])
async def test_only_who_answered_can_have_helped(browser, anne, bilal, emilie, who):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    named = {"emilie": emilie.id, "nobody": uuid4(), "anne": anne.id, "nonsense": "x"}[who]

    answer = await browser.submit(f"/annonces/{ad.id}/cloture", outcome="fulfilled", helped=[str(named)])

    assert answer.status_code == 422
    assert "parmi les personnes qui vous ont répondu" in words(answer)
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "published"


async def test_someone_blocked_is_not_proposed(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", bilal.id, anne.id)
    await browser.sign_in(anne)
    assert "Bilal" not in words(await browser.get(f"/annonces/{ad.id}/cloture"))
    assert (await end(browser, ad, bilal)).status_code == 422


async def test_who_waited_and_helped_is_not_told_that_others_did(browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal, emilie)
    for helper in (bilal, emilie):
        await waiting(ad, helper)
    await browser.sign_in(anne)

    await end(browser, ad, bilal)

    states = await database.rows("SELECT helper, state FROM answer WHERE listing = $1", ad.id)
    assert {row["helper"]: row["state"] for row in states}[bilal.id] == "chosen"


async def test_words_of_thanks_are_written_in_the_same_step(browser, anne, bilal):
    ad = await answered_ad(anne, bilal, category="classifieds", deal="seek")
    await browser.sign_in(anne)

    await end(browser, ad, bilal, **{f"word-{bilal.id}": "Merci pour la poussette !"})

    word = await database.row("SELECT * FROM thanks")
    assert (word["from_member"], word["to_member"], word["state"]) == (anne.id, bilal.id, "published")
    assert {"thanks_received", "thanks_to_write"} <= set(await topics(bilal))


async def test_a_word_that_cannot_stay_keeps_the_ad_online_and_what_was_typed(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)

    answer = await end(browser, ad, bilal, **{f"word-{bilal.id}": "Voici : FR76 3000 6000 0112 3456 7890 189"})

    assert answer.status_code == 422
    assert "IBAN" in words(answer) and "FR76 3000" in words(answer)
    assert f'id="word-{bilal.id}-error"' in answer.text
    assert await pairs(ad) == set()
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "published"


async def test_an_ad_settled_from_an_email_can_still_say_who_helped(browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    await end(browser, ad)
    assert "Qui était de l’échange" in words(await browser.get("/mercis"))
    assert "Qui vous a aidé" in words(await browser.get(f"/annonces/{ad.id}/aide"))

    page = await browser.follow(await browser.submit(f"/annonces/{ad.id}/aide", helped=[str(bilal.id)]))

    assert "C’est noté, merci" in words(page)
    assert await families(bilal) == 1
    assert (await browser.submit(f"/annonces/{ad.id}/aide", helped=[str(emilie.id)])).status_code == 422


async def test_the_day_after_the_author_can_still_say_who_came_and_thank_them(browser, anne, bilal, emilie):
    ad = await answered_ad(anne, bilal, emilie)
    await answered_ad(anne, bilal)
    await chosen(ad, bilal)
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 hour'")
    await expire_ads()
    await browser.sign_in(anne)
    assert words(await browser.get("/mercis")).count("Qui était de l’échange") == 1
    assert f'value="{bilal.id}" checked' in (await browser.get(f"/annonces/{ad.id}/aide")).text

    word = {f"word-{bilal.id}": "Merci d’être venu !"}
    await browser.submit(f"/annonces/{ad.id}/aide", helped=[str(bilal.id)], **word)

    assert await pairs(ad) == {(bilal.id, anne.id)} and await families(bilal) == 1
    assert "Merci d’être venu" in words(await browser.get("/mercis"))
    assert "Qui était de l’échange" not in words(await browser.get("/mercis"))


async def test_after_fourteen_days_it_is_no_longer_asked(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    await end(browser, ad)
    await database.execute("UPDATE listing SET closed_at = now() - interval '15 days' WHERE id = $1", ad.id)
    assert "Qui était de l’échange" not in words(await browser.get("/mercis"))
    assert (await browser.submit(f"/annonces/{ad.id}/aide", helped=[str(bilal.id)])).status_code == 409
    assert await families(bilal) == 0


async def test_eighty_seven_answers_fit_on_the_page(browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    await chosen(ad, bilal)
    for number in range(86):
        await answered(ad.id, (await person(f"Voisin{number}", "29019")).id)
    await browser.sign_in(anne)

    form = await browser.get(f"/annonces/{ad.id}/cloture")

    assert "86 autres personnes ont répondu" in words(form)
    assert len(form.content) < 40 * 1024, len(form.content)


async def test_a_second_click_counts_once_and_who_is_named_too_late_is_not_said_to_be_counted(browser, anne, bilal):
    clicked, by_link = await answered_ad(anne, bilal), await answered_ad(anne, bilal)
    await browser.sign_in(anne)
    assert [(await end(browser, clicked, bilal)).status_code for _ in range(2)] == [303, 303]
    assert await families(bilal) == 1
    await end(browser, by_link)

    late = await end(browser, by_link, bilal)

    assert late.status_code == 409 and "déjà terminée" in late.text
    assert await pairs(by_link) == set()


@pytest.mark.commits
async def test_ending_in_two_windows_at_once_counts_once(browser, another_browser, anne, bilal):
    ad = await answered_ad(anne, bilal)
    for window in (browser, another_browser):
        await window.sign_in(anne)
        await window.get("/charte")

    answers = await asyncio.gather(*(end(window, ad, bilal) for window in (browser, another_browser)))

    assert [answer.status_code for answer in answers] in ([303, 303], [303, 409], [409, 303])
    assert await families(bilal) == 1
    assert (await topics(bilal)).count("thanks_to_write") == 1


@pytest.mark.commits
async def test_two_ads_ended_at_once_both_count(browser, another_browser, anne, emilie, bilal):
    hers, theirs = await answered_ad(anne, bilal), await answered_ad(emilie, bilal)
    for window, member in ((browser, anne), (another_browser, emilie)):
        await window.sign_in(member)
        await window.get("/charte")

    answers = await asyncio.gather(end(browser, hers, bilal), end(another_browser, theirs, bilal))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await families(bilal) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told_by=st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 3), max_size=4)), max_size=6))
async def test_families_helped_is_the_number_of_distinct_families(cast_of_four, told_by):
    people = cast_of_four
    before = await DB.current_transaction.get().savepoint()
    expected: dict[int, set[int]] = {number: set() for number in range(4)}
    for author, helpers in told_by:
        others = [people[number] for number in helpers if number != author]
        ad = await answered_ad(people[author], *{one.id: one for one in others}.values())
        await record_helped(ad.id, people[author], [one.id for one in others])
        await record_helped(ad.id, people[author], [one.id for one in others])
        for number in set(helpers) - {author}:
            expected[number].add(author)
    assert [await families(one) for one in people] == [len(expected[number]) for number in range(4)]
    await before.rollback_to()
    await before.release()


@pytest.fixture
async def cast_of_four(anne, bilal, chloe, emilie):
    return [anne, bilal, chloe, emilie]


async def chosen(ad, helper) -> None:
    await _answer(ad, helper, "chosen")


async def waiting(ad, helper) -> None:
    await _answer(ad, helper, "waiting")


async def _answer(ad, helper, state: str) -> None:
    await database.execute(
        "INSERT INTO answer (listing, helper, conversation, slots, availability, commune, word, state, answered_at)"
        " SELECT $1, $2, id, '{}', '', '29019', '', $3, now() FROM conversation WHERE listing = $1 AND helper = $2"
        " ON CONFLICT (listing, helper) DO UPDATE SET state = excluded.state",
        ad.id,
        helper.id,
        state,
    )
