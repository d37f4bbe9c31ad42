"""Who reported reads what came of it, with a reference and a way to contest it."""

import pytest

from app import database
from tests.helpers.ads import closed, published
from tests.helpers.browser import said
from tests.helpers.cases import take_and_decide
from tests.helpers.reports import reports, reports_of
from tests.helpers.talks import answered


async def _decided(browser, anne, bilal, chloe, kind, **given):
    ad = await published(anne)
    case = await reports(browser, bilal, f"/annonces/{ad.id}")
    await take_and_decide(await browser.sign_in(chloe), case, kind, **given)
    decision = await database.row('SELECT id, reference FROM decision WHERE "case" = $1', case)
    await browser.sign_in(bilal)
    return case, decision


@pytest.mark.parametrize(("kind", "contested"), [("approve", True), ("remove", False)])
async def test_a_decision_has_its_reference_and_who_was_not_followed_may_contest_it(
    browser, anne, bilal, chloe, kind, contested
):
    case, decision = await _decided(browser, anne, bilal, chloe, kind)
    page = await browser.get(f"/signalements/{case}")
    assert decision["reference"] in said(page)
    assert (f"/decisions/{decision['id']}/recours" in page.text) == contested
    assert (await browser.get(f"/decisions/{decision['id']}/recours")).status_code == (200 if contested else 409)
    assert chloe.first_name not in said(page)


async def test_what_its_author_writes_out_of_sight_is_not_read_by_who_reported_it(browser, anne, bilal, chloe):
    case, _ = await _decided(browser, anne, bilal, chloe, "ask_changes")
    await database.execute("UPDATE listing SET title = 'Pas encore relu'")
    for address in (f"/signalements/{case}", "/moi/signalements"):
        page = said(await browser.get(address))
        assert "Annonce retirée" in page
        assert "Pas encore relu" not in page
    seen = await published(anne, "rides", title="Covoiturage du lundi")
    other = await reports(browser, bilal, f"/annonces/{seen.id}")
    assert "Covoiturage du lundi" in said(await browser.get(f"/signalements/{other}"))


async def test_an_ad_set_aside_is_neither_called_removed_nor_said_to_stay(browser, anne, bilal):
    ad = await published(anne)
    case = await reports(browser, bilal, f"/annonces/{ad.id}")
    assert "Le texte reste visible" in said(await browser.get(f"/signalements/{case}"))
    await database.execute("UPDATE listing SET status = 'aside', set_aside_at = now() WHERE id = $1", ad.id)
    page = said(await browser.get(f"/signalements/{case}"))
    assert "Annonce mise de côté" in page
    assert "reste visible" not in page and "Annonce retirée" not in page
    assert "Annonce mise de côté" in said(await browser.get("/moi/signalements"))


async def test_past_six_months_nothing_is_promised(browser, anne, bilal, chloe):
    case, decision = await _decided(browser, anne, bilal, chloe, "approve")
    await database.execute(
        "UPDATE decision SET decided_at = decided_at - interval '7 months',"
        " appeal_until = decided_at - interval '1 day' WHERE id = $1",
        decision["id"],
    )
    page = await browser.get(f"/signalements/{case}")
    assert "/recours" not in page.text


async def test_an_abusive_report_is_told_as_what_it_was(browser, anne, bilal, chloe):
    ad = await published(anne)
    case = await reports(browser, bilal, f"/annonces/{ad.id}")
    (one,) = await reports_of(bilal)
    await take_and_decide(await browser.sign_in(chloe), case, "approve", abusive=str(one["id"]))
    assert (await reports_of(bilal))[0]["outcome"] == "abusive"
    page = said(await (await browser.sign_in(bilal)).get(f"/signalements/{case}"))
    assert "n’avait pas lieu d’être" in page


async def test_ones_reports_stand_on_one_page(browser, anne, bilal, chloe, emilie):
    await browser.sign_in(bilal)
    assert "Rien pour l’instant" in said(await browser.get("/moi/signalements"))
    await _decided(browser, anne, bilal, chloe, "remove")
    await reports(browser, bilal, f"/annonces/{(await published(anne, 'rides')).id}")
    page = said(await browser.get("/moi/signalements"))
    assert "suivi d’effet" in page
    assert "en lecture" in page
    assert "Rien pour l’instant" in said(await (await browser.sign_in(emilie)).get("/moi/signalements"))


async def test_an_ad_that_ended_is_reported_by_who_may_still_read_it(browser, anne, bilal, emilie):
    ad = await published(anne)
    await answered(ad.id, bilal.id)
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = 'fulfilled', closed_at = now() WHERE id = $1", ad.id
    )
    await browser.sign_in(emilie)
    assert (await browser.get(f"/annonces/{ad.id}/signalement")).status_code == 404
    assert await reports(browser, bilal, f"/annonces/{ad.id}")


async def test_an_ad_thrown_away_as_a_draft_is_nobodys_to_report(browser, anne, bilal):
    ad = await closed(anne)
    await database.execute("UPDATE listing SET published_at = NULL WHERE id = $1", ad.id)
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{ad.id}/signalement")).status_code == 404
