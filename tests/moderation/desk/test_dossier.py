"""What a moderator reads before deciding."""

import json
from types import SimpleNamespace
from typing import Any

from app import database
from listings.life.publishing import submit
from listings.writing.editing import Edited, edit
from moderation.decisions.reasons import TEXTS, Reason, likely_reason
from moderation.desk.comparing import compared
from moderation.reports.tables import ReportReason
from tests.helpers.ads import content, draft, pending, published
from tests.helpers.browser import said
from tests.helpers.browser import words as words_of
from tests.helpers.cases import WORDS, case_of, take, take_and_decide, told

HELD = "Mon mari part au Mali le 3 mars."


def _me(member: Any, *, trusted: bool) -> Any:
    return SimpleNamespace(id=member.id, is_trusted=trusted, suspended_until=None, no_posting_until=None)


async def _dossier(browser, listing, kind="listing"):
    return await browser.get(f"/moderation/dossiers/{(await case_of(listing.id, kind))['id']}")


async def test_the_words_a_rule_spoke_of_are_marked_with_its_message(browser, chloe, anne):
    listing = await draft(anne, body=f"Je cherche une nounou. {HELD}")
    await submit(listing.id, _me(anne, trusted=True))
    page = await _dossier(await browser.sign_in(chloe), listing)
    text = page.text.split('class="desk-content')[1]
    for words in ("part", "Mali", "3 mars"):
        assert f"<mark>{words}</mark>" in text
    (finding, *_) = json.loads((await case_of(listing.id))["findings"])
    assert " ".join((finding.get("to_moderators") or finding["message"]).split()) in words_of(page)


async def test_the_form_offers_the_reason_the_rules_point_to(browser, chloe, anne):
    listing = await draft(anne, body=f"Je cherche une nounou. {HELD}")
    await submit(listing.id, _me(anne, trusted=True))
    await browser.sign_in(chloe)
    page = await take(browser, (await case_of(listing.id))["id"])
    assert TEXTS[Reason.discretion].label in page.text.split(" selected>")[1].split("</option>")[0]
    assert page.text.count(TEXTS[Reason.discretion].words) == 2  # ready in the field, and kept beside the choice


async def test_the_ad_is_shown_as_members_will_see_it(browser, chloe, emilie):
    listing = await pending(emilie, "classifieds", deal="sell", price_cents=1250, title="Une poussette pliante")
    page = said(await _dossier(await browser.sign_in(chloe), listing))
    for words in ("Une poussette pliante", "À vendre", "12,50\u202f€", "Brest (29)", "bon état"):
        assert words.replace("\u202f", " ") in page.replace("\u202f", " ")


async def test_the_authors_record_shows_what_happened_before(browser, chloe, emilie):
    await browser.sign_in(chloe)
    for decided in ("approve", "ask_changes", "remove"):
        listing = await pending(emilie, title=f"Avant {decided}")
        await take_and_decide(browser, (await case_of(listing.id))["id"], decided)
    page = said(await _dossier(browser, await pending(emilie)))
    assert "Emilie, Brest (29)" in page
    assert "nouveau membre" in page
    assert "publiées 1 renvoyées 1 retirées 1" in page
    for words in ("Avant approve", "Avant ask_changes", "Avant remove", WORDS):
        assert words in page


async def test_neither_the_authors_mail_nor_their_body_is_shown(browser, chloe, emilie, body):
    page = await _dossier(await browser.sign_in(chloe), await pending(emilie))
    assert "exemple.test" not in page.text
    assert body.name not in page.text


async def test_an_edit_is_shown_beside_the_text_online(browser, chloe, anne):
    listing = await published(anne, body="Nous cherchons une personne douce pour le mercredi.")
    new = content(
        body=f"Nous cherchons une personne douce pour le jeudi. {HELD}",
        details={"children": 3, "ages": ["toddler", "child"], "home": "theirs"},
    )
    assert await edit(listing.id, _me(anne, trusted=True), new) is Edited.waiting
    page = await _dossier(await browser.sign_in(chloe), listing, "edit")
    assert "<del>mercredi</del>" in page.text
    assert "<ins>jeudi</ins>" in page.text
    assert f"<ins> {HELD}</ins>" in page.text
    assert "<del>2</del>" in page.text
    assert "<ins>3</ins>" in page.text


async def test_an_accepted_edit_replaces_the_text_and_a_refused_one_does_not(browser, chloe, emilie):
    listing = await published(emilie, title="Ancien titre")
    await browser.sign_in(chloe)
    for title, decided, kept in (
        ("Titre accepté", "approve", "Titre accepté"),
        ("Titre refusé", "ask_changes", "Titre accepté"),
    ):
        await edit(listing.id, _me(emilie, trusted=False), content(title=title))
        case = await case_of(listing.id, "edit")
        assert (await take_and_decide(browser, case["id"], decided)).status_code == 303
        assert await database.value("SELECT title FROM listing WHERE id = $1", listing.id) == kept
    (accepted, _), (sent_back, path) = await told(emilie)
    assert (accepted, sent_back) == ("edit_accepted", "edit_sent_back")
    await browser.sign_in(emilie)
    assert f"/annonces/{listing.id}/modification" in (await browser.get(path)).text


async def test_an_edit_cannot_be_removed(browser, chloe, emilie):
    listing = await published(emilie)
    await edit(listing.id, _me(emilie, trusted=False), content(title="Autre titre"))
    case = await case_of(listing.id, "edit")
    answer = await take_and_decide(await browser.sign_in(chloe), case["id"], "remove")
    assert answer.status_code == 422
    assert await database.value("SELECT status FROM listing WHERE id = $1", listing.id) == "published"


async def test_what_an_author_types_is_shown_as_text(browser, chloe, emilie):
    listing = await pending(emilie, title="<b>gras</b>", body="<img src=x onerror=alert(1)> et voilà pour vous.")
    page = await _dossier(await browser.sign_in(chloe), listing)
    assert "<b>gras" not in page.text
    assert "<img src=x" not in page.text


def _joined(changes: Any) -> str:
    return "".join(change.text for change in changes)


async def test_a_comparison_loses_no_character():
    old, new = "Un chat,\n\n  deux chiens ", " Un chien, deux\tchiens\net demi"
    olds, news = compared(old, new)
    assert _joined(olds) == old
    assert _joined(news) == new
    assert [change.text.strip() for change in news if change.is_changed if change.text.strip()] != []
    assert compared("", "") == ([], [])
    assert not any(change.is_changed for change in compared(old, old)[0])


async def test_the_reason_offered_first_comes_from_the_rules_then_from_the_reports():
    assert likely_reason(["care", "law"], [ReportReason.market]) is Reason.forbidden
    assert likely_reason([], ["market"]) is Reason.market
    assert likely_reason(["care"], ["other"]) is Reason.unclear
    assert likely_reason(["care"], ["market"], ["privacy"]) is Reason.personal_data
    assert likely_reason(["law"], [], ["privacy"]) is Reason.forbidden
    assert likely_reason([], ["market"], ["other"]) is Reason.market
