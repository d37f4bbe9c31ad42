"""Odd values in odd fields and addresses around decisions, and rules that cannot be read."""

import asyncio
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest

from tests.helpers import ads
from tests.helpers.browser import Browser, said
from tests.helpers.raw import raw_get
from tests.helpers.waiting import PATIENCE
from tests.helpers.world import World
from tests.moderation.notices.test_sending import FORM

WHY = "Tu connais mieux cette commune."


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
