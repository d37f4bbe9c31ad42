"""Things of somebody else around decisions, in addresses that name two."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from app import database
from app.signing import signed
from moderation.appeals.opening import open_appeal
from moderation.cases.evidence import keep_evidence
from moderation.cases.tables import EvidenceWhy
from moderation.notices.following import path_of
from tests.helpers import ads
from tests.helpers.appeals import APPEAL, appeal_of, case_about, removed_ad
from tests.helpers.browser import said
from tests.helpers.cases import decide, hidden, opened, take
from tests.helpers.desk import PHONE
from tests.helpers.evidence import with_photo
from tests.helpers.reports import reports
from tests.helpers.sanctions import state_of, taken
from tests.helpers.world import World
from tests.moderation.cases.people import as_me, moderating, talk, the_case

WHY = "Tu connais mieux cette commune."


async def test_a_photo_that_is_evidence_of_another_case_is_not_here(browser, anne, bilal, chloe):
    hers, his = await ads.published(anne), await ads.published(bilal)
    photos = [await with_photo(ad.id) for ad in (hers, his)]
    cases = [await case_about(await _fresh(ad)) for ad in (hers, his)]
    for case in cases:
        await keep_evidence(case, EvidenceWhy.report)
    await browser.sign_in(chloe)
    answers = {
        (case, photo): (
            await browser.get(f"/moderation/dossiers/{cases[case]}/photos/{photos[photo]}/thumb")
        ).status_code
        for case in (0, 1)
        for photo in (0, 1)
    }
    assert answers == {(0, 0): 200, (1, 1): 200, (0, 1): 404, (1, 0): 404}


async def _fresh(ad: Any) -> Any:
    return await type(ad).objects().get(type(ad).id == ad.id)


async def test_nobody_takes_back_what_another_moderator_declared(browser, anne, chloe, denis):
    await moderating(denis)
    case = await opened(await ads.published(anne))
    await (await browser.sign_in(denis)).submit(f"/moderation/dossiers/{case}/lien")
    tie = await database.value("SELECT id FROM moderator_tie")
    await browser.sign_in(chloe)
    assert (await browser.submit(f"/moi/connaissances/{tie}/retrait")).status_code == 404
    assert await database.value("SELECT count(*) FROM moderator_tie") == 1


async def test_a_message_is_reported_in_its_own_conversation_only(browser, anne, bilal, emilie):
    ad = await ads.published(anne)
    (to_anne, *_), (other, *_) = await talk(ad.id, anne, bilal, "Bonjour !"), await talk(ad.id, anne, emilie, "Moi !")
    talks = await database.rows("SELECT id, helper FROM conversation")
    of = {one["helper"]: one["id"] for one in talks}
    await browser.sign_in(anne)
    assert (await browser.get(f"/messages/{of[bilal.id]}/{to_anne}/signalement")).status_code == 200
    for conversation, message in ((of[bilal.id], other), (of[emilie.id], to_anne), (uuid4(), to_anne)):
        path = f"/messages/{conversation}/{message}/signalement"
        assert (await browser.get(path)).status_code == 404
        assert (await browser.submit(path, reason="market")).status_code == 404
    assert await database.value("SELECT count(*) FROM report") == 0


@pytest.mark.commits
async def test_a_report_of_another_case_is_not_judged_with_this_one(browser, anne, bilal, emilie, chloe):
    case = await reports(browser, bilal, f"/annonces/{(await ads.published(anne)).id}")
    other = await reports(browser, emilie, f"/annonces/{(await ads.published(anne)).id}")
    foreign = await database.value('SELECT id FROM report WHERE "case" = $1', other)
    page = await take(await browser.sign_in(chloe), case)
    sent = {"kind": "approve", "abusive": [str(foreign), str(uuid4())], "sanction": "no_reporting", "days": "30"}
    refused = await browser.submit(f"/moderation/dossiers/{case}/decision", **hidden(page), **sent)
    assert refused.status_code == 409, said(refused)
    answer = await decide(browser, page, case, "approve", abusive=str(foreign))
    assert answer.status_code == 303
    outcomes = await database.rows('SELECT "case", outcome FROM report')
    assert {one["case"]: one["outcome"] for one in outcomes} == {case: "unfounded", other: ""}
    assert await database.value("SELECT count(*) FROM sanction") == 0


async def test_a_measure_taken_in_another_scope_is_neither_confirmed_nor_refused(browser, anne, chloe, farid):
    measure = await taken(anne, "suspension", 14, by=chloe)  # of classifieds; Farid reads pets
    await browser.sign_in(farid)
    for answer in ("confirmation", "refus"):
        assert (await browser.submit(f"/moderation/sanctions/{measure}/{answer}")).status_code == 404
    assert await state_of(measure) == "proposed"


@pytest.mark.commits
async def test_the_appeal_of_another_case_is_not_judged_by_this_ones_form(browser, anne, bilal, chloe, denis):
    """The case in the address says which appeal: nothing that is typed does."""
    await moderating(denis)
    appeals = []
    for author in (anne, bilal):
        decision = await removed_ad(author, chloe)
        await open_appeal(decision, APPEAL, uuid4(), as_me(author))
        appeals.append(await appeal_of(decision))
    this, other = appeals
    await take(await browser.sign_in(denis), this["case"])
    version = (await the_case(this["case"]))["version"]
    path = f"/moderation/dossiers/{this['case']}/recours"
    sent = {"verdict": "rejected", "version": str(version), "words": "Non.", "appeal": str(other["id"])}
    assert (await browser.submit(path, **sent, case=str(other["case"]))).status_code == 303
    assert await database.value("SELECT state FROM appeal WHERE id = $1", other["id"]) == "open"
    assert await database.value("SELECT state FROM appeal WHERE id = $1", this["id"]) == "rejected"
    # Not claimed: the version alone opens nothing.
    unclaimed = await browser.submit(f"/moderation/dossiers/{other['case']}/recours", **sent)
    assert unclaimed.status_code == 409
    # A case without an appeal has none to judge or to answer.
    plain = await opened(await ads.published(anne))
    await take(browser, plain)
    version = (await the_case(plain))["version"]
    judged = await browser.submit(f"/moderation/dossiers/{plain}/recours", **{**sent, "version": str(version)})
    assert judged.status_code < 500
    assert (await the_case(plain))["closed_at"] is None
    assert (await browser.submit(f"/moderation/dossiers/{plain}/recours/messages", words="Oui ?")).status_code == 404


async def test_who_took_the_decision_does_not_judge_its_appeal(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await open_appeal(decision, APPEAL, uuid4(), as_me(anne))
    case = (await appeal_of(decision))["case"]
    await browser.sign_in(chloe)
    assert (await browser.get(f"/moderation/dossiers/{case}/recours")).status_code == 404
    for door in ("recours", "recours/messages", "prise", "passation", "coordonnees", "lien", "notes"):
        answer = await browser.submit(
            f"/moderation/dossiers/{case}/{door}", words="Non.", verdict="rejected", version="1"
        )
        assert answer.status_code == 404, door


async def test_a_case_is_handed_over_to_moderators_only(browser, anne, bilal, chloe, denis):
    case = await opened(await ads.published(anne))
    await browser.sign_in(chloe)
    for to in (anne.id, bilal.id, denis.id, chloe.id, uuid4(), case):
        answer = await browser.submit(f"/moderation/dossiers/{case}/passation", to=str(to), words=WHY)
        assert answer.status_code == 409, to
    assert (await the_case(case))["handed_to"] is None
    assert await database.value("SELECT count(*) FROM case_note") == 0


async def test_no_case_out_of_reach_is_decided_along_with_another(browser, anne, bilal, farid, chloe):
    """Out of one's scope, one's own, in another's hands, an appeal, none at all."""
    case = await opened(await ads.published(anne, "pet_care"))
    out_of_scope = await opened(await ads.published(anne, "classifieds"))
    own = await opened(await ads.published(farid, "pet_care"))
    held = await opened(await ads.published(bilal, "pet_care"))
    await take(await browser.sign_in(chloe), held)
    decision = await removed_ad(bilal, chloe, category="pet_care")
    await open_appeal(decision, APPEAL, uuid4(), as_me(bilal))
    appeal = (await appeal_of(decision))["case"]
    others = [out_of_scope, own, held, appeal]
    page = await take(await browser.sign_in(farid), case)
    also = " ".join(
        [f"{one}:{(await the_case(one))['version']}:1" for one in others] + [f"{uuid4()}:1:1", f"{case}:1:1"]
    )
    assert (await decide(browser, page, case, "remove", also=also)).status_code == 303
    decided = await database.rows('SELECT "case" FROM decision WHERE moderator = $1', farid.id)
    assert [one["case"] for one in decided] == [case]
    for one in others:
        assert (await the_case(one))["closed_at"] is None


