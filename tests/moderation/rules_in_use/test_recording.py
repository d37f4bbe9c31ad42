"""What each rule said is counted at every moment a text is read: no text, no author, a year at most."""

import pytest

from app import database
from app.schedule import sweep_every_night
from listings.life.renewing import renew
from moderation.rules.screening import SCREENING_FAILED
from tests.helpers.ads import draft, published
from tests.helpers.exchanges import helped_ad, writes
from tests.helpers.talks import answered
from tests.moderation.rules_in_use.people import DISTRESS, IBAN, INSULT, MISSION, PHONE, hits


async def test_a_held_ad_is_counted_with_its_case(browser, anne):
    ad = await draft(anne, "tips", body=MISSION)
    await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/publication")
    assert ("opsec.mission-date", "on", "submission", True) in await hits()
    kept = await database.value('SELECT "case" FROM rule_hit WHERE rule = $1', "opsec.mission-date")
    assert kept == await database.value("SELECT id FROM moderation_case WHERE listing = $1", ad.id)


async def test_advice_that_was_not_followed_is_counted_without_a_case(browser, anne):
    ad = await draft(anne, "tips", body=f"Bonjour à tous. {PHONE}")
    await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/publication")
    assert await hits() == [("privacy.phone", "on", "submission", False)]


async def test_a_refused_ad_is_counted_and_stays_a_draft(browser, anne):
    ad = await draft(anne, "tips", body=f"Bonjour à tous. {IBAN}")
    refused = await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/publication")
    assert refused.status_code == 409
    assert await hits() == [("privacy.iban", "on", "submission", False)]
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "draft"


async def test_looking_at_an_ad_before_it_is_sent_counts_nothing(browser, anne):
    ad = await draft(anne, "tips", body=MISSION)
    await (await browser.sign_in(anne)).get(f"/annonces/{ad.id}/apercu")
    assert await hits() == []


async def test_a_held_and_a_refused_reply_are_counted(browser, anne, bilal):
    ad = await published(anne, "tips")
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/reponses", body=INSULT)
    await browser.submit(f"/annonces/{ad.id}/reponses", body=IBAN)
    assert await hits() == [("language.insult", "on", "reply", True), ("privacy.iban", "on", "reply", False)]


async def test_the_same_reply_sent_twice_is_counted_once(browser, anne, bilal):
    ad = await published(anne, "tips")
    await browser.sign_in(bilal)
    for _ in range(2):
        await browser.submit(f"/annonces/{ad.id}/reponses", body=INSULT, once="0b8f6f3e-5c43-4b8c-9f7c-1f1f6b1d2a10")
    assert await hits() == [("language.insult", "on", "reply", True)]


async def test_a_changed_ad_is_counted_as_an_edit(browser, anne):
    ad = await published(anne, "tips")
    sent = {"title": "Une adresse", "body": INSULT, "commune": "Brest (29)", "do": "anyway"}
    await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/modification", **sent)
    assert await hits() == [("language.insult", "on", "edit", True)]


async def test_a_prolonged_ad_is_counted_as_a_renewal(anne):
    ad = await published(anne, "helping_hand", body=INSULT)
    await database.execute("UPDATE listing SET expires_at = now() + interval '2 days' WHERE id = $1", ad.id)
    await renew(ad.id, anne.id)
    assert await hits() == [("language.insult", "on", "renewal", True)]


async def test_a_private_message_is_counted_once_for_all_it_was_said_to_its_sender(browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(bilal)
    await browser.submit(f"/messages/{talk}", text=MISSION)
    await browser.submit(f"/messages/{talk}", text=MISSION, told=MISSION)
    assert await hits() == [("opsec.mission-date", "on", "message", False)]


async def test_a_message_of_distress_sent_twice_is_counted_once(browser, anne, bilal):
    talk = await answered((await published(anne)).id, bilal.id)
    await browser.sign_in(bilal)
    form = {"text": DISTRESS, "once": "0b8f6f3e-5c43-4b8c-9f7c-1f1f6b1d2a10"}
    for _ in range(2):
        assert (await browser.submit(f"/messages/{talk}", **form)).status_code == 303
    counted = await hits()
    assert len(counted) == len({rule for rule, *_ in counted}) > 0, "each rule that spoke, once"
    await browser.submit(f"/messages/{talk}", **{**form, "text": f"{DISTRESS} Encore."})
    assert len(await hits()) == 2 * len(counted), "the same form filled in anew is another message"


async def test_a_word_of_thanks_is_counted_with_its_case(browser, anne, bilal):
    exchange = await helped_ad(browser, anne, bilal)
    await writes(browser, anne, exchange, DISTRESS)
    await writes(browser, anne, exchange, DISTRESS, told=DISTRESS)
    assert {hit[1:] for hit in await hits()} == {("on", "thanks", True)}


async def test_a_first_name_that_is_none_is_counted(browser, anne):
    await (await browser.sign_in(anne)).submit("/moi/profil", first_name="Suicide", commune="Brest (29)")
    assert await hits() == [("care.suicide", "on", "profile", False)]


async def test_a_fault_of_the_rules_is_counted_as_what_held_the_text(browser, anne, monkeypatch):
    ad = await draft(anne, "tips")
    monkeypatch.setattr("moderation.rules.screening.screen", lambda *_: 1 / 0)
    await (await browser.sign_in(anne)).submit(f"/annonces/{ad.id}/publication")
    assert await hits() == [(SCREENING_FAILED.rule, "on", "submission", True)]


async def test_neither_text_nor_author_is_kept():
    columns = await database.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'rule_hit'")
    assert {row[0] for row in columns} == {"id", "at", "rule", "version", "action", "mode", "moment", "case"}


@pytest.mark.parametrize(("age", "left"), [("11 months", 1), ("13 months", 0)])
async def test_a_hit_is_forgotten_after_a_year(app, age, left):
    await database.execute(
        "INSERT INTO rule_hit (at, rule, version, action, mode, moment)"
        " VALUES (now() - $1::text::interval, 'opsec.unit', 1, 'advise', 'on', 'reply')",
        age,
    )
    await sweep_every_night.func(timestamp=0)
    assert await database.value("SELECT count(*) FROM rule_hit") == left
