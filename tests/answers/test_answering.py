"""A first answer says when, from where, and a word."""

import re
from uuid import uuid4

import pytest

from app import database
from listings.schedules.schedule import Schedule, Slot, Weekly
from members.blocking import block
from tests.answers.people import answer_of, lines, state_of
from tests.helpers.ads import closed, in_days, published
from tests.helpers.browser import said, words

WEEK = Schedule(weekly=Weekly(days=(0, 1, 3)))


async def answer(browser, listing, **fields):
    return await browser.submit(f"/annonces/{listing}/candidature", once=uuid4(), **{"text": "Avec plaisir.", **fields})


async def test_the_days_the_place_and_a_word_open_the_conversation(browser, anne, bilal):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    helper = await browser.sign_in(bilal)
    form = await helper.get(f"/annonces/{ad}")
    assert "Quand je peux" in form.text and 'value="Quimper (29)"' in form.text and form.text.count('name="slots"') == 3
    page = await helper.follow(await answer(helper, ad, slots=["3", "1"], commune="Brest (29)"))
    assert "Avec plaisir." in page.text and "Quand : mardi et jeudi" in words(page)
    assert "D’où : Brest (29)" in words(page) and "Votre réponse attend" in words(page)
    kept = await answer_of(ad, bilal.id)
    assert (kept["slots"], kept["commune"], kept["word"], kept["state"]) == (
        ["1", "3"], "29019", "Avec plaisir.", "waiting",
    )  # fmt: skip
    assert "Votre réponse attend" in words(await helper.get(f"/annonces/{ad}"))


@pytest.mark.parametrize("dates,ticked", [(1, 1), (2, 0)])
async def test_the_only_day_there_is_stands_ticked_in_both_forms(browser, anne, bilal, dates, ticked):
    slots = tuple(Slot(on=in_days(20 + n)) for n in range(dates))
    ad = await published(anne, schedule=Schedule(slots=slots))
    await browser.sign_in(bilal)
    for address in (f"/annonces/{ad.id}", f"/annonces/{ad.id}/candidature"):
        page = (await browser.get(address)).text
        boxes = re.findall(r'<input[^>]*name="slots"[^>]*>', page)
        assert (len(boxes), sum(" checked" in box for box in boxes)) == (dates, ticked)


async def test_an_ad_without_days_is_answered_in_a_few_words(browser, anne, bilal):
    ad = (await published(anne)).id
    helper = await browser.sign_in(bilal)
    assert 'name="slots"' not in (await helper.get(f"/annonces/{ad}")).text
    page = await helper.follow(await answer(helper, ad, availability="Le soir, après 18 h"))
    assert "Quand : Le soir, après 18 h" in words(page)


