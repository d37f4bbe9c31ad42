"""Any member may say that something is wrong; the team reads it, they are told."""

import asyncio

import pytest

from app import database
from members.tables import Block
from tests.helpers.ads import closed, draft, published
from tests.helpers.browser import said
from tests.helpers.cases import audited, case_of, said_under, take, take_and_decide, told


async def test_a_report_opens_a_case_and_the_ad_stays_visible(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    form = await browser.get(f"/annonces/{listing.id}/signalement")
    assert listing.title in form.text
    thanks = await browser.follow(
        await browser.submit(f"/annonces/{listing.id}/signalement", reason="market", words="C’est un magasin.")
    )
    assert "Merci, c’est signalé" in said(thanks)
    assert "Le texte reste visible" in said(thanks)
    case = await case_of(listing.id)
    assert (case["author"], case["risk"], case["category"], case["department"]) == (anne.id, 40, "childcare", "29")
    assert await audited(case["id"]) == ["case.opened", "thing.reported"]
    assert await database.value("SELECT status FROM listing WHERE id = $1", listing.id) == "published"
    assert await told(anne) == []


async def test_reports_of_several_people_join_one_case_and_press_more(browser, anne, bilal, emilie, chloe):
    listing = await published(anne)
    for member, reason in ((bilal, "market"), (emilie, "hurtful")):
        await browser.sign_in(member)
        await browser.submit(f"/annonces/{listing.id}/signalement", reason=reason, words=f"Par {member.first_name}.")
    assert await database.value("SELECT count(*) FROM moderation_case") == 1
    case = await case_of(listing.id)
    assert case["risk"] == 70
    await browser.sign_in(chloe)
    assert "signalée 2 fois" in said(await browser.get("/moderation"))
    page = said(await browser.get(f"/moderation/dossiers/{case['id']}"))
    assert "2 signalements" in page
    assert "Par Bilal." in page
    assert "Par Emilie." in page


async def test_each_more_report_presses_as_much_as_the_one_before(browser, anne, bilal, emilie, chloe, farid):
    listing = await published(anne)
    risks = []
    for member in (bilal, emilie, chloe, farid):
        await browser.sign_in(member)
        await browser.submit(f"/annonces/{listing.id}/signalement", reason="market")
        risks.append((await case_of(listing.id))["risk"])
    assert risks == [40, 45, 50, 55]


@pytest.mark.commits
async def test_two_people_and_a_double_click_at_once_are_one_case_and_two_reports(
    browser, another_browser, anne, bilal, emilie
):
    path = f"/annonces/{(await published(anne)).id}/signalement"
    for member, window in ((bilal, browser), (emilie, another_browser)):
        await (await window.sign_in(member)).get(path)
    answers = await asyncio.gather(
        browser.submit(path, reason="market"),
        browser.submit(path, reason="market"),
        another_browser.submit(path, reason="hurtful"),
    )
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert await database.value("SELECT count(*) FROM moderation_case") == 1
    assert await database.value("SELECT count(*) FROM report") == 2
    assert await database.value("SELECT risk FROM moderation_case") == 70


async def test_a_second_report_by_the_same_person_changes_nothing(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    first = await browser.submit(f"/annonces/{listing.id}/signalement", reason="market")
    before = await case_of(listing.id)
    again = await browser.submit(f"/annonces/{listing.id}/signalement", reason="hurtful")
    assert again.headers["location"] == first.headers["location"]
    assert (await browser.get(f"/annonces/{listing.id}/signalement")).headers["location"] == first.headers["location"]
    assert await database.value("SELECT count(*) FROM report") == 1
    assert (await case_of(listing.id))["version"] == before["version"]


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ("approve", "rien trouvé de contraire"),
        ("ask_changes", "son auteur doit la corriger"),
        ("remove", "Cette annonce a été retirée"),
    ],
)
async def test_who_reported_is_told_what_came_of_it(browser, anne, bilal, chloe, decided, words):
    listing = await published(anne)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{listing.id}/signalement", reason="market")
    case = await case_of(listing.id)
    await take_and_decide(await browser.sign_in(chloe), case["id"], decided)
    assert await told(bilal) == [("report_handled", f"/signalements/{case['id']}")]
    await browser.sign_in(bilal)
    assert words in said(await browser.get(f"/signalements/{case['id']}"))


