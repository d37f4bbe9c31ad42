"""A decision is explained, contested, judged by somebody else and undone; what was lost comes back."""

from uuid import uuid4

import pytest

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take, take_and_decide, told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs


@pytest.fixture
async def farid(farid):
    """Who may judge everything here."""
    await database.execute("UPDATE role SET categories = '{}', departments = '{}' WHERE member = $1", farid.id)
    return farid


async def test_a_removed_ad_is_explained_contested_and_comes_back(browser, another_browser, anne, bilal, chloe, farid):
    empty_mailbox()
    ad = await published(anne, title="Bougies de la vente de l’école")
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/signalement", reason="market")
    desk = await another_browser.sign_in(chloe)
    case = (await case_of(ad.id))["id"]
    await take_and_decide(
        desk, case, "remove", reason="market", words="Entraide n’est pas une boutique.", facts="Une vente à l’année."
    )

    author = await browser.sign_in(anne)
    decided = await database.row('SELECT id, reference FROM decision WHERE "case" = $1', case)
    statement = words(await author.get(f"/decisions/{decided['id']}"))
    for part in (decided["reference"], "Une vente à l’année.", "Entraide n’est pas une boutique.", "Contester"):
        assert part in statement
    assert "Chloe" not in statement
    assert decided["reference"] in words(await author.get("/moi/decisions"))
    await run_jobs()
    (letter,) = letters_to(anne.email)
    assert "Bougies" not in letter.as_string()

    why = {"words": "L’argent va à la classe de mer.", "once": uuid4()}
    thread = await author.follow(await author.submit(f"/decisions/{decided['id']}/recours", **why))
    assert "L’argent va à la classe de mer." in words(thread)

    appeal = (await case_of(ad.id, "appeal"))["id"]
    assert (await desk.get(f"/moderation/dossiers/{appeal}")).status_code == 404
    judge = await another_browser.sign_in(farid)
    version = (await take(judge, appeal)).text.split('name="version" value="')[1].split('"')[0]
    verdict = {"version": version, "verdict": "upheld", "words": "C’est bien une vente d’école."}
    await judge.submit(f"/moderation/dossiers/{appeal}/recours", **verdict)

    assert "C’est bien une vente d’école." in words(await author.get(str(thread.url)))
    reader = await another_browser.sign_in(bilal)
    assert "Bougies de la vente de l’école" in words(await reader.get(f"/annonces/{ad.id}"))
    assert await database.value("SELECT overturned_at IS NOT NULL FROM decision WHERE id = $1", decided["id"])


async def test_who_reported_in_vain_may_have_it_looked_at_by_another(
    browser, another_browser, anne, bilal, chloe, farid
):
    ad = await published(anne)
    reporter = await browser.sign_in(bilal)
    await reporter.submit(f"/annonces/{ad.id}/signalement", reason="market")
    case = (await case_of(ad.id))["id"]
    await take_and_decide(await another_browser.sign_in(chloe), case, "approve")
    assert (await told(bilal))[-1][0] == "report_handled"

    decision = await database.value('SELECT id FROM decision WHERE "case" = $1', case)
    sent = await reporter.submit(f"/decisions/{decision}/recours", words="Elle en vend chaque semaine.", once=uuid4())
    assert "Elle en vend chaque semaine." in words(await reporter.follow(sent))
    appeal = (await case_of(ad.id, "appeal"))["id"]
    assert (await another_browser.sign_in(farid)) and ad.title in words(await another_browser.get("/moderation"))
    assert (await take(another_browser, appeal)).status_code == 200


async def test_nobody_contests_what_is_not_theirs_nor_after_six_months(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/signalement", reason="market")
    case = (await case_of(ad.id))["id"]
    await take_and_decide(await another_browser.sign_in(chloe), case, "remove", reason="market")
    decision = await database.value('SELECT id FROM decision WHERE "case" = $1', case)

    refused = await browser.get(f"/decisions/{decision}/recours")
    assert refused.status_code == 409  # the report was right
    await browser.sign_in(anne)
    await database.execute(
        "UPDATE decision SET decided_at = now() - interval '7 months', appeal_until = now() - interval '1 day'"
        " WHERE id = $1",
        decision,
    )
    late = await browser.submit(f"/decisions/{decision}/recours", words="Trop tard ?", once=uuid4())
    assert late.status_code == 410
    assert not await database.value("SELECT count(*) FROM appeal")
