"""Deleting one's words: a trace stays for who read them, what was answered stays."""

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import audited, case_of, topics
from tests.helpers.replies import HELD, answer_to, change, counted, delete, row, say

TRACE = "Message supprimé par son auteur."


async def test_a_deleted_message_leaves_a_trace_and_its_answers(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await another_browser.sign_in(anne)
    own = await say(browser, ad.id, "Mon numéro de casier est le 12.")
    await answer_to(another_browser, own, "Ne le dites pas ici !", quote="on")

    asked = await browser.get(f"/reponses/{own}/suppression")
    page = words(await browser.follow(await delete(browser, own)))

    assert "Supprimer ce message ?" in words(asked)
    assert "Votre message est supprimé." in page
    for shown in (page, words(await another_browser.get(f"/annonces/{ad.id}"))):
        assert TRACE in shown and "Ne le dites pas ici" in shown and "casier" not in shown
    assert (await row(own))["body"] == ""
    assert await counted(ad.id) == 1
    assert "reply.deleted" in await audited(own)


async def test_deleting_twice_counts_once(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await say(browser, ad.id, "Une première question.")
    own = await say(browser, ad.id, "Une seconde question.")
    await delete(browser, own)
    assert (await delete(browser, own)).status_code == 404
    assert await counted(ad.id) == 1


async def test_what_nobody_had_read_leaves_no_trace_and_nothing_to_judge(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, HELD)
    await delete(browser, own)
    await another_browser.sign_in(anne)
    assert TRACE not in (await another_browser.get(f"/annonces/{ad.id}")).text
    assert TRACE not in (await browser.get(f"/annonces/{ad.id}")).text
    assert (await row(own))["state"] == "withdrawn"
    assert (await case_of(ad.id, "reply"))["closed_at"] is not None


async def test_who_reported_it_hears_that_it_is_gone(browser, another_browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Contre mille euros par jour.")
    await another_browser.sign_in(anne)
    await another_browser.submit(f"/reponses/{own}/signalement", reason="market")
    await change(browser, own, "Gratuitement, bien sûr.")
    await delete(browser, own)
    assert "report_handled" in await topics(anne)
    assert await database.value("SELECT count(*) FROM moderation_case WHERE closed_at IS NULL") == 0
    assert (await row(own))["waiting_body"] is None


async def test_what_is_deleted_is_neither_changed_nor_answered(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    own = await say(browser, ad.id, "Bonjour.")
    await delete(browser, own)
    assert (await change(browser, own, "Revenons-y.")).status_code == 404
    assert (await browser.submit(f"/reponses/{own}/reponse", body="Oui ?")).status_code == 404
