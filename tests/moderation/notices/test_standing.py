"""A notice about what was just read for the same reason is answered by the decision that stands."""

import pytest

from app import database
from listings.tables import Listing
from tests.helpers.ads import published
from tests.helpers.browser import said
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.jobs import run_jobs
from tests.helpers.notices import TYPED
from tests.helpers.reports import cases_about, reports, reports_of
from tests.moderation.notices.test_sending import FORM, notices, send


@pytest.fixture
async def left(browser, anne, chloe):
    """An ad a visitor held to be a fraud, read and left as it is."""
    ad = await published(anne)
    await send(browser, f"/annonces/{ad.id}")
    await take_and_decide(await browser.sign_in(chloe), (await case_of(ad.id))["id"], "approve")
    browser.cookies.clear()
    return ad


async def again(browser, ad, number=0, **given):
    sent = {"why": f"Je pense aussi que c’est faux, {number}.", "email": f"autre{number}@exemple.test", **given}
    return await send(browser, f"/annonces/{ad.id}", **sent)


async def test_it_is_kept_and_answered_with_the_decision_that_stands(browser, left, mails):
    answer = await send(browser, f"/annonces/{left.id}", why="Je pense toujours que c’est une escroquerie.")
    assert await cases_about(left.id) == 1
    first, kept = await notices()
    assert (kept["case"], kept["outcome"], kept["answered_at"]) == (first["case"], "unfounded", kept["made_at"])
    page = said(await browser.follow(answer))
    reference = await database.value("SELECT reference FROM decision")
    for words in (kept["number"], reference, "vaut aussi pour votre signalement", "article 21"):
        assert words in page
    await run_jobs()
    assert f"Votre signalement {kept['number']} a reçu une réponse" in [subject for subject, _ in mails()]


async def test_a_member_may_contest_it(browser, left, bilal):
    await browser.sign_in(bilal)
    page = await browser.follow(await browser.submit(FORM, where=f"/annonces/{left.id}", **TYPED))
    decision = await database.value("SELECT id FROM decision")
    assert f"/decisions/{decision}/recours" in page.text
    assert (await browser.get(f"/decisions/{decision}/recours")).status_code == 200


@pytest.mark.parametrize("illegality", ["hatred", "violence"])
async def test_another_kind_is_read(browser, left, illegality):
    await again(browser, left, illegality=illegality)
    assert await cases_about(left.id) == 2


async def test_an_urgent_kind_is_always_read(browser, anne, chloe):
    ad = await published(anne)
    for nth in range(2):
        await again(browser, ad, nth, illegality="violence")
        await take_and_decide(await browser.sign_in(chloe), (await case_of(ad.id))["id"], "approve")
        browser.cookies.clear()
    assert await cases_about(ad.id) == 2


async def test_other_words_an_overturned_decision_and_a_week_later_are_read(browser, left):
    await Listing.update({Listing.body: "Tout autre chose."}).where(Listing.id == left.id)
    await again(browser, left)
    assert await cases_about(left.id) == 2


@pytest.mark.parametrize("change", ["overturned_at = now()", "decided_at = decided_at - interval '8 days'"])
async def test_a_decision_that_no_longer_stands_answers_nobody(browser, left, change):
    await database.execute(f"UPDATE decision SET {change}")
    await again(browser, left)
    assert await cases_about(left.id) == 2


async def test_five_people_are_heard_together_and_one_is_one(browser, left, chloe):
    for nth in range(5):
        await again(browser, left, nth, email="Odile@Exemple.test" if nth % 2 else "odile@exemple.test")
    assert await cases_about(left.id) == 1
    for nth in range(4):
        await again(browser, left, nth + 5)
    assert await cases_about(left.id) == 2
    assert (await notices())[-1]["outcome"] == ""


async def test_who_reported_it_meanwhile_is_heard_when_a_notice_brings_it_back(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    case = await reports(browser, bilal, f"/annonces/{ad.id}")
    await take_and_decide(await browser.sign_in(chloe), case, "approve")
    await reports(browser, emilie, f"/annonces/{ad.id}")
    browser.cookies.clear()
    await again(browser, ad)
    (aside,) = await reports_of(emilie)
    assert (aside["case"], aside["read_lately"]) == ((await case_of(ad.id))["id"], False)


async def test_what_the_decision_answered_is_read_when_a_notice_brings_it_back(browser, left, chloe):
    await again(browser, left, why="Le compte bancaire est au nom d’une autre.")
    await again(browser, left, 1, illegality="violence", why="Elle menace une voisine dans la cuisine.")
    await browser.sign_in(chloe)
    page = said(await browser.get(f"/moderation/dossiers/{(await case_of(left.id))['id']}"))
    for words in ("Elle menace une voisine", "Le compte bancaire est au nom d’une autre.", "déjà répondu"):
        assert words in page
    assert page.count("déjà répondu") == 1
    assert TYPED["why"] not in page  # read for the decision that answered it


async def test_what_was_said_of_other_words_is_not_shown(browser, left, chloe):
    await again(browser, left, why="Le compte bancaire est au nom d’une autre.")
    await Listing.update({Listing.body: "Tout autre chose."}).where(Listing.id == left.id)
    await again(browser, left, 1)
    await browser.sign_in(chloe)
    page = said(await browser.get(f"/moderation/dossiers/{(await case_of(left.id))['id']}"))
    assert "Je pense aussi que c’est faux, 1." in page
    assert "Le compte bancaire" not in page
