"""Around decisions: things of somebody else in addresses with two, odd values in odd fields, the same thing sent six
times at once, and jobs that die in the middle."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import pytest

from app import database
from app.signing import signed
from moderation.appeals.opening import open_appeal
from moderation.cases.erasing import let_time_pass_over_cases
from moderation.cases.evidence import keep_evidence
from moderation.cases.tables import EvidenceWhy
from moderation.notices.following import path_of
from moderation.sanctions.following import follow_everybody
from tests.helpers import ads
from tests.helpers.appeals import APPEAL, appeal_of, case_about, contest, removed_ad
from tests.helpers.browser import Browser, said
from tests.helpers.cases import case_of, decide, hidden, opened, take
from tests.helpers.desk import PHONE
from tests.helpers.evidence import with_photo
from tests.helpers.notices import TYPED
from tests.helpers.raw import raw_get
from tests.helpers.reports import left_as_it_is, reports
from tests.helpers.sanctions import state_of, taken
from tests.helpers.waiting import PATIENCE
from tests.helpers.worker import process
from tests.helpers.world import World
from tests.moderation.cases.people import as_me, moderating, talk, the_case
from tests.moderation.cases.test_erasing import ago
from tests.moderation.notices.test_sending import FORM
from tests.moderation.notices.test_sending import opened as form_opened

WHY = "Tu connais mieux cette commune."


# Things of somebody else


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


# Odd values in odd fields

ODD = {
    "nothing": "",
    "blanks": " \t\u00a0 ",
    "a NUL": "a\x00b",
    "a lone surrogate": "%ed%a0%80",
    "a megabyte": "a" * 1_000_000,
    "very many digits": "9" * 5_000,
    "past 64 bits": "9223372036854775808",
    "a float": "1e400",
    "many ids": " ".join(f"{UUID(int=one)}:1:1" for one in range(300)),
    "a case seen wrong": f"{UUID(int=1)}:{2**63}:{2**70} :: a:b:c:d",
    "JSON": "[" * 2_000,
    "not a number": "NaN",
}
FIELDS = (
    *("abusive", "also", "days", "to", "version", "ad_version", "sanction", "law", "ground", "note", "once", "opened"),
    *("qui", "quoi", "objet", "du", "au", "entry", "mode", "why", "where", "email", "verdict"),
)
DOORS = (
    ("chloe", "/moderation/dossiers/{case}/decision"),
    ("chloe", "/moderation/dossiers/{case}/passation"),
    ("chloe", "/moderation/dossiers/{case}/notes"),
    ("chloe", "/moderation/dossiers/{appeal_case}/recours"),
    ("chloe", "/moderation/dossiers/{appeal_case}/recours/messages"),
    ("chloe", "/moderation/regles/essai"),
    ("chloe", "/moderation/regles/simulation"),
    ("chloe", "/moderation/signalements-abusifs/{bilal}/mesure"),
    ("denis", "/moderation/regles/{rule}/mode"),
    ("denis", "/moderation/audit/export"),
    ("anne", "/decisions/{decision}/recours"),
    ("anne", "/recours/{appeal}/messages"),
    ("anne", "/signalements/{reported}/precision"),
    ("anne", FORM),
)


@pytest.mark.parametrize("odd", ODD)
async def test_no_field_crashes_on(odd: str, browser, crashes, world: World, anne, chloe, denis):
    people = {"anne": anne, "chloe": chloe, "denis": denis}
    await browser.sign_in(chloe)
    for case in ("case", "appeal_case"):
        await browser.submit(world.path(f"/moderation/dossiers/{{{case}}}/prise"))
    valid = {"kind": "approve", "version": "2", "ad_version": "1", "words": WHY * 3, "reason": "unclear"}
    for who, door in DOORS:
        await browser.sign_in(people[who])
        for field in FIELDS:
            if len(ODD[odd]) > 10_000 and field not in ("abusive", "also", "days", "entry", "note", "objet", "why"):
                continue
            answer = await _sent(browser, world.path(door), {**valid, field: [ODD[odd], ODD[odd]]})
            assert answer.status_code < 500, (door, field, crashes[-1:])


async def _sent(browser: Browser, path: str, fields: dict[str, Any]) -> httpx.Response:
    """A surrogate is written in the body as no browser would."""
    await browser.get("/charte")
    body = urlencode(fields, doseq=True).replace("%25ed%25a0%2580", "%ed%a0%80")
    headers = {"content-type": "application/x-www-form-urlencoded", "x-csrftoken": browser.cookies["__Host-csrf"]}
    return await browser.post(path, content=body, headers=headers)


TEXTS = ("note", "also", "canned", "opened", "where", "name", "email", "website", "category", "illegality", "words")


async def test_no_door_crashes_on_a_file_where_words_belong(browser, crashes, world: World, anne, chloe, denis):
    people = {"anne": anne, "chloe": chloe, "denis": denis, "a visitor": None}
    for who, door in (*DOORS, ("a visitor", FORM), ("anne", "/conseil/annonce")):
        browser.cookies.clear()
        if member := people[who]:
            await browser.sign_in(member)
        files = dict.fromkeys(TEXTS, ("x.txt", b"words", "text/plain"))
        answer = await browser.submit(world.path(door), files=files, good_faith="on", why=WHY * 3)
        assert answer.status_code < 500, (who, door, crashes[-1:])


QUERIES = (
    "/moderation?categorie={0}&departement={0}&nature={0}&dossiers={0}",
    "/moderation?apres={0}",
    "/moderation/dossiers/{{case}}?categorie={0}&departement={0}&nature={0}&dossiers={0}",
    "/moderation/journal?apres={0}",
    "/moderation/regles/simulation?regle={0}",
    "/moderation/regles/{0}",
    "/signaler-un-contenu-illicite/{0}",
    "/signaler-un-contenu-illicite/suivi/{0}",
    "/transparence/{0}",
    "/transparence?du={0}&au={0}",
    "/transparence.csv?du={0}",
    "/transparence.json?au={0}",
    "/moderation/audit?qui={0}",
    "/moderation/audit?quoi={0}&objet={0}",
    "/moderation/audit?du={0}&au={0}",
    "/moderation/audit?avant={0}",
)
STRANGE = (
    "",
    "%00",
    "a%00b",
    "%ed%a0%80",
    "%ff",
    "9" * 5_000,
    "-1",
    "%d9%a3",
    "a" * 10_000,
    "0001-01-01",
    "9999-12-31",
)


@pytest.mark.parametrize("strange", STRANGE, ids=lambda value: value[:12])
async def test_no_address_crashes_on(strange: str, app, browser, crashes, world: World, chloe, denis):
    for path in QUERIES:
        await browser.sign_in(denis if "audit" in path else chloe)
        before, _, query = world.path(path.format(strange)).partition("?")
        if query:
            answer = (await browser.get(f"{before}?{query}")).status_code
        else:
            answer, _ = await raw_get(app, before.encode(), browser.cookies)
        assert answer < 500, (path, crashes[-1:])


A_RULE = "id = 'scam.x'\nversion = 1\naction = 'hold'\nmessage = 'x'\n"
RULES = {
    "nested": A_RULE + "pattern = " + "[" * 20_000,
    "nested tables": "a" + ".a" * 50_000 + " = 1",
    "huge": A_RULE + "pattern = '" + "a" * 900_000 + "'",
    "groups in groups": A_RULE + "pattern = '"
    + "(" * 5_000 + "a" + ")" * 5_000 + "'",
    "a bound past all": A_RULE + "pattern = 'a{0,99999999999}'",
    "bounds in bounds": A_RULE + "pattern = '"
    + "(" * 6 + "a" + "{0,999})" * 6 + "'",
    "a number without end": "id = 'scam.x'\nversion = " + "9" * 5_000,
    "nothing of ours": "[[rule]]\n[[rule]]",
    "no string": "rule = [1]",
    "an impossible date": "id = 2026-02-31",
    "within without end": A_RULE + "together = ['x']\nwithin = -99999999999999",
}  # fmt: skip


ANSWERS = {"huge": 413, "bounds in bounds": 200}
"""Too large for any form of ours; and one that reads what there is in time."""


@pytest.mark.parametrize("rule", RULES)
async def test_a_rule_that_cannot_be_read_is_answered_in_words(rule: str, browser, chloe, anne, crashes):
    await ads.published(anne)
    await browser.sign_in(chloe)
    async with asyncio.timeout(2 * PATIENCE):
        answer = await browser.submit("/moderation/regles/simulation", entry=RULES[rule])
    assert answer.status_code == ANSWERS.get(rule, 422), crashes[-1:]
    assert 'id="entry-error"' in answer.text or answer.status_code != 422, said(answer)


# The same request six times at once


async def six(ask: Callable[[], Awaitable[httpx.Response]]) -> list[int]:
    async with asyncio.timeout(PATIENCE):
        answers = await asyncio.gather(*(ask() for _ in range(6)))
    return sorted(answer.status_code for answer in answers)


async def logged(action: str) -> int:
    return await database.value("SELECT count(*) FROM audit_entry WHERE action = $1", action)


async def count(table: str) -> int:
    return await database.value(f"SELECT count(*) FROM {table}")


@pytest.fixture
async def signed_in_moderator(browser, chloe):
    await browser.sign_in(chloe)
    await browser.get("/charte")
    return browser


@pytest.mark.commits
async def test_a_decision_in_bulk(signed_in_moderator, anne, bilal, emilie):
    browser = signed_in_moderator
    same = {"title": "Prêt entre particuliers", "body": "Prêt rapide sans justificatif, écrivez-moi vite ici."}
    cases = [
        (await case_of((await ads.pending(one, "helping_hand", **same)).id))["id"] for one in (anne, bilal, emilie)
    ]
    page = await take(browser, cases[0])
    also = page.text.split('name="also" value="')[1].split('"')[0]
    answers = await six(lambda: decide(browser, page, cases[0], "remove", reason="dishonest", also=also))
    assert answers == [303, *[409] * 5]
    assert (await count("decision"), await logged("case.decided")) == (3, 3)
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'listing_removed'") == 3


@pytest.mark.commits
async def test_handing_over(signed_in_moderator, anne, denis):
    browser = signed_in_moderator
    await moderating(denis)
    case = await opened(await ads.published(anne))
    await take(browser, case)
    answers = await six(lambda: browser.submit(f"/moderation/dossiers/{case}/passation", to=str(denis.id), words=WHY))
    assert answers == [303] * 6
    assert (await count("case_note"), await logged("case.handed_over")) == (1, 1)
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'case_handed'") == 1


@pytest.mark.commits
async def test_confirming_a_measure(browser, anne, chloe, denis):
    await moderating(denis)
    measure = await taken(anne, "suspension", 14, by=chloe)
    await browser.sign_in(denis)
    await browser.get("/charte")
    assert await six(lambda: browser.submit(f"/moderation/sanctions/{measure}/confirmation")) == [303, *[409] * 5]
    assert (await state_of(measure), await logged("sanction.confirmed")) == ("active", 1)
    assert await database.value("SELECT count(*) FROM notification WHERE topic = 'sanction_taken'") == 1


@pytest.mark.commits
@pytest.mark.parametrize("who", ["a visitor", "a member"])
async def test_a_notice(browser, anne, bilal, who):
    where = f"/annonces/{(await ads.published(anne)).id}"
    if who == "a member":
        await browser.sign_in(bilal)
    await browser.get("/charte")
    sent = {**TYPED, "where": where, "opened": form_opened()}
    assert await six(lambda: browser.submit(FORM, **sent)) == [303] * 6
    assert (await count("notice"), await count("moderation_case"), await logged("notice.received")) == (1, 1, 1)


@pytest.mark.commits
async def test_telling_more(browser, anne, bilal, emilie, chloe):
    path = f"/annonces/{(await ads.published(anne)).id}"
    read = await left_as_it_is(browser, path, bilal, chloe)
    await reports(browser, emilie, path)
    more = "Il m’a demandé de payer avant, par message privé."
    answers = await six(lambda: browser.submit(f"/signalements/{read}/precision", words=more))
    assert answers == [303] * 6
    assert await database.value("SELECT words FROM report WHERE reporter = $1", emilie.id) == more


@pytest.mark.commits
async def test_switching_a_rule(browser, denis):
    await browser.sign_in(denis)
    await browser.get("/charte")
    sent = {"mode": "shadow", "why": "Elle se trompe souvent ces jours-ci."}
    assert await six(lambda: browser.submit("/moderation/regles/scam.link/mode", **sent)) == [303] * 6
    assert (await count("rule_switch"), await logged("rule.switched")) == (1, 1)


@pytest.mark.commits
async def test_saying_that_one_knows_somebody(signed_in_moderator, anne):
    browser = signed_in_moderator
    case = await opened(await ads.published(anne))
    await take(browser, case)
    answers = await six(lambda: browser.submit(f"/moderation/dossiers/{case}/lien"))
    assert {*answers} <= {303, 404}
    assert 303 in answers
    assert (await count("moderator_tie"), await logged("tie.declared")) == (1, 1)
    assert (await the_case(case))["claimed_by"] is None


@pytest.mark.commits
async def test_showing_numbers(signed_in_moderator, anne):
    browser = signed_in_moderator
    case = await opened(await ads.published(anne))
    await take(browser, case)
    assert await six(lambda: browser.submit(f"/moderation/dossiers/{case}/coordonnees")) == [303] * 6
    assert await logged("case.unmasked") >= 1, "each look is one, and none goes unsaid"


@pytest.mark.commits
async def test_contesting_and_writing_to_the_team(browser, anne, chloe):
    decision = await removed_ad(anne, chloe)
    await browser.sign_in(anne)
    await browser.get("/charte")
    once = str(uuid4())
    assert await six(lambda: contest(browser, decision, once=once)) == [303] * 6
    assert (await count("appeal"), await count("appeal_message"), await logged("appeal.opened")) == (1, 1, 1)
    appeal, once = (await appeal_of(decision))["id"], str(uuid4())
    answers = await six(lambda: browser.submit(f"/recours/{appeal}/messages", words="J’ajoute ceci.", once=once))
    assert answers == [303] * 6
    assert await count("appeal_message") == 2


# A job that dies in the middle

KILLED = """
import asyncio
import os
import signal

