"""The team's pages about the rules: their figures, a sentence to try, a rule to try over last month."""

import asyncio
import re
import time

import pytest

from app import database
from app.database import transaction
from moderation.rules import RULESET
from moderation.rules.desk import dry_running
from moderation.rules.desk.dry_running import TOO_LONG
from moderation.rules.desk.entries import entry_of
from moderation.rules.ruleset import try_rule
from tests.helpers.ads import draft, pending, published, removed
from tests.helpers.browser import words
from tests.helpers.cases import said_under
from tests.moderation.rules_in_use.people import INSULT, MISSION, hits, switched

ENTRY = """
[[rule]]
id = "commerce.bargain"
version = 1
action = "hold"
pattern = "bonne affaire"
message = "Ici, on ne fait pas commerce."
"""
SLOW = r"""
id = "commerce.slow"
version = 1
action = "hold"
pattern = '(?:(?:a{0,40}){0,40}){0,40}b'
message = "Trop lente."
"""


async def test_every_rule_stands_under_its_family_with_what_is_known_of_it(browser, chloe):
    for action in ("hold", "hold", "advise"):
        await database.execute(
            "INSERT INTO rule_hit (at, rule, version, action, mode, moment)"
            " VALUES (now(), 'opsec.site-access', 1, $1, 'on', 'submission')",
            action,
        )
    await switched("scam.link", "off")
    page = await (await browser.sign_in(chloe)).get("/moderation/regles")

    assert all(f">{rule.id}</a>" in page.text for rule in RULESET.rules)
    shown = words(page)
    assert "opsec.site-access v" in shown
    row = shown.split("opsec.site-access")[1].split("opsec.")[0]
    assert "En vigueur Fait relire 3 0 0" in row
    assert "Éteinte" in shown.split("scam.link")[1].split("scam.")[0]
    assert [shown.index(name) for name in ("Personnes en difficulté", "Discrétion", "Arnaques")]


async def test_a_sentence_shows_which_rules_speak_of_which_words_also_those_on_trial(browser, chloe):
    await switched("opsec.mission-date", "shadow")
    await browser.sign_in(chloe)
    page = await browser.submit("/moderation/regles/essai", text=MISSION, category="tips")

    shown = words(page)
    assert page.status_code == 200
    heard = shown.split("opsec.mission-date")[1]
    assert "À l’essai" in heard.split("À cause de")[0]
    assert all(f"<mark>{word}</mark>" in page.text for word in ("Mali", "12 mars"))
    assert MISSION in page.text or "Mon mari" in shown, "what was typed stays"
    assert await hits() == [], "nothing is kept"


async def test_a_sentence_is_read_with_its_fields(browser, chloe):
    await browser.sign_in(chloe)
    lent = {"text": "Perceuse en bon état.", "category": "classifieds", "deal": "lend", "price": "5"}
    page = await browser.submit("/moderation/regles/essai", **lent)
    assert "commerce.price-on-gift" in words(page) and "À cause des champs" in words(page)
    sold = await browser.submit("/moderation/regles/essai", **{**lent, "deal": "sell"})
    assert "Aucune règle n’en parle" in words(sold) and "ce texte passerait" in words(sold)


async def test_an_empty_sentence_or_a_day_that_is_none_is_said_beside_its_field(browser, chloe):
    await browser.sign_in(chloe)
    page = await browser.submit("/moderation/regles/essai", text="", starts_on="hier")
    assert page.status_code == 422 and "Écrivez une phrase" in words(page) and 'id="starts_on-error"' in page.text


async def test_a_new_rule_shows_what_it_would_catch_of_last_month_with_excerpts(browser, anne, bilal, chloe):
    ad = await published(anne, "tips", body="Bonjour, une bonne affaire au marché couvert, chaque samedi matin.")
    await said_under(ad.id, bilal, "Merci, quelle bonne affaire !")
    await published(bilal, "tips", body="Rien de tel ici, bonne journée.")
    await browser.sign_in(chloe)
    page = await browser.submit("/moderation/regles/simulation", entry=ENTRY)

    shown = words(page)
    assert page.status_code == 200 and "remarqués en plus 2" in shown and "cette règle est nouvelle" in shown
    assert page.text.count("<mark>bonne affaire</mark>") == 2
    assert f'href="/annonces/{ad.id}"' in page.text and f"/annonces/{ad.id}?depuis=" in page.text
    assert await hits() == []


async def test_a_changed_rule_shows_what_it_would_newly_catch_and_free(browser, anne, bilal, chloe):
    await published(anne, "tips", body=f"Bonjour. {INSULT}")
    await published(bilal, "tips", body="Bonjour, quelle bonne affaire.")
    await browser.sign_in(chloe)
    form = await browser.get("/moderation/regles/simulation?regle=language.insult")
    assert "language.insult" in form.text.split("<textarea")[1].split("</textarea>")[0]
    changed = ENTRY.replace("commerce.bargain", "language.insult")
    shown = words(await browser.submit("/moderation/regles/simulation", entry=changed))

    assert "Remarqués en plus 1" in shown and "Laissés tranquilles 1" in shown


