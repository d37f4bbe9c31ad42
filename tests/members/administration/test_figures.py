import re
from datetime import datetime, timedelta

from app import database, figures
from places.zones import MAINLAND
from tests.helpers.ads import draft, pending, published
from tests.helpers.browser import said


async def test_an_administrator_reads_how_the_site_fares(browser, denis, anne, emilie):
    await published(anne)
    await pending(emilie)
    await draft(anne)
    await browser.sign_in(denis)

    page = await browser.get("/administration")

    words = said(page)
    assert "membres 3" in words
    assert "membres de confiance 2" in words
    assert "dossier en attente 1 le plus ancien : " in words
    assert "brouillons 1 en relecture 1 en ligne 1" in words
    assert page.text.count("<svg viewBox") >= 3


async def test_each_week_is_counted_in_its_own_bar(browser, denis, anne, bilal):
    now = datetime.now(MAINLAND)  # weeks of wall time: some of these days are in summer
    for weeks_ago in (0, 2, 2, 11, 12, 30):
        await published(anne, published_at=now - timedelta(weeks=weeks_ago))
    asked = await published(anne)
    await database.execute(
        "INSERT INTO conversation (listing, author, helper, opened_at, last_message_at)"
        " VALUES ($1, $2, $3, now(), now())",
        asked.id,
        anne.id,
        bilal.id,
    )

    weeks = (await figures.figures()).weeks

    assert len(weeks.published) == figures.WEEKS
    assert [number for _, number in weeks.published] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2]
    assert weeks.answered[-1][1] == 1
    assert weeks.joined[-1][1] == 3
    assert re.fullmatch(r"semaine du \d{1,2}(er)? \w+", weeks.joined[-1][0])


async def test_figures_are_counted_once_a_minute_and_in_few_queries(browser, denis, anne, monkeypatch):
    await browser.sign_in(denis)
    before = database.asked
    await browser.get("/administration")
    first = database.asked - before
    await published(anne)
    before = database.asked
    again = await browser.get("/administration")

    assert first <= 10
    assert database.asked - before == 2  # the session, and whether an appeal has no judge: never a minute late
    assert "en ligne 0" in said(again)

    monkeypatch.setattr(figures, "monotonic", lambda: 1e12)
    assert "en ligne 1" in said(await browser.get("/administration"))


async def test_nobody_waiting_is_said_kindly(browser, denis):
    await browser.sign_in(denis)
    assert "personne n’attend" in said(await browser.get("/administration"))
