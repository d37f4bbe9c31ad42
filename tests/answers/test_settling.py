"""A word for everyone, whatever ends the wait."""

import pytest

from answers.settling import WORDS
from app import database
from listings.life.expiring import expire_ads
from listings.life.removing import remove
from listings.schedules.schedule import Schedule, Slot, Weekly
from listings.schedules.slots import slots_of
from tests.answers.people import answer_from, lines, on_board, reserved, seats, state_of, told
from tests.helpers.ads import in_days, published
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs

EVERY_TUESDAY = Schedule(weekly=Weekly(days=(1,)))
ONE_DAY = Schedule(slots=(Slot(on=in_days(0)),))
HELD = "Merci, mais mon mari part en opération au Mali le 3 mars."
REFUSED = "Voici mon compte : FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize("text", ["", "   ", "a" * 1001, REFUSED, HELD])
async def test_a_word_the_rules_would_stop_is_asked_again(text, browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    for page in (
        await browser.submit(f"/annonces/{ad}/candidatures/mot", words=text),
        await on_board(browser, ad, answer, "refus", words=text),
    ):
        assert page.status_code == 422 and "field-error" in page.text and text.strip() in page.text
    assert await state_of(ad, bilal.id) == "waiting" and await database.value("SELECT count(*) FROM courtesy") == 0


async def test_the_word_is_ours_at_first_then_the_last_one_sent(browser, anne, bilal, emilie):
    first, second = (await published(anne)).id, (await published(anne)).id
    await answer_from(first, bilal)
    (answer,) = await answer_from(second, emilie)
    await browser.sign_in(anne)
    assert WORDS[:60] in words(await browser.get(f"/annonces/{first}/candidatures"))
    await browser.submit(f"/annonces/{first}/candidatures/mot", words="Merci, à une autre fois !")
    for page in ("", f"/{answer}/refus"):
        assert "Merci, à une autre fois !" in words(await browser.get(f"/annonces/{second}/candidatures{page}"))


async def test_nobody_waits_nobody_is_written_to(browser, anne, bilal):
    ad = (await published(anne)).id
    await answer_from(ad, bilal)
    await browser.sign_in(anne)
    assert (await browser.submit(f"/annonces/{ad}/candidatures/mot", words="Merci !")).status_code == 303
    page = await browser.submit(f"/annonces/{ad}/candidatures/mot", words="Merci !")
    assert page.status_code == 409 and "Plus personne n’attend" in words(page)
    await run_jobs()
    assert (await lines(ad, bilal.id)).count("Merci !") == 1


async def test_those_on_the_list_keep_their_place(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    await answer_from(ad, bilal)
    (emilies,) = await answer_from(ad, emilie)
    await browser.sign_in(anne)
    await on_board(browser, ad, emilies, "liste")
    await browser.submit(f"/annonces/{ad}/candidatures/mot", words="Merci !")
    await run_jobs()
    assert await state_of(ad, emilie.id) == "listed" and await state_of(ad, bilal.id) == "declined"
    assert "Merci !" not in await lines(ad, emilie.id)
    assert "Anne ne peut pas donner suite cette fois." in await lines(ad, bilal.id)


async def test_one_person_is_told_no_and_may_be_chosen_after_all(browser, another_browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    page = await browser.get(f"/annonces/{ad}/candidatures/{answer}/refus")
    assert "Dire non à Bilal" in words(page)
    declined = await on_board(browser, ad, answer, "refus", words="Pas cette fois, merci !")
    assert "Votre mot part tout de suite à Bilal." in words(await browser.follow(declined))
    await run_jobs()
    assert (await lines(ad, bilal.id))[1:] == ["Anne ne peut pas donner suite cette fois.", "Pas cette fois, merci !"]
    assert "Anne ne peut pas donner suite cette fois." in words(
        await (await another_browser.sign_in(bilal)).get(f"/annonces/{ad}")
    )
    assert (await on_board(browser, ad, answer, "refus", words="Encore non")).status_code == 409
    await on_board(browser, ad, answer, "choix")
    assert await state_of(ad, bilal.id) == "chosen"


async def test_who_is_no_longer_counted_on_frees_the_seat(browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    await on_board(browser, ad, answer, "choix")
    assert "Ne plus compter sur Bilal" in words(await browser.get(f"/annonces/{ad}/candidatures/{answer}/refus"))
    await on_board(browser, ad, answer, "refus", words="Finalement nous ne partons plus.")
    await run_jobs()
    assert await seats(ad) == set() and await reserved(ad) == 0 and await state_of(ad, bilal.id) == "declined"
    assert "Finalement nous ne partons plus." in await lines(ad, bilal.id)


async def test_an_ad_that_ends_answers_all_who_wait(browser, anne, bilal, emilie, chloe):
    ad = (await published(anne)).id
    bilals, _, chloes = await answer_from(ad, bilal, emilie, chloe)
    await browser.sign_in(anne)
    await on_board(browser, ad, bilals, "choix")
    await on_board(browser, ad, chloes, "liste")
    await browser.submit(f"/annonces/{ad}/cloture", outcome="fulfilled")
    await run_jobs()
    for other in (emilie, chloe):
        assert await state_of(ad, other.id) == "declined"
        assert (await lines(ad, other.id))[-2:] == ["Anne a trouvé quelqu’un.", WORDS]
        assert "answer_closed" in await told(other.id)
    assert (await lines(ad, bilal.id))[-1] == "L’annonce est terminée : c’est réglé."
    assert "answer_closed" not in await told(bilal.id) and await state_of(ad, bilal.id) == "chosen"


async def test_an_ad_given_up_frees_the_chosen_and_never_says_somebody_was_found(browser, anne, bilal, emilie):
    ad = (await published(anne)).id
    bilals, _ = await answer_from(ad, bilal, emilie)
    await browser.sign_in(anne)
    await on_board(browser, ad, bilals, "choix")
    await browser.submit(f"/annonces/{ad}/cloture", outcome="withdrawn")
    await run_jobs()
    assert await seats(ad) == set() and "answer_closed" in await told(bilal.id)
    assert (await lines(ad, emilie.id))[-2:] == ["L’annonce est terminée.", WORDS]


async def test_an_ad_past_its_term_tells_those_who_wait_without_speaking_for_its_author(anne, bilal):
    ad = (await published(anne)).id
    await answer_from(ad, bilal)
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 hour'")
    await expire_ads()
    await run_jobs()
    assert await state_of(ad, bilal.id) == "declined"
    assert (await lines(ad, bilal.id))[1:] == ["L’annonce est terminée."] and "answer_closed" in await told(bilal.id)


async def test_a_removed_ad_tells_them_without_its_title(browser, anne, bilal):
    ad = (await published(anne, title="Un titre qu’il ne faut plus lire")).id
    await answer_from(ad, bilal)
    await database.execute("DELETE FROM notification")
    await remove(ad)
    await run_jobs()
    page = words(await (await browser.sign_in(bilal)).get("/notifications"))
    assert "est terminée" in page and "ne faut plus lire" not in page


async def test_an_ad_taken_up_again_counts_on_nobody_of_its_last_life(browser, another_browser, anne, bilal):
    ad = (await published(anne)).id
    (answer,) = await answer_from(ad, bilal)
    await browser.sign_in(anne)
    await on_board(browser, ad, answer, "choix")
    await browser.submit(f"/annonces/{ad}/cloture", outcome="withdrawn")
    await run_jobs()
    await database.execute("UPDATE answer SET settled_at = settled_at - interval '1 day'")
    await browser.submit(f"/annonces/{ad}/reprise")
    await browser.submit(f"/annonces/{ad}/publication")
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad) == "published"

    assert "comptez sur" not in words(await browser.get(f"/annonces/{ad}/candidatures"))
    assert f'value="{bilal.id}" checked' not in (await browser.get(f"/annonces/{ad}/cloture")).text
    await another_browser.sign_in(bilal)
    assert "Répondre de nouveau" in words(await another_browser.get(f"/annonces/{ad}"))
    await browser.submit(f"/annonces/{ad}/cloture", outcome="withdrawn")
    await run_jobs()
    assert (await told(bilal.id)).count("answer_closed") == 1


@pytest.mark.parametrize(("schedule", "outcome"), [(EVERY_TUESDAY, "fulfilled"), (ONE_DAY, "expired")])
async def test_when_its_term_comes_what_is_agreed_for_later_days_stands(
    schedule, outcome, browser, anne, bilal, emilie
):
    ad = (await published(anne, "school_run", schedule=schedule)).id
    first, _ = await answer_from(ad, bilal, emilie)
    await browser.sign_in(anne)
    slot = slots_of(schedule)[0].key
    await on_board(browser, ad, first, "choix", slots=[slot])
    await database.execute(
        "UPDATE listing SET expires_at = least(now(), (ends_on + 1)::timestamp AT TIME ZONE 'UTC') WHERE id = $1", ad
    )
    await expire_ads()
    await run_jobs()

    found = await database.row("SELECT status, outcome FROM listing WHERE id = $1", ad)
    assert tuple(found) == ("closed", outcome)
    assert bool(await seats(ad)) is (outcome == "fulfilled")
    assert await told(bilal.id) == ["answer_chosen", *(["answer_closed"] if outcome == "expired" else [])]
    assert await told(emilie.id) == ["answer_closed"] and await state_of(ad, emilie.id) == "declined"