async def test_a_dry_run_reads_what_is_in_scope_and_was_sent(browser, anne, bilal, farid):
    body = "Bonjour, une bonne affaire pour notre chat, merci à vous."
    await published(anne, "pet_care", body=body)
    await pending(bilal, "pet_care", body=body)
    await removed(anne, "pet_care", body=body)
    await draft(anne, "pet_care", body=body)
    await published(anne, "tips", body=body)
    await published(bilal, "pet_care", body=body, commune="35238")
    page = await (await browser.sign_in(farid)).submit("/moderation/regles/simulation", entry=ENTRY)
    assert re.search(r"textes lus\s+3\s+remarqués en plus\s+3", words(page))


async def test_who_tried_a_rule_over_how_many_texts_is_in_the_log(browser, anne, chloe):
    await published(anne, "tips")
    await browser.sign_in(chloe)
    for entry in (ENTRY, ENTRY.replace("commerce.bargain", "language.insult"), "pas du TOML"):
        await browser.submit("/moderation/regles/simulation", entry=entry)
    kept = await database.rows("SELECT actor, subject, facts FROM audit_entry WHERE action = 'rule.tried' ORDER BY id")
    assert [tuple(one) for one in kept] == [
        (chloe.id, "new", '{"texts": 1}'),
        (chloe.id, "language.insult", '{"texts": 1}'),
    ]


async def test_a_dry_run_gathers_no_numbers_of_people(browser, anne, chloe):
    await removed(anne, "tips", title="Le 06 12 34 56 78", body="Joignez-moi au 06 12 34 56 78, bonne affaire.")
    await browser.sign_in(chloe)
    for pattern in ("bonne affaire", "[0-9 ]{2,14}"):
        page = await browser.submit("/moderation/regles/simulation", entry=ENTRY.replace("bonne affaire", pattern))
        assert "remarqués en plus 1" in words(page)
        assert "12 34" not in page.text.split("<textarea")[0]
        assert "Joignez-moi au" in words(page) or "••" in words(page)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("", "Collez une règle"),
        ("pas du TOML", "ne se lit pas"),
        (ENTRY.replace("hold", "shout"), "shout"),
        (ENTRY.replace("bonne affaire", "bonne (affaire"), "motif"),
        (ENTRY.replace("bonne affaire", "bonne.*affaire"), "répétition"),
    ],
)
async def test_a_rule_that_cannot_be_read_is_said_beside_its_field(browser, chloe, entry, said):
    await browser.sign_in(chloe)
    page = await browser.submit("/moderation/regles/simulation", entry=entry)
    assert page.status_code == 422 and said in words(page) and 'id="entry-error"' in page.text


async def test_a_rule_that_reads_for_ever_is_stopped_while_others_are_served(browser, anne, chloe, monkeypatch):
    await published(anne, "tips", body="a" * 3_000)
    await browser.sign_in(chloe)
    monkeypatch.setattr(dry_running, "WITHIN", 4.0)
    longest, running = 0.0, asyncio.create_task(browser.submit("/moderation/regles/simulation", entry=SLOW))
    async with asyncio.timeout(30):
        while not running.done():
            began = time.monotonic()
            await asyncio.sleep(0.02)
            longest = max(longest, time.monotonic() - began)
    page = await running
    assert page.status_code == 422 and TOO_LONG in words(page)
    assert longest < 2, "the site went on meanwhile"


async def test_every_rule_of_the_file_can_be_opened_and_tried():
    for rule in RULESET.rules:
        tried = try_rule(entry_of(rule.id))
        assert (tried.id, tried.version, tried.action) == (rule.id, rule.version, rule.action)


async def test_the_entry_of_no_rule_is_empty():
    assert entry_of("opsec.nothing") == ""


@pytest.mark.commits
async def test_two_dry_runs_at_once_are_one_after_the_other(browser, another_browser, anne, chloe, farid):
    async with transaction():
        await published(anne, "tips")
    await browser.sign_in(chloe)
    await another_browser.sign_in(farid)
    async with asyncio.timeout(60):
        pages = await asyncio.gather(
            *(one.submit("/moderation/regles/simulation", entry=ENTRY) for one in (browser, another_browser))
        )
    assert sorted(page.status_code for page in pages) == [200, 422]
    assert any("Un autre essai est en cours" in words(page) for page in pages)


async def test_what_is_no_rule_at_all_is_refused_in_french_only(browser, chloe):
    page = words(await (await browser.sign_in(chloe)).submit("/moderation/regles/simulation", entry="n'importe quoi"))
    assert "La règle ne se lit pas, ligne 1, colonne 2." in page
    assert "the entry" not in page and "Expected" not in page
