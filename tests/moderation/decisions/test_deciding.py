"""One moderator decides, once; the author hears of it."""

import asyncio
from datetime import UTC, datetime

import pytest

from app import database
from listings.kinds import Outcome
from listings.life.closing import close_listing
from members.tables import Role
from moderation.cases.closing import close_case_of
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.decisions.reasons import TEXTS, Reason
from tests.helpers.ads import pending, published
from tests.helpers.browser import said
from tests.helpers.cases import WORDS, audited, case_of, decide, hidden, said_under, take, take_and_decide, told, topics


async def _status(listing) -> str:
    return await database.value("SELECT status FROM listing WHERE id = $1", listing.id)


async def _second_moderator(member):
    await Role(member=member.id, kind="moderator", granted_at=datetime.now(UTC)).save()


async def _reported(listing, author) -> dict:
    await open_case(
        kind=CaseKind.listing,
        listing=listing.id,
        author=author.id,
        category=listing.category,
        department=listing.department,
        risk=40,
    )
    return await case_of(listing.id)


async def test_an_approved_ad_is_online_and_its_author_told(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    await browser.sign_in(chloe)
    after = await browser.follow(await take_and_decide(browser, case["id"], "approve"))
    assert await _status(listing) == "published"
    assert await told(emilie) == [("listing_published", f"/annonces/{listing.id}")]
    assert await audited(case["id"]) == ["case.opened", "case.decided"]
    assert "Rien n’attend" in said(after)
    decision = await database.row("SELECT * FROM decision")
    assert (decision["moderator"], decision["author"], decision["kind"]) == (chloe.id, emilie.id, "approve")
    assert decision["words"] == ""


async def test_after_a_decision_comes_the_next_case(browser, chloe, emilie):
    first, second = await pending(emilie), await pending(emilie)
    await browser.sign_in(chloe)
    answer = await take_and_decide(browser, (await case_of(first.id))["id"], "approve")
    assert answer.headers["location"] == f"/moderation/dossiers/{(await case_of(second.id))['id']}"


async def test_an_ad_sent_back_tells_its_author_why_and_can_be_sent_again(browser, another_browser, chloe, emilie):
    listing = await pending(emilie, title="Garde du soir")
    case = await case_of(listing.id)
    await take_and_decide(await browser.sign_in(chloe), case["id"], "ask_changes")
    assert await _status(listing) == "draft"
    ((topic, path),) = await told(emilie)
    assert topic == "listing_sent_back"
    await another_browser.sign_in(emilie)
    explained = await another_browser.get(path)
    assert WORDS in explained.text
    assert TEXTS[Reason.unclear].label in explained.text
    assert f"/annonces/{listing.id}/brouillon" in explained.text
    assert "Chloe" not in explained.text
    sent = await another_browser.submit(f"/annonces/{listing.id}/publication")
    assert sent.status_code == 303
    assert await _status(listing) == "pending"
    again = await case_of(listing.id)
    assert again["id"] != case["id"]
    assert again["closed_at"] is None


async def test_a_decision_is_read_by_the_author_alone(browser, chloe, bilal, emilie):
    listing = await pending(emilie)
    await take_and_decide(await browser.sign_in(chloe), (await case_of(listing.id))["id"], "ask_changes")
    path = (await told(emilie))[0][1]
    for other in (chloe, bilal):
        await browser.sign_in(other)
        assert (await browser.get(path)).status_code == 404


async def test_a_removed_ad_is_seen_by_no_member_any_more(browser, chloe, bilal, anne):
    listing = await published(anne)
    case = await _reported(listing, anne)
    await take_and_decide(await browser.sign_in(chloe), case["id"], "remove", reason="forbidden")
    assert await _status(listing) == "removed"
    assert await topics(anne) == ["listing_removed"]
    await browser.sign_in(bilal)
    assert (await browser.get(f"/annonces/{listing.id}")).status_code == 404


async def test_a_reported_ad_sent_back_leaves_the_site_until_corrected(browser, chloe, anne):
    listing = await published(anne)
    await take_and_decide(await browser.sign_in(chloe), (await _reported(listing, anne))["id"], "ask_changes")
    assert await _status(listing) == "draft"


async def test_a_reported_ad_nothing_speaks_against_stays_and_its_author_hears_nothing(browser, chloe, anne):
    listing = await published(anne)
    await take_and_decide(await browser.sign_in(chloe), (await _reported(listing, anne))["id"], "approve")
    assert await _status(listing) == "published"
    assert await told(anne) == []


async def test_a_reported_ad_closed_by_its_author_can_still_be_removed_but_not_sent_back(browser, chloe, anne):
    listing = await published(anne)
    case = await _reported(listing, anne)
    await database.execute(
        "UPDATE listing SET status = 'closed', outcome = 'withdrawn', closed_at = now() WHERE id = $1", listing.id
    )
    page = await take(await browser.sign_in(chloe), case["id"])
    assert "Renvoyer pour correction" not in page.text
    assert (await decide(browser, page, case["id"], "ask_changes")).status_code == 422
    assert (await decide(browser, page, case["id"], "remove")).status_code == 303
    assert await _status(listing) == "removed"


@pytest.mark.parametrize("kind", ["ask_changes", "remove"])
@pytest.mark.parametrize("missing", ["reason", "words"])
async def test_whoever_refuses_says_why(browser, chloe, emilie, kind, missing):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    page = await take(await browser.sign_in(chloe), case["id"])
    answer = await decide(browser, page, case["id"], kind, **{missing: ""})
    assert answer.status_code == 422
    assert "à revoir" in said(answer)
    assert await _status(listing) == "pending"
    assert await database.value("SELECT count(*) FROM decision") == 0


async def test_ready_words_of_another_reason_become_those_of_the_chosen_one(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    await take_and_decide(
        await browser.sign_in(chloe),
        case["id"],
        "ask_changes",
        reason="market",
        words=TEXTS[Reason.unclear].words.replace(". ", ".\r\n"),
    )
    assert await database.value("SELECT words FROM decision") == TEXTS[Reason.market].words


async def test_a_decision_of_another_kind_is_not_understood(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    page = await take(await browser.sign_in(chloe), case["id"])
    assert (await decide(browser, page, case["id"], "ban")).status_code == 422
    for version in ("many", "-1", str(2**40)):
        assert (await decide(browser, page, case["id"], "approve", version=version)).status_code == 422
    assert await _status(listing) == "pending"


async def test_nobody_decides_without_having_claimed(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    await browser.sign_in(chloe)
    answer = await browser.submit(
        f"/moderation/dossiers/{case['id']}/decision", kind="approve", version=case["version"], ad_version=1
    )
    assert answer.status_code == 409
    assert "Prenez d’abord ce dossier" in said(answer)
    assert await _status(listing) == "pending"


async def test_a_claim_that_is_over_decides_nothing(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    page = await take(await browser.sign_in(chloe), case["id"])
    await database.execute("UPDATE moderation_case SET claimed_until = now() - interval '1 second'")
    answer = await decide(browser, page, case["id"], "remove", words="Je garde mes mots.")
    assert answer.status_code == 409
    assert await _status(listing) == "pending"


async def test_a_case_that_changed_meanwhile_is_read_again_first(browser, chloe, anne):
    listing = await published(anne)
    case = await _reported(listing, anne)
    page = await take(await browser.sign_in(chloe), case["id"])
    await _reported(listing, anne)
    answer = await decide(browser, page, case["id"], "remove", words="Je garde mes mots.")
    assert answer.status_code == 409
    assert "rien n’a été décidé" in said(answer)
    assert "Je garde mes mots." in answer.text
    assert await _status(listing) == "published"
    assert hidden(answer) != hidden(page)
    assert (await decide(browser, answer, case["id"], "remove")).status_code == 303
    assert await _status(listing) == "removed"


async def test_an_ad_that_changed_meanwhile_is_read_again_first(browser, chloe, anne):
    listing = await published(anne)
    case = await _reported(listing, anne)
    page = await take(await browser.sign_in(chloe), case["id"])
    await database.execute("UPDATE listing SET title = 'Autre chose', version = version + 1 WHERE id = $1", listing.id)
    answer = await decide(browser, page, case["id"], "remove")
    assert answer.status_code == 409
    assert "Autre chose" in said(answer)
    assert await _status(listing) == "published"


async def test_a_case_about_an_ad_its_author_took_back_closes_itself(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    page = await take(await browser.sign_in(chloe), case["id"])
    await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1", listing.id)
    after = await browser.follow(await decide(browser, page, case["id"], "approve"))
    assert "l’auteur a repris ou retiré ce texte" in said(after).lower()
    assert await _status(listing) == "draft"
    assert (await case_of(listing.id))["closed_at"] is not None
    assert await database.value("SELECT count(*) FROM decision") == 0
    assert await audited(case["id"]) == ["case.opened", "case.closed"]


async def test_taking_an_ad_back_closes_its_case(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    page = await take(await browser.sign_in(chloe), case["id"])
    await close_case_of(listing.id)
    answer = await decide(browser, page, case["id"], "approve")
    assert answer.status_code == 409
    assert "déjà clos" in said(answer)
    assert await _status(listing) == "pending"


async def test_a_decided_case_shows_what_was_decided_and_no_form(browser, chloe, emilie):
    listing = await pending(emilie)
    case = await case_of(listing.id)
    await take_and_decide(await browser.sign_in(chloe), case["id"], "ask_changes")
    page = await browser.get(f"/moderation/dossiers/{case['id']}")
    assert "Renvoyée pour correction par Chloe" in said(page)
    assert 'name="kind"' not in page.text
    assert (await browser.submit(f"/moderation/dossiers/{case['id']}/prise")).status_code == 409


@pytest.fixture
async def two_moderators(browser, another_browser, chloe, denis):
    await _second_moderator(denis)
    await browser.sign_in(chloe)
    await another_browser.sign_in(denis)
    return browser, another_browser


@pytest.mark.commits
async def test_two_moderators_claim_at_once_and_one_does(two_moderators, emilie):
    case = await case_of((await pending(emilie)).id)
    path = f"/moderation/dossiers/{case['id']}/prise"
    for browser in two_moderators:
        await browser.get("/charte")
    answers = await asyncio.gather(*(browser.submit(path) for browser in two_moderators))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = max(answers, key=lambda answer: answer.status_code)
    assert "vient de prendre ce dossier" in said(loser)
    assert "lit ce dossier jusqu’à" in said(loser)


@pytest.mark.commits
async def test_two_windows_decide_at_once_and_one_does(two_moderators, chloe, emilie):
    first, second = two_moderators
    await second.sign_in(chloe)
    listing = await pending(emilie)
    case = await case_of(listing.id)
    page = await take(first, case["id"])
    await second.get("/charte")
    answers = await asyncio.gather(
        decide(first, page, case["id"], "approve"), decide(second, page, case["id"], "remove")
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert "déjà clos" in said(max(answers, key=lambda answer: answer.status_code))
    assert await database.value("SELECT count(*) FROM decision") == 1
    assert len(await told(emilie)) == 1
    assert (
        await _status(listing)
        == {
            "approve": "published",
            "remove": "removed",
        }[await database.value("SELECT kind FROM decision")]
    )


@pytest.mark.commits
async def test_a_moderator_and_the_author_at_once_leave_one_truth(browser, chloe, anne):
    listing = await published(anne)
    case = await _reported(listing, anne)
    page = await take(await browser.sign_in(chloe), case["id"])

    async def closes() -> str:
        try:
            await close_listing(listing.id, anne, Outcome.fulfilled)
        except Exception as refused:
            return type(refused).__name__
        return "closed"

    answer, closed = await asyncio.gather(decide(browser, page, case["id"], "remove"), closes())
    assert (answer.status_code, closed) in {(303, "Refused"), (409, "closed")}
    assert await _status(listing) == ("removed" if closed == "Refused" else "closed")


async def test_a_held_reply_is_published_or_removed_but_not_sent_back(browser, chloe, anne, bilal):
    listing = await published(anne)
    browser = await browser.sign_in(chloe)
    for decided, state in (("approve", "published"), ("remove", "removed")):
        reply = await said_under(listing.id, bilal, "Est-ce que mardi convient ?", "held")
        case = await open_case(
            kind=CaseKind.reply,
            listing=listing.id,
            reply=reply,
            author=bilal.id,
            category=listing.category,
            department=listing.department,
        )
        page = await take(browser, case)
        assert "Est-ce que mardi convient" in said(page)
        assert (await decide(browser, page, case, "ask_changes")).status_code == 422
        assert (await decide(browser, page, case, decided)).status_code == 303
        assert await database.value("SELECT state FROM reply WHERE id = $1", reply) == state
    ((topic, path),) = await told(bilal)
    assert topic == "reply_removed"
    await browser.sign_in(bilal)
    assert "Est-ce que mardi convient" in said(await browser.get(path))