from app import database
import {module} as module

before = module.{function}
calls = 0


async def dies(*given, **named):
    global calls
    calls += 1
    if calls == 2:
        {first}os.kill(os.getpid(), signal.SIGKILL)
    return await before(*given, **named)


module.{function} = dies


async def run():
    async with database.connection_pool():
        await module.{job}()


asyncio.run(run())
"""
AFTER = "await before(*given, **named); "


async def killed_in(module: str, function: str, job: str, first: str) -> None:
    async with process(KILLED.format(module=module, function=function, job=job, first=first)) as dying:
        assert await asyncio.wait_for(dying.wait(), PATIENCE) == -9


@pytest.mark.commits
@pytest.mark.parametrize("first", ["", AFTER])
async def test_killed_while_it_erases_what_nobody_may_contest_the_next_run_goes_on(anne, chloe, first):
    for _ in range(3):
        await ago(await removed_ad(anne, chloe))
    await killed_in("moderation.cases.erasing", "_erase_thing", "let_time_pass_over_cases", first)
    blanked = "SELECT count(*) FROM listing WHERE body = ''"
    assert await database.value(blanked) == 1
    assert await database.value("SELECT count(*) FROM moderation_case WHERE erased_at IS NOT NULL") == 1

    await let_time_pass_over_cases()

    assert await database.value(blanked) == 3
    assert await logged("case.erased") == 3
    assert await count("evidence") == 0


@pytest.mark.commits
@pytest.mark.parametrize("first", ["", AFTER])
async def test_killed_while_it_sets_the_ads_of_a_suspended_member_aside(anne, chloe, denis, first):
    mine = [await ads.published(anne) for _ in range(3)]
    await taken(anne, "suspension", 14, by=chloe, second=denis)
    await killed_in("moderation.sanctions.following", "set_aside", "follow_everybody", first)
    states = "SELECT array_agg(status::text ORDER BY status) FROM listing WHERE id = ANY($1::uuid[])"
    ids = [ad.id for ad in mine]
    assert (await database.value(states, ids)).count("aside") == (2 if first else 1)

    await follow_everybody()

    assert await database.value(states, ids) == ["aside"] * 3
