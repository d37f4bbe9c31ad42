"""Every notice gets an answer, with reasons to contest it, where its sender can read it."""

import pytest

from app import database
from moderation.cases.closing import close_case_of
from moderation.notices.forgetting import forget_old_notices
from tests.helpers.ads import published
from tests.helpers.browser import said
from tests.helpers.cases import case_of, take_and_decide, told
from tests.helpers.jobs import run_jobs
from tests.helpers.notices import TYPED
from tests.moderation.notices.test_sending import FORM, notices, send


async def test_a_visitor_is_written_to_at_once_and_when_it_is_decided(browser, anne, chloe, mails):
    ad = await published(anne, title="Vélo presque neuf à donner", category="classifieds")
    link = (await send(browser, f"/annonces/{ad.id}")).headers["location"]
    await run_jobs()
    (notice,) = await notices()
    ((subject, text),) = mails()
    assert subject == f"Votre signalement {notice['number']} est bien reçu"
    assert f"https://site.test{link}" in text
    case = await case_of(ad.id)
    await take_and_decide(await browser.sign_in(chloe), case["id"], "remove")
    await run_jobs()
    _, (subject, answer) = mails()
    assert subject == f"Votre signalement {notice['number']} a reçu une réponse"
    for mail in (text, answer):
        for word in ("Vélo", TYPED["why"], "annonces/", "Anne", "Odile", "retiré"):
            assert word not in mail, "an e-mail says nothing of the content"
    browser.cookies.clear()
    page = said(await browser.get(link))
    reference = await database.value('SELECT reference FROM decision WHERE "case" = $1', case["id"])
    for words in (
        "l’équipe vous a donné raison",
        "le contenu a été retiré",
        reference,
        "article 21",
        "jamais par une machine",
    ):
        assert words in page
    assert "Chloe" not in page


@pytest.mark.parametrize(
    ("kind", "outcome"), [("approve", "unfounded"), ("ask_changes", "founded"), ("remove", "founded")]
)
async def test_a_member_is_told_in_the_app_and_may_contest_what_stays(browser, anne, bilal, chloe, kind, outcome):
    ad = await published(anne)
    await (await browser.sign_in(bilal)).submit(FORM, where=f"/annonces/{ad.id}", **TYPED)
    case = await case_of(ad.id)
    await take_and_decide(await browser.sign_in(chloe), case["id"], kind)
    (notice,) = await notices()
    assert (notice["outcome"], notice["answered_at"] is not None) == (outcome, True)
    assert await told(bilal) == [("notice_answered", f"{FORM}/{notice['number']}")]
    page = await (await browser.sign_in(bilal)).get(f"{FORM}/{notice['number']}")
    decision = await database.value('SELECT id FROM decision WHERE "case" = $1', case["id"])
    assert (f"/decisions/{decision}/recours" in page.text) == (kind == "approve")
    if kind == "approve":
        assert (await browser.get(f"/decisions/{decision}/recours")).status_code == 200


async def test_what_adds_to_a_notice_is_answered_with_it_and_told_of_once(browser, anne, chloe, mails):
    ad = await published(anne)
    first = await send(browser, f"/annonces/{ad.id}")
    more = await send(browser, f"/annonces/{ad.id}", why="Et maintenant elle me relance, encore.")
    await run_jobs()
    assert len(mails()) == 2
    await take_and_decide(await browser.sign_in(chloe), (await case_of(ad.id))["id"], "remove")
    await run_jobs()
    assert len(mails()) == 3
    for answer in (first, more):
        assert "vous a donné raison" in said(await browser.get(answer.headers["location"]))


async def test_what_its_author_took_away_is_answered_so(browser, anne, bilal):
    ad = await published(anne)
    await (await browser.sign_in(bilal)).submit(FORM, where=f"/annonces/{ad.id}", **TYPED)
    await close_case_of(ad.id)
    (notice,) = await notices()
    assert notice["outcome"] == "withdrawn"
    assert "son auteur l’a retiré de lui-même" in said(await browser.get(f"{FORM}/{notice['number']}"))


async def test_a_link_that_is_not_ours_leads_nowhere(browser, anne):
    link = (await send(browser, f"/annonces/{(await published(anne)).id}")).headers["location"]
    for wrong in (link[:-2] + "xx", f"{FORM}/suivi/nimporte.quoi", f"{FORM}/suivi/"):
        assert (await browser.get(wrong)).status_code in (303, 404), wrong


async def test_a_notice_is_forgotten_a_year_after(browser, anne, chloe):
    ad, waiting = await published(anne), await published(anne, "rides")
    link = (await send(browser, f"/annonces/{ad.id}")).headers["location"]
    await send(browser, f"/annonces/{waiting.id}")
    await take_and_decide(await browser.sign_in(chloe), (await case_of(ad.id))["id"], "remove")
    await database.execute("UPDATE notice SET made_at = now() - interval '365 days'")
    await forget_old_notices()
    assert len(await notices()) == 2
    await database.execute("UPDATE notice SET made_at = now() - interval '367 days'")
    await forget_old_notices()
    (kept,) = await notices()
    assert kept["location"] == f"/annonces/{waiting.id}", "what nobody answered is not forgotten"
    assert (await browser.get(link)).status_code == 404
