"""Contacts, local offers and bridges, sent what no browser sends."""

import asyncio
import re
from uuid import UUID

import pytest

from app import database
from contacts.directory.form import shown
from contacts.directory.reading import read
from tests.helpers.browser import said
from tests.helpers.contacts import a_contact
from tests.helpers.counting import count, logged
from tests.helpers.offers import FORM, correspondent, offer_draft

URLS = (
    "http://[",
    "https://a.fr:99999999",
    "javascript:alert(1)",
    "https://a.fr@b.fr",
    "//",
    "https://" + "a." * 5_000,
)


@pytest.mark.parametrize("email", ["\x00", "a\x00b@exemple.test", "é" * 250, "@", "a@b\r\nBcc: c@d"])
async def test_what_is_no_address_answers_for_no_contact(browser, denis, email: str):
    contact = await a_contact()
    await browser.sign_in(denis)
    answer = await browser.submit(f"/administration/contacts/{contact.id}/compte", email=email)
    assert answer.status_code == 422 or not email.strip()
    assert await database.value("SELECT member FROM contact") is None


@pytest.mark.parametrize(
    "seen",
    ["", "x", "\x00", "2026-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9" * 5_000],
)
async def test_no_moment_somebody_made_up_overwrites_a_contact(browser, denis, seen: str):
    contact = await a_contact()
    await browser.sign_in(denis)
    typed = shown(await _kept(contact.id)) | {"name": "Un autre nom", "seen": seen}
    answer = await browser.submit(f"/administration/contacts/{contact.id}", **typed)
    assert answer.status_code == 422, said(answer)
    assert (await _kept(contact.id)).name == contact.name


@pytest.mark.parametrize("url", URLS)
async def test_no_address_of_a_partner_breaks_its_draft(browser, anne, url: str):
    draft = await offer_draft(await correspondent(anne, "29"))
    await browser.sign_in(anne)
    for do in ("save", "send"):
        form = f"/correspondance/{draft.id}/modification"
        answer = await browser.submit(form, **{**FORM, "url": url, "do": do})
        assert answer.status_code == 422 and 'href="javascript' not in answer.text, (do, said(answer))


async def test_files_where_words_are_asked_for_are_no_words(browser, anne, denis):
    draft, contact = await offer_draft(await correspondent(anne, "29")), await a_contact()
    await browser.sign_in(anne)
    file = ("a.txt", b"\x00\xff", "text/plain")
    for path in (f"/correspondance/{draft.id}/modification", "/moi/passerelles/rides/masquer"):
        answer = await browser.submit(path, files=[(name, file) for name in (*FORM, "starts_on", "retour")])
        assert answer.status_code in (303, 422), (path, answer.status_code)
    await browser.sign_in(denis)
    names = (*shown(None), "name", "email", "seen", "line", "meetings", "closures", "topics")
    for path in ("", f"/{contact.id}", f"/{contact.id}/compte"):
        answer = await browser.submit(f"/administration/contacts{path}", files=[(name, file) for name in names])
        assert answer.status_code in (303, 422), (path, answer.status_code)
    assert (await _kept(contact.id)).name == contact.name


@pytest.mark.commits
async def test_a_contact_added_by_two_clicks_is_one(browser, denis):
    await browser.sign_in(denis)
    once = re.findall(r'name="once" value="([^"]+)"', (await browser.get("/administration/contacts/nouveau")).text)
    typed = shown(None) | {"kind": "agency", "name": "Mairie", "url": "https://mairie.exemple.fr", "once": once[0]}
    first, second = await asyncio.gather(*(browser.submit("/administration/contacts", **typed) for _ in range(2)))
    assert first.status_code == 303 and first.headers["location"] == second.headers["location"]
    assert await count("contact") == 1 and await logged("contact.added") == 1
    assert (await browser.submit("/administration/contacts", **typed | {"once": "x"})).status_code == 303


async def _kept(contact: UUID):
    return (await read([contact]))[contact]
