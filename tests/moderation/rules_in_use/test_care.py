"""Distress is answered with numbers to call, at once, and with no reproach."""

import re

from app.dates import in_words
from moderation.rules import RULESET, Content, screen
from moderation.rules.care import care_of
from tests.helpers.ads import draft, published
from tests.helpers.browser import words
from tests.helpers.exchanges import helped_ad, writes
from tests.moderation.rules_in_use.people import DISTRESS, PHONE


async def test_anyone_reads_every_number_and_the_day_it_was_checked(browser):
    page = await browser.get("/aide-et-ecoute")
    shown = words(page)
    for line in RULESET.helplines.values():
        assert f'href="{line.href}"' in page.text and line.name in shown
    assert f"Numéros vérifiés le {in_words(RULESET.helplines_checked_on)}" in shown
    assert "service social" in shown


async def test_every_page_leads_there(browser, anne):
    for address in ("/", "/connexion"):
        assert 'href="/aide-et-ecoute"' in (await browser.get(address)).text
    assert 'href="/aide-et-ecoute"' in (await (await browser.sign_in(anne)).get("/mon-espace")).text


async def test_an_ad_that_speaks_of_distress_shows_numbers_before_it_is_sent(browser, anne):
    ad = await draft(anne, "tips", body=f"Bonjour. {DISTRESS}")
    page = await (await browser.sign_in(anne)).get(f"/annonces/{ad.id}/apercu")
    shown = words(page)
    assert 'class="care"' in page.text and 'href="tel:3114"' in page.text and RULESET.social_worker[:30] in shown
    assert "n’est pas refusée" in shown and "notice-danger" not in page.text and "À corriger" not in shown
    assert "<mark>" not in page.text, "their words are not pointed at"


async def test_a_changed_ad_that_speaks_of_distress_is_answered_with_numbers(browser, anne):
    ad = await published(anne, "tips")
    sent = {"title": "Une adresse", "body": DISTRESS, "commune": "Brest (29)", "do": "send"}
    done = await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/modification", **sent)
    assert "peut vous écouter maintenant" in words(await browser.follow(done))


async def test_a_reply_that_speaks_of_distress_is_held_softly(browser, anne, bilal):
    ad = await published(anne, "tips")
    await browser.sign_in(bilal)
    page = words(await browser.follow(await browser.submit(f"/annonces/{ad.id}/reponses", body=DISTRESS)))
    assert "C’est envoyé" in page and "3114" in page and "en relecture" in page


async def test_a_word_of_thanks_that_speaks_of_distress_is_no_mistake(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    page = await writes(browser, anne, exchange, DISTRESS)
    assert 'class="care"' in page.text and "field-error" not in page.text and 'class="errors"' not in page.text
    assert "envoyez-le tel quel" in words(page)


async def test_numbers_come_once_each_and_only_from_care():
    both = screen(Content(body=f"{DISTRESS} {DISTRESS} {PHONE}"))
    care = care_of(both.findings)
    assert care and len(set(care.lines)) == len(care.lines)
    assert care_of(screen(Content(body=PHONE)).findings) is None


async def test_every_number_can_be_dialled():
    assert all(re.fullmatch(r"tel:\d{2,10}", line.href) for line in RULESET.helplines.values())