async def test_numbers_shown_for_one_claim_are_shown_for_no_other(browser, anne, bilal, chloe):
    body = f"Appelez-moi le {PHONE}, merci beaucoup à vous."
    cases = [await opened(await ads.published(author, body=body)) for author in (anne, bilal)]
    await browser.sign_in(chloe)
    for case in cases:
        await take(browser, case)
    shown = await browser.submit(f"/moderation/dossiers/{cases[0]}/coordonnees")
    assert PHONE in (await browser.follow(shown)).text
    cookie = re.search(r"coordonnees=([^;]+)", shown.headers["set-cookie"])
    assert cookie
    # Where the browser would not send it.
    for case, value in ((cases[1], cookie[1]), (cases[1], signed("coordonnees", None)), (cases[0], cookie[1] + "A")):
        browser.cookies.set("coordonnees", value, domain="site.test", path=f"/moderation/dossiers/{case}")
        assert PHONE not in (await browser.get(f"/moderation/dossiers/{case}")).text
    browser.cookies.set("coordonnees", cookie[1], domain="site.test", path=f"/moderation/dossiers/{cases[0]}")
    assert PHONE in (await browser.get(f"/moderation/dossiers/{cases[0]}")).text
    await database.execute(
        "UPDATE moderation_case SET claimed_until = claimed_until + interval '1 minute' WHERE id = $1", cases[0]
    )
    assert PHONE not in (await browser.get(f"/moderation/dossiers/{cases[0]}")).text, "a later claim"