async def test_each_reader_finds_their_own_commune_in_the_form(browser, another_browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await browser.sign_in(bilal)
    await another_browser.sign_in(emilie)
    for _ in range(2):
        assert 'value="Quimper (29)"' in (await browser.get(f"/annonces/{ad}")).text
        assert 'value="Brest (29)"' in (await another_browser.get(f"/annonces/{ad}")).text


async def test_a_commune_nobody_knows_is_asked_again_and_nothing_typed_is_lost(browser, anne, bilal):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    await browser.sign_in(bilal)
    page = await answer(browser, ad, commune="Xyzzyville", slots="3")
    assert page.status_code == 422 and "Aucune commune de ce nom" in page.text
    assert "Avec plaisir." in page.text and "Xyzzyville" in page.text and 'value="3" checked' in page.text
    assert await answer_of(ad, bilal.id) is None


async def test_a_commune_of_several_is_chosen_among_them(browser, anne, bilal):
    ad = (await published(anne)).id
    await browser.sign_in(bilal)
    page = await answer(browser, ad, commune="Saint-Denis")
    assert page.status_code == 422 and "Laquelle" in page.text
    done = await answer(browser, ad, commune="Saint-Denis", **{"commune-chosen": "Saint-Denis (974)"})
    assert done.status_code == 303 and (await answer_of(ad, bilal.id))["commune"] == "97411"


async def test_the_rules_of_private_messages_also_look_at_when(browser, anne, bilal):
    ad = (await published(anne)).id
    await browser.sign_in(bilal)
    page = await answer(browser, ad, availability="FR76 3000 6000 0112 3456 7890 189")
    assert page.status_code == 422 and "IBAN" in said(page)
    long = await answer(browser, ad, availability="a" * 201)
    assert long.status_code == 422
    assert await answer_of(ad, bilal.id) is None


async def test_a_day_the_ad_does_not_have_is_not_kept(browser, anne, bilal):
    ad = (await published(anne, "school_run", schedule=WEEK)).id
    await browser.sign_in(bilal)
    await answer(browser, ad, slots=["1", "6", "2026-01-01", "x"])
    assert (await answer_of(ad, bilal.id))["slots"] == ["1"]


async def test_an_answer_is_taken_back_and_given_again(browser, anne, bilal):
    ad = (await published(anne)).id
    helper = await browser.sign_in(bilal)
    await answer(helper, ad)
    page = await helper.follow(await helper.submit(f"/annonces/{ad}/candidature/retrait"))
    assert "Vous avez retiré votre réponse." in words(page) and "Répondre de nouveau" in page.text
    assert await state_of(ad, bilal.id) == "withdrawn"
    assert (await helper.submit(f"/annonces/{ad}/candidature/retrait")).status_code == 409
    assert "Quand je peux" in (await helper.get(f"/annonces/{ad}/candidature")).text
    await answer(helper, ad, text="Finalement, je peux.")
    assert await state_of(ad, bilal.id) == "waiting"
    assert (await lines(ad, bilal.id))[1:] == ["Bilal a retiré sa réponse.", "Finalement, je peux."]


async def test_once_decided_another_answer_is_only_a_message(browser, anne, bilal):
    ad = (await published(anne)).id
    helper = await browser.sign_in(bilal)
    await answer(helper, ad)
    await database.execute("UPDATE answer SET state = 'declined'")
    await answer(helper, ad, text="Et la semaine prochaine ?")
    assert await state_of(ad, bilal.id) == "declined" and (await lines(ad, bilal.id))[-1] == "Et la semaine prochaine ?"


async def test_who_was_told_no_may_answer_an_ad_put_online_anew(browser, anne, bilal):
    ad = (await published(anne)).id
    helper = await browser.sign_in(bilal)
    await answer(helper, ad)
    await database.execute("UPDATE answer SET state = 'declined', settled_at = now() - interval '1 hour'")
    await database.execute("UPDATE listing SET published_at = now() - interval '2 hours'")
    assert "Répondre de nouveau" not in (await helper.get(f"/annonces/{ad}")).text
    await database.execute("UPDATE listing SET published_at = now(), version = version + 1")
    assert "Répondre de nouveau" in (await helper.get(f"/annonces/{ad}")).text
    assert "Quand je peux" in (await helper.get(f"/annonces/{ad}/candidature")).text
    await answer(helper, ad, text="Toujours libre !")
    assert await state_of(ad, bilal.id) == "waiting"


async def test_only_who_answered_may_take_an_answer_back(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await answer(await browser.sign_in(bilal), ad)
    for who in (anne, emilie):
        await browser.sign_in(who)
        for do in ("retrait", "oui", "non"):
            assert (await browser.submit(f"/annonces/{ad}/candidature/{do}")).status_code == 404
    await block(anne.id, bilal.id)
    await browser.sign_in(bilal)
    assert (await browser.submit(f"/annonces/{ad}/candidature/retrait")).status_code == 404
    assert await state_of(ad, bilal.id) == "waiting"


async def test_what_ended_is_not_taken_back(browser, anne, bilal):
    ad = (await published(anne)).id
    await answer(await browser.sign_in(bilal), ad)
    await database.execute("UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now()")
    assert (await browser.submit(f"/annonces/{ad}/candidature/retrait")).status_code == 409


async def test_a_conversation_older_than_answers_gets_one(anne, bilal):
    """As the migration does, for what members said before answers had a form of their own."""
    from answers.piccolo_migrations.answers_of_conversations import up
    from tests.helpers.talks import answered

    ad, done = await published(anne), await closed(anne)
    conversation = await answered(ad.id, bilal.id, "Bonjour, le mercredi me va.")
    await database.execute("DELETE FROM answer")
    await database.execute(
        "INSERT INTO conversation (listing, author, helper, opened_at, last_message_at)"
        " VALUES ($1, $2, $3, now(), now())",
        done.id, anne.id, bilal.id,
    )  # fmt: skip
    await up()
    await up()
    kept = await answer_of(ad.id, bilal.id)
    assert (kept["conversation"], kept["word"], kept["commune"], kept["state"]) == (
        conversation, "Bonjour, le mercredi me va.", "29232", "waiting",
    )  # fmt: skip
    assert await state_of(done.id, bilal.id) == "declined"
