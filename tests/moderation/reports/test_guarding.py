"""What was reported, read and left as it is does not come back for one more report."""

import asyncio

import pytest

from app import database
from listings.tables import Listing
from tests.helpers.ads import published
from tests.helpers.appeals import contest
from tests.helpers.browser import Browser, said
from tests.helpers.cases import audited, case_of, said_under, take, take_and_decide, told
from tests.helpers.cast import belonging, person
from tests.helpers.reports import cases_about, left_as_it_is, reports, reports_of


@pytest.fixture
async def crowd(body):
    """Five more members."""
    return [await belonging(await person(f"Membre{n}", "29019"), body) for n in range(5)]


async def test_one_more_report_is_kept_and_told_honestly(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    assert await reports(browser, emilie, path, "hurtful", words="Je trouve cela blessant.") == read
    page = await browser.get(f"/signalements/{read}")
    assert "ce texte a été relu il y a peu" in said(page)
    assert "il reste visible" in said(page)
    assert "Je trouve cela blessant." in said(page)
    assert f'action="/signalements/{read}/precision"' in page.text
    assert "/signaler-un-contenu-illicite" in page.text
    (kept,) = await reports_of(emilie)
    assert (kept["case"], kept["read_lately"], kept["outcome"]) == (read, True, "")
    assert await cases_about(ad.id) == 1
    assert (await audited(read))[-1] == "thing.reported_again"
    assert await told(emilie) == []


async def test_an_appeal_being_judged_does_not_end_the_quiet(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await browser.sign_in(bilal)
    decision = await database.value('SELECT id FROM decision WHERE "case" = $1', read)
    await contest(browser, decision)
    assert await database.value("SELECT count(*) FROM appeal WHERE state = 'open'") == 1
    assert await reports(browser, emilie, path) == read
    assert await database.value("SELECT read_lately FROM report WHERE reporter = $1", emilie.id)


async def test_a_first_report_of_what_a_moderator_let_be_published_is_read(browser, anne, bilal, chloe):
    """Who wrote to the author may know more than who read the ad."""
    ad = await published(anne)
    case = await reports(browser, bilal, f"/annonces/{ad.id}")
    assert (await case_of(ad.id))["id"] == case
    assert not (await reports_of(bilal))[0]["read_lately"]


async def test_five_members_are_heard_together(browser, anne, bilal, chloe, crowd):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    seen = [await reports(browser, member, path) for member in crowd]
    assert seen[:4] == [read] * 4
    assert seen[4] != read
    assert await cases_about(ad.id) == 2
    case = await case_of(ad.id)
    assert (case["id"], case["risk"]) == (seen[4], 40 + 4 * 5)
    moved = await database.rows('SELECT "case", read_lately FROM report WHERE reporter <> $1', bilal.id)
    assert [(one["case"], one["read_lately"]) for one in moved] == [(seen[4], False)] * 5
    await take_and_decide(await browser.sign_in(chloe), seen[4], "remove")
    for member in crowd:
        assert await told(member) == [("report_handled", f"/signalements/{seen[4]}")]
        await browser.sign_in(member)
        for address in (read, seen[4]):
            assert "a été retirée" in said(await browser.get(f"/signalements/{address}")), "the old address follows"


@pytest.mark.commits
async def test_five_at_once_open_exactly_one_case(app, browser, anne, bilal, chloe, crowd):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    await left_as_it_is(browser, path, bilal, chloe)
    windows = []
    for member in crowd:
        window = Browser(transport=browser._transport, base_url="https://site.test")
        windows.append(await window.sign_in(member))
    async with asyncio.timeout(30):
        answers = await asyncio.gather(
            *(window.submit(f"{path}/signalement", reason="market") for window in windows for _ in range(2))
        )
    assert {answer.status_code for answer in answers} == {303}
    assert await cases_about(ad.id) == 2
    assert await database.value("SELECT count(*) FROM report WHERE reporter <> $1", bilal.id) == 5
    assert await database.value("SELECT count(*) FROM report WHERE read_lately") == 0
    assert (await case_of(ad.id))["risk"] == 60


async def test_an_edit_by_its_author_ends_the_quiet(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await Listing.update({Listing.body: "Tout autre chose."}).where(Listing.id == ad.id)
    again = await reports(browser, bilal, path)
    assert again != read, "the same person may report the new words"
    assert await reports(browser, emilie, path) == again


async def test_the_words_a_moderator_read_are_those_left_not_those_reported(browser, anne, bilal, emilie, chloe):
    """The author changed them between the report and the decision."""
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    case = await reports(browser, bilal, path)
    await Listing.update({Listing.body: "Corrigé entre-temps."}).where(Listing.id == ad.id)
    await take_and_decide(await browser.sign_in(chloe), case, "approve")
    assert await reports(browser, emilie, path) == case
    assert (await reports_of(emilie))[0]["read_lately"]


async def test_the_quiet_lasts_a_week(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await database.execute("UPDATE decision SET decided_at = decided_at - interval '8 days' WHERE \"case\" = $1", read)
    assert await reports(browser, emilie, path) != read


async def test_a_removal_that_was_overturned_or_an_approval_that_was_is_no_quiet(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await database.execute('UPDATE decision SET overturned_at = now() WHERE "case" = $1', read)
    assert await reports(browser, emilie, path) != read


async def test_a_reply_has_its_own_quiet(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    one, other = [await said_under(ad.id, anne, words) for words in ("Toujours d’actualité.", "Merci à tous.")]
    read = await left_as_it_is(browser, f"/reponses/{one}", bilal, chloe)
    assert await reports(browser, emilie, f"/reponses/{one}") == read
    assert await reports(browser, emilie, f"/reponses/{other}") != read


async def test_who_adds_something_is_kept_and_does_not_bring_it_back_alone(browser, anne, bilal, emilie, chloe, crowd):
    ad = await published(anne)
    path = f"/annonces/{ad.id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await reports(browser, crowd[0], path)
    await reports(browser, emilie, path, words="Prix trop haut.")
    short = await browser.submit(f"/signalements/{read}/precision", words="Regardez.")
    assert short.status_code == 422
    assert "Regardez." in short.text
    more = "Elle m’a demandé en privé un virement d’avance."
    for _ in range(2):
        answer = await browser.submit(f"/signalements/{read}/precision", words=more)
    page = await browser.follow(answer)
    assert "cela ne rouvre pas le dossier" in said(page)
    assert said(page).count(more) == 1, "the same sent twice is one"
    assert "/signaler-un-contenu-illicite" in page.text
    decision = await database.value('SELECT id FROM decision WHERE "case" = $1', read)
    assert f"/decisions/{decision}/recours" in page.text
    assert (await browser.get(f"/decisions/{decision}/recours")).status_code == 200
    assert await cases_about(ad.id) == 1
    (kept,) = await reports_of(emilie)
    assert (kept["case"], kept["read_lately"]) == (read, True)
    assert (await audited(read))[-1] == "thing.reported_again"
    for member in crowd[1:]:
        await reports(browser, member, path)
    case = await case_of(ad.id)
    assert case["id"] != read, "hers is one of the five"
    assert (await reports_of(emilie))[0]["case"] == case["id"]
    assert (await reports_of(crowd[0]))[0]["case"] == case["id"], "who waited aside is heard too"
    desk = said(await take(await browser.sign_in(chloe), case["id"]))
    assert "Prix trop haut." in desk
    assert more in desk
    await browser.sign_in(emilie)
    again = await browser.submit(f"/signalements/{case['id']}/precision", words=more)
    assert again.status_code == 409


async def test_who_adds_something_when_the_week_is_over_is_read(browser, anne, bilal, emilie, chloe):
    ad = await published(anne)
    read = await left_as_it_is(browser, f"/annonces/{ad.id}", bilal, chloe)
    await reports(browser, emilie, f"/annonces/{ad.id}")
    await database.execute("UPDATE decision SET decided_at = decided_at - interval '8 days' WHERE \"case\" = $1", read)
    answer = await browser.submit(f"/signalements/{read}/precision", words="Elle m’a demandé un virement d’avance.")
    assert "l’équipe relit ce texte avec ce que vous venez d’ajouter" in said(await browser.follow(answer))
    assert await cases_about(ad.id) == 2


async def test_nobody_adds_to_the_report_of_another(browser, anne, bilal, emilie, chloe):
    read = await left_as_it_is(browser, f"/annonces/{(await published(anne)).id}", bilal, chloe)
    await browser.sign_in(emilie)
    answer = await browser.submit(f"/signalements/{read}/precision", words="Je n’ai rien signalé, mais je parle.")
    assert answer.status_code == 404


async def test_a_report_after_a_report_of_the_same_words_leads_to_what_came_of_it(browser, anne, bilal, chloe):
    path = f"/annonces/{(await published(anne)).id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    assert await reports(browser, bilal, path, "hurtful") == read
    assert len(await reports_of(bilal)) == 1
