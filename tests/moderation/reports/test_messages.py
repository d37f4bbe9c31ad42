"""A private message is reported by who received it."""

import pytest

from app import database
from members.tables import Block
from tests.helpers.ads import published
from tests.helpers.browser import said
from tests.helpers.cases import case_of, take
from tests.helpers.reports import reports
from tests.helpers.talks import answered

HURTFUL = "Envoyez d’abord un virement, ensuite on verra."


@pytest.fixture
async def talk(anne, bilal):
    """Anne's ad, the conversation and the number of what Bilal wrote in it."""
    ad = (await published(anne)).id
    conversation = await answered(ad, bilal.id, HURTFUL)
    return ad, conversation, await database.value("SELECT id FROM message WHERE conversation = $1", conversation)


async def test_a_message_is_reported_from_the_conversation(browser, anne, bilal, talk):
    ad, conversation, message = talk
    path = f"/messages/{conversation}/{message}"
    page = await (await browser.sign_in(anne)).get(f"/messages/{conversation}")
    assert f'href="{path}/signalement"' in page.text
    form = await browser.get(f"{path}/signalement")
    assert HURTFUL in said(form)
    assert "les quelques messages qui l’entourent, rien d’autre" in said(form)
    await reports(browser, anne, path, "dishonest")
    case = await case_of(ad, "message")
    assert (case["message"], case["author"]) == (message, bilal.id)
    assert "Ce message est entre les mains" in said(await browser.get(f"/signalements/{case['id']}"))


async def test_neither_ones_own_message_nor_what_the_site_said_has_a_link(browser, bilal, talk):
    _, conversation, message = talk
    page = await (await browser.sign_in(bilal)).get(f"/messages/{conversation}")
    assert f"/messages/{conversation}/{message}/signalement" not in page.text
    assert (await browser.get(f"/messages/{conversation}/{message}/signalement")).status_code == 409
    await database.execute("UPDATE message SET event = 'chosen' WHERE id = $1", message)
    assert (await browser.get(f"/messages/{conversation}/{message}/signalement")).status_code == 404


async def test_only_the_two_of_a_conversation_report_in_it(browser, anne, emilie, chloe, talk):
    _, conversation, message = talk
    for other in (emilie, chloe):
        await browser.sign_in(other)
        assert (
            await browser.submit(f"/messages/{conversation}/{message}/signalement", reason="other")
        ).status_code == 404
    ad = await published(emilie)
    elsewhere = await answered(ad.id, anne.id)
    await browser.sign_in(anne)
    assert (await browser.get(f"/messages/{elsewhere}/{message}/signalement")).status_code == 404
    assert await database.value("SELECT count(*) FROM report") == 0


async def test_what_was_withheld_or_stands_behind_a_block_is_not_there(browser, anne, bilal, talk):
    _, conversation, message = talk
    path = f"/messages/{conversation}/{message}/signalement"
    await browser.sign_in(anne)
    await database.execute("UPDATE message SET withheld_at = now() WHERE id = $1", message)
    assert (await browser.get(path)).status_code == 404
    await database.execute("UPDATE message SET withheld_at = NULL WHERE id = $1", message)
    assert (await browser.get(path)).status_code == 200
    await Block(blocker=bilal.id, blocked=anne.id).save()
    assert (await browser.get(path)).status_code == 404


async def test_among_ones_reports_each_says_what_it_is_about(browser, anne, talk):
    _, conversation, message = talk
    await reports(browser, anne, f"/messages/{conversation}/{message}")
    assert "un message privé" in said(await browser.get("/moi/signalements"))


async def test_the_desk_speaks_of_a_message_not_of_an_ad(browser, anne, chloe, talk):
    ad, conversation, message = talk
    await reports(browser, anne, f"/messages/{conversation}/{message}", "dishonest")
    desk = said(await (await browser.sign_in(chloe)).get("/moderation"))
    assert "message privé signalé " in f"{desk} "
    assert "signalée" not in desk
    dossier = said(await take(browser, (await case_of(ad, "message"))["id"]))
    assert "Rien à redire : laisser ce message" in dossier.replace("\u202f", " ")
    assert "laisser en ligne" not in dossier
