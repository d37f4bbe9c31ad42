"""The e-mails of searches are stopped by one click, without signing in: a person's, or their mail program's."""

import re
from email import message_from_bytes, policy

import pytest

from app import database
from notifications.stopping import stop_token
from notifications.topics import Topic
from search.saved.matching import match
from search.saved.telling import tell_all_due
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs
from tests.search.saved.keeping import keeps, told
from tests.search.saved.test_telling import mailbox  # noqa: F401


async def found_something(member, author):
    await keeps(member, q="poussette")
    await match((await published(author, "classifieds")).id)
    await tell_all_due()
    await run_jobs()


async def test_a_mail_program_stops_them_by_its_own_button(browser, anne, bilal, mailbox):  # noqa: F811
    await found_something(anne, bilal)
    [raw] = [file.read_bytes() for file in mailbox.iterdir()]
    assert b"\r\nList-Unsubscribe: <https://site.test/lien/courriels/" in raw  # in one line, nothing encoded
    letter = message_from_bytes(raw, policy=policy.default)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<(https://site\.test/lien/courriels/\S+)>", letter["List-Unsubscribe"])
    assert link and link[1] in letter.get_content()
    # RFC 8058: no cookie, no token of a form, this body.
    answer = await browser.post(link[1], data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "Vous ne recevrez plus ces e-mails" in words(answer)
    await database.execute("UPDATE news_mail SET mailed_at = now() - interval '2 hours'")
    await match((await published(bilal, "classifieds", title="Poussette rouge")).id)
    await tell_all_due()
    await run_jobs()
    assert await told(anne) == [("« poussette »", 2)]
    assert len(list(mailbox.iterdir())) == 1


async def test_opening_the_link_does_nothing_and_the_page_asks(browser, anne):
    token = stop_token(anne.id, Topic.search_found)
    page = await browser.get(f"/lien/courriels/{token}")
    assert "Ne plus recevoir ces e-mails ?" in words(page)
    assert await database.value("SELECT count(*) FROM mail_stop") == 0
    for _ in range(2):
        page = await browser.submit(f"/lien/courriels/{token}")
        assert "Vous ne recevrez plus" in words(page)
    assert "Vous ne recevrez plus" in words(await browser.get(f"/lien/courriels/{token}"))
    assert await database.value("SELECT count(*) FROM mail_stop") == 1
    page = await browser.submit(f"/lien/courriels/{token}/reprise")
    assert "Vous recevrez de nouveau ces e-mails" in words(page)
    assert await database.value("SELECT count(*) FROM mail_stop") == 0


async def test_it_is_chosen_on_the_page_of_searches_too(browser, anne):
    await keeps(anne, q="poussette")
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit("/moi/recherches/courriels"))
    assert "Vous ne recevez pas d’e-mail pour vos recherches" in words(page)
    page = await browser.follow(await browser.submit("/moi/recherches/courriels", wanted="on"))
    assert "Vous recevez aussi un e-mail" in words(page)


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "é"])
async def test_a_link_that_is_not_ours_is_gone(browser, token):
    assert (await browser.get(f"/lien/courriels/{token}")).status_code == 410
    assert (await browser.submit(f"/lien/courriels/{token}")).status_code == 410


async def test_a_link_for_what_cannot_be_stopped_or_of_who_left_is_gone(browser, anne):
    assert (await browser.get(f"/lien/courriels/{stop_token(anne.id, Topic.sanction_taken)}")).status_code == 410
    token = stop_token(anne.id, Topic.search_found)
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)
    assert (await browser.get(f"/lien/courriels/{token}")).status_code == 410