async def test_a_reply_is_reported_on_its_own(browser, anne, bilal, emilie, chloe):
    listing = await published(anne)
    await said_under(listing.id, anne, "Merci de votre intérêt.")
    reply = await said_under(listing.id, bilal, "Contre mille euros par jour.")
    await browser.sign_in(emilie)
    assert "Contre mille euros" in (await browser.get(f"/reponses/{reply}/signalement")).text
    await browser.submit(f"/reponses/{reply}/signalement", reason="market")
    case = await case_of(listing.id, "reply")
    assert (case["reply"], case["author"]) == (reply, bilal.id)
    page = said(await take(await browser.sign_in(chloe), case["id"]))
    assert "Merci de votre intérêt." in page
    assert "Contre mille euros par jour." in page


async def test_nobody_reports_their_own_words(browser, anne):
    listing = await published(anne)
    reply = await said_under(listing.id, anne, "Toujours d’actualité.")
    await browser.sign_in(anne)
    for path in (f"/annonces/{listing.id}/signalement", f"/reponses/{reply}/signalement"):
        assert (await browser.get(path)).status_code == 409
        assert (await browser.submit(path, reason="other")).status_code == 409
    assert await database.value("SELECT count(*) FROM report") == 0


async def test_what_one_does_not_see_cannot_be_reported(browser, anne, bilal):
    hidden = [await draft(anne), await published(anne)]
    await Block(blocker=anne.id, blocked=bilal.id).save()
    held = await said_under(hidden[1].id, anne, "En attente.", "held")
    await browser.sign_in(bilal)
    paths = [f"/annonces/{listing.id}/signalement" for listing in hidden]
    for path in [*paths, f"/reponses/{held}/signalement", "/reponses/0/signalement", f"/reponses/{2**70}/signalement"]:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.submit(path, reason="other")).status_code == 404
    assert await database.value("SELECT count(*) FROM moderation_case") == 0


async def test_a_report_needs_a_reason_and_keeps_what_was_typed(browser, anne, bilal):
    listing = await published(anne)
    await browser.sign_in(bilal)
    answer = await browser.submit(f"/annonces/{listing.id}/signalement", words="Il y a un souci.")
    assert answer.status_code == 422
    assert "Il y a un souci." in answer.text
    too_long = await browser.submit(f"/annonces/{listing.id}/signalement", reason="other", words="a" * 1001)
    assert too_long.status_code == 422
    assert await database.value("SELECT count(*) FROM report") == 0


async def test_reports_are_slowed_down_past_twenty_a_day(browser, anne, bilal, monkeypatch):
    monkeypatch.setattr("moderation.reports.reporting.A_DAY", 2)
    await browser.sign_in(bilal)
    answers = [
        (await browser.submit(f"/annonces/{(await published(anne)).id}/signalement", reason="other")).status_code
        for _ in range(3)
    ]
    assert answers == [303, 303, 429]


async def test_a_report_is_read_by_who_made_it_alone(browser, anne, bilal, emilie):
    listing = await published(anne)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{listing.id}/signalement", reason="other", words="Entre nous.")
    case = await case_of(listing.id)
    for other in (anne, emilie):
        await browser.sign_in(other)
        assert (await browser.get(f"/signalements/{case['id']}")).status_code == 404


async def test_what_a_reporter_types_is_shown_as_text(browser, anne, bilal, chloe):
    listing = await published(anne)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{listing.id}/signalement", reason="other", words="<script>alert(1)</script>")
    page = await (await browser.sign_in(chloe)).get(f"/moderation/dossiers/{(await case_of(listing.id))['id']}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


async def test_a_reply_under_an_ad_that_ended_is_there_only_for_who_may_still_read_it(browser, anne, bilal, farid):
    ad = await closed(anne)
    reply = await said_under(ad.id, anne, "Le rendez-vous était mercredi.")
    await database.execute(
        "INSERT INTO conversation (listing, author, helper, opened_at, last_message_at)"
        " VALUES ($1, $2, $3, now(), now())",
        ad.id,
        anne.id,
        bilal.id,
    )
    for member, status in ((bilal, 200), (farid, 404)):
        await browser.sign_in(member)
        assert (await browser.get(f"/reponses/{reply}/signalement")).status_code == status, member.first_name
