"""What is said to the social service is nowhere to be read: not in the tables, the log, the queue or the e-mails."""

import logging
from pathlib import Path

from app import database
from app.settings import settings
from tests.helpers.jobs import run_jobs
from tests.helpers.pictures import photo
from tests.helpers.social import code_on, opening, social_worker

SECRET = "rossignol"
"""A word that stands in each thing said, and in nothing of the site."""


async def everything() -> str:
    """Every column of every table, also what PostgreSQL shows as hexadecimal."""
    tables = await database.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    found = [row[0] for one in tables for row in await database.rows(f'SELECT t::text FROM "{one["name"]}" t')]
    return "\n".join(found)


def mails() -> str:
    return "\n".join(file.read_text(errors="ignore") for file in Path(settings().mail_dir).rglob("*") if file.is_file())


async def test_a_whole_conversation_leaves_no_word_in_clear(browser, another_browser, anne, caplog):
    caplog.set_level(logging.DEBUG)
    wanda = await social_worker("Wanda", "29")
    await another_browser.sign_in(wanda)
    codes = []
    for how in ("nameless", "account"):
        if how == "account":
            await browser.sign_in(anne)
        page = await browser.submit("/service-social", **opening(how=how, text=f"Le {SECRET} ne chante plus."))
        codes.append(code_on(page))
        talk = await database.value("SELECT id FROM social_talk ORDER BY opened_at DESC LIMIT 1")
        path = f"/service-social/conversations/{talk}"
        await another_browser.submit(f"{path}/prise-en-charge", version=1)
        await another_browser.submit(path, text=f"Quel {SECRET} ?")
        sent = {"files": (f"{SECRET}.jpg", photo(60, 60), "image/jpeg")}
        await browser.submit(path, files=sent, text=f"Mon {SECRET}.")
        await browser.submit(f"{path}/fermeture", text=f"Merci, {SECRET}.")
        assert SECRET in (await another_browser.get(path)).text
    await run_jobs()
    kept = await everything()
    assert str(talk) in kept
    for word in (SECRET, SECRET.encode().hex(), codes[0], codes[0].encode().hex()):
        assert word not in kept
        assert word not in mails()
        assert word not in caplog.text
    assert len(codes[0]) == 16


async def test_no_search_and_no_moderation_reads_it(browser, anne):
    await social_worker("Wanda", "29")
    await browser.sign_in(anne)
    before = await database.value("SELECT count(*) FROM search_document")
    await browser.submit("/service-social", **opening(how="account", text=f"Le {SECRET} : 06 12 34 56 78"))
    assert await database.value("SELECT count(*) FROM search_document") == before
    for table in ("moderation_case", "rule_hit", "evidence"):
        assert await database.value(f"SELECT count(*) FROM {table}") == 0
