"""« Toujours vrai ? »: members confirm a tip or doubt it, and its life follows."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app import database
from app.dates import in_words
from app.settings import PARIS
from members.tables import Member
from tests.helpers.ads import closed, published
from tests.helpers.browser import Browser, words
from tests.helpers.cases import audited, told, topics
from tests.helpers.cast import person


async def says(browser: Browser, member: Member, tip, still: str):
    await browser.sign_in(member)
    return await browser.submit(f"/annonces/{tip.id}/verification", still=still)


async def test_members_confirm_it_and_the_last_day_is_said(browser, anne, bilal, emilie):
    tip = await published(anne, "tips")
    await browser.sign_in(bilal)
    assert "Personne ne l’a encore vérifié." in words(await browser.get(f"/annonces/{tip.id}"))
    today = in_words(datetime.now(PARIS).date())

    page = words(await browser.follow(await says(browser, bilal, tip, "oui")))
    assert f"Vérifié par un membre, le {today}." in page and "Vous avez répondu « oui »." in page

    page = words(await browser.follow(await says(browser, emilie, tip, "oui")))
    assert f"Vérifié par 2 membres, la dernière fois le {today}." in page
    assert await audited(tip.id) == ["tip.checked", "tip.checked"]


async def test_one_word_each_which_may_change(browser, anne, bilal):
    tip = await published(anne, "tips")
    for still in ("oui", "oui", "non"):
        await says(browser, bilal, tip, still)
    page = words(await browser.get(f"/annonces/{tip.id}"))
    assert "Personne ne l’a encore vérifié." in page and "« plus maintenant »" in page
    assert await database.value("SELECT count(*) FROM tip_check") == 1


async def test_three_doubts_warn_readers_and_the_author_once(browser, anne, bilal, emilie, chloe, denis, farid):
    tip = await published(anne, "tips")
    await says(browser, farid, tip, "oui")
    for member in (bilal, emilie):
        await says(browser, member, tip, "non")
    assert "Peut-être plus vrai" not in (await browser.get(f"/annonces/{tip.id}")).text
    assert await told(anne) == []

    await says(browser, chloe, tip, "non")

    assert "3 membres disent que ce n’est plus le cas." in words(await browser.get(f"/annonces/{tip.id}"))
    assert await told(anne) == [("tip_doubted", f"/annonces/{tip.id}")]
    await says(browser, chloe, tip, "non")
    assert await database.value("SELECT times FROM notification WHERE member = $1", anne.id) == 1
    await browser.sign_in(anne)
    page = words(await browser.get(f"/annonces/{tip.id}"))
    assert "Mettez votre bon procédé à jour" in page and "Oui, toujours" not in page

    await says(browser, denis, tip, "oui")
    assert "Peut-être plus vrai" not in (await browser.get(f"/annonces/{tip.id}")).text
    await says(browser, bilal, tip, "non")
    assert await database.value("SELECT times FROM notification WHERE member = $1", anne.id) == 1


@pytest.mark.commits
async def test_three_doubts_at_once_are_told_once(app, anne, body, browser):
    tip = await published(anne, "tips")
    browsers = []
    for name in ("Gaël", "Hana", "Inès"):
        one = Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test")
        browsers.append(await one.sign_in(await person(name, "29019")))
    await asyncio.gather(*(one.submit(f"/annonces/{tip.id}/verification", still="non") for one in browsers))
    assert await topics(anne) == ["tip_doubted"]
    assert await database.value("SELECT times FROM notification WHERE member = $1", anne.id) == 1
    for one in browsers:
        await one.aclose()


async def test_a_yes_prolongs_its_life_and_a_doubt_does_not(browser, anne, bilal):
    tip = await published(anne, "tips")
    soon = datetime.now(UTC) + timedelta(days=3)
    await database.execute("UPDATE listing SET expires_at = $2 WHERE id = $1", tip.id, soon)
    for still, is_longer in (("non", False), ("oui", True)):
        await says(browser, bilal, tip, still)
        ends = await database.value("SELECT expires_at FROM listing WHERE id = $1", tip.id)
        assert (ends > soon + timedelta(days=50)) == is_longer


async def test_nobody_confirms_their_own_nor_what_is_no_tip_or_not_online(browser, anne, bilal):
    tip, question, ended = await published(anne, "tips"), await published(anne), await closed(bilal, "tips")
    assert (await says(browser, anne, tip, "oui")).status_code == 409
    assert (await says(browser, bilal, question, "oui")).status_code == 404
    assert (await says(browser, bilal, ended, "oui")).status_code == 409
    for forged in ("", "yes", "true"):
        assert (await says(browser, bilal, tip, forged)).status_code == 409
    assert await database.value("SELECT count(*) FROM tip_check") == 0
