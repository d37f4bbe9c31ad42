"""The doors of the social service that only a worker or a code opens, sent what no browser sends."""

from uuid import uuid4

import pytest

from app import database
from tests.helpers.browser import said
from tests.helpers.raw import Flood
from tests.helpers.social import a_talk, holds_code, social_worker, taken_up
from tests.hostile.test_hostile_fields import HOSTILE

FORM = "application/x-www-form-urlencoded"
FIELDS = ("text", "version", "to", "once", "topic", "commune", "how", "packet", "code", "talk", "files")
SHORT = {name: value for name, value in HOSTILE.items() if len(value) < 10_000}


async def send(browser, path: str, body: bytes, kind: str = FORM):
    await browser.get("/charte")
    token = {"x-csrftoken": browser.cookies["__Host-csrf"]}
    return await browser.post(path, content=body, headers={"content-type": kind, **token})


@pytest.mark.parametrize("attack", SHORT)
async def test_no_form_of_a_worker_or_of_a_code_crashes_on(attack: str, browser, another_browser, anne):
    wanda = await social_worker("Wanda", "29")
    talk, nameless = await a_talk(anne), await a_talk()
    await taken_up(talk, wanda)
    await browser.sign_in(wanda)
    holds_code(another_browser, nameless)
    body = "&".join(f"{name}={SHORT[attack]}" for name in FIELDS).encode()
    mine, theirs = f"/service-social/conversations/{talk}", f"/service-social/conversations/{nameless}"
    for path in (f"{theirs}/prise-en-charge", f"{mine}/transmission", mine, f"{mine}/fermeture"):
        answer = await send(browser, path, body)
        assert answer.status_code < 500 and "<script>alert" not in answer.text, (path, said(answer))
    others = ("/service-social", "/service-social/reprendre", "/service-social/resultats/envoi", theirs)
    for path in (*others, f"{theirs}/fermeture"):
        answer = await send(another_browser, path, body)
        assert answer.status_code < 500 and "<script>alert" not in answer.text, (path, said(answer))


@pytest.mark.parametrize("query", ["avant=-1", "avant=x", "avant=99999999999999999999", "apres=1e9", "apres=", ""])
async def test_no_address_of_a_conversation_crashes(query: str, browser):
    talk = await a_talk()
    holds_code(browser, talk)
    for path in ("", "/nouveaux", f"/fichiers/{uuid4()}", "/fichiers/x"):
        answer = await browser.get(f"/service-social/conversations/{talk}{path}?{query}")
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "cookie", ["", ".", "x.y", "eyJhIjoxfQ.x", "null", "[]", "W10.W10", "é", "a" * 3_900, '["x", "y"]', "\x7f"]
)
async def test_no_cookie_somebody_made_crashes_or_opens(cookie: str, browser):
    talk = await a_talk()
    headers = [(b"cookie", f"__Secure-social={cookie}".encode())]
    for path in ("/service-social", f"/service-social/conversations/{talk}"):
        answer = await browser.get(path, headers=headers)
        assert answer.status_code == (404 if str(talk) in path else 200)


async def test_who_has_no_code_sends_no_byte_of_a_photo(browser):
    talk = await a_talk()
    flood = Flood(60 * 1024 * 1024)
    await browser.get("/charte")
    answer = await browser.post(
        f"/service-social/conversations/{talk}",
        content=flood,
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 303 and answer.headers["location"].startswith("/connexion")
    assert flood.drawn == 0


async def test_who_has_a_code_sends_five_photos_and_no_more(browser):
    talk = await a_talk()
    holds_code(browser, talk)
    flood = Flood(70 * 1024 * 1024)
    await browser.get("/charte")
    answer = await browser.post(
        f"/service-social/conversations/{talk}",
        content=flood,
        headers={"content-type": FORM, "x-csrftoken": browser.cookies["__Host-csrf"]},
    )
    assert answer.status_code == 413
    assert flood.drawn <= 54 * 1024 * 1024


async def test_a_message_forged_on_another_site_is_refused(browser, anne):
    talk = await a_talk(anne)
    await browser.sign_in(anne)
    answer = await browser.post(f"/service-social/conversations/{talk}", data={"text": "Bonjour"})
    assert answer.status_code == 403
    assert await database.value("SELECT count(*) FROM social_message") == 1


async def test_markup_in_a_message_and_in_a_name_stays_text(browser, another_browser):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(text='<img src=x onerror="alert(1)">{{ 7 * 7 }}')
    await taken_up(talk, wanda)
    await browser.sign_in(wanda)
    page = await browser.get(f"/service-social/conversations/{talk}")
    assert "<img src=x" not in page.text and "&lt;img src=x" in page.text and "{{ 7 * 7 }}" in page.text