async def test_a_link_to_a_notice_opens_that_notice_only(browser, world: World):
    link = path_of(UUID(int=0)).rpartition("/")[0]
    right = world.things["notice_link"]
    assert (await browser.get(f"{link}/{right}")).status_code == 200
    first = await database.value("SELECT id FROM notice ORDER BY made_at LIMIT 1")
    wrong = [
        path_of(uuid4()).rpartition("/")[2],
        signed("notice form", str(first)),
        signed("coordonnees", str(first)),
        *(f"{right[:-1]}{'B' if right[-1] == 'A' else 'A'}{more}" for more in ("", ".")),
        str(first),
    ]
    for token in wrong:
        assert (await browser.get(f"{link}/{token}")).status_code == 404, token


async def test_nothing_decided_about_a_member_is_another_members(browser, world: World, emilie):
    await browser.sign_in(emilie)
    for path in (
        "/decisions/{decision}",
        "/decisions/{appealed}",
        "/moi/decisions/mesures/{measure}",
        "/recours/{appeal}",
    ):
        assert (await browser.get(world.path(path))).status_code == 404, path
    for path in ("/decisions/{appealed}/recours", "/recours/{appeal}/messages", "/recours/{appeal}/retrait"):
        assert (await browser.submit(world.path(path), words=APPEAL, once=str(uuid4()))).status_code == 404, path
    assert await database.value("SELECT state FROM appeal WHERE id = $1::uuid", world.things["appeal"]) == "open"
    assert await database.value("SELECT count(*) FROM appeal_message") == 1
