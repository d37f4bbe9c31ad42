"""An e-mail goes to one person, says what we wrote, and its links lead to this site."""

import pytest

from app.mail import send
from app.settings import settings
from tests.helpers.codes import a_code, a_request, empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs

HEADERS_IN_ADDRESSES = [
    "zoe@exemple.test\r\nBcc: all@exemple.test",
    "zoe@exemple.test\nBcc: all@exemple.test",
    "zoe@exemple.test,all@exemple.test",
    "zoe@exemple.test;all@exemple.test",
    "zoe@exemple.test%0aBcc:all@exemple.test",
    '"zoe\r\nBcc: all"@exemple.test',
    "Zoe <zoe@exemple.test>",
    "zoe@exemple.test\x00",
    "zoe@[127.0.0.1]",
    "zoe@exemple.test (all@exemple.test)",
    "@exemple.test",
    "zoe@",
    "a" * 300 + "@exemple.test",
]


@pytest.fixture(autouse=True)
def mailbox(undo):
    empty_mailbox()
    yield
    empty_mailbox()


def letters() -> list[str]:
    return [file.read_text() for file in settings().mail_dir.glob("*.eml")]


@pytest.mark.parametrize("address", HEADERS_IN_ADDRESSES)
@pytest.mark.parametrize("form", ["/mot-de-passe-oublie", "/rejoindre/renvoi", "/rejoindre"])
async def test_an_address_carries_no_header(form: str, address: str, browser, body, anne):
    code = await a_code(body)
    answer = await browser.submit(form, **{**a_request(code), "email": address})
    assert answer.status_code in (303, 422, 429)
    await run_jobs()
    for letter in letters():
        head = letter.partition("\n\n")[0]
        assert "bcc" not in head.lower() and "all@exemple.test" not in head


@pytest.mark.parametrize(
    ("to", "subject"),
    [("zoe@exemple.test\r\nBcc: a@b.test", "Bonjour"), ("zoe@exemple.test", "Bonjour\r\nBcc: a@b.test")],
)
async def test_a_header_with_a_line_end_is_not_written(to: str, subject: str):
    with pytest.raises(ValueError):
        await send(to, subject, "Bonjour")
    assert not letters()


async def test_a_first_name_cannot_write_the_mail(browser, body):
    code = await a_code(body)
    name = "Zoe\r\nBcc: all@exemple.test"
    await browser.submit("/rejoindre", **a_request(code, first_name=name))
    await run_jobs()
    assert all("bcc" not in letter.lower().partition("\n\n")[0] for letter in letters())


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-forwarded-server", "forwarded", "x-original-url"])
async def test_links_lead_to_this_site_whatever_host_was_asked(header: str, browser, anne):
    await browser.get("/mot-de-passe-oublie")
    token = {"x-csrftoken": browser.cookies["__Host-csrf"]}
    forged = "host=evil.example" if header == "forwarded" else "evil.example"
    answer = await browser.post("/mot-de-passe-oublie", data={"email": anne.email}, headers={header: forged, **token})
    assert answer.status_code == 303
    assert "evil.example" not in answer.headers["location"]
    await run_jobs()
    (letter,) = letters_to(anne.email)
    assert "evil.example" not in letter.as_string()
    assert "https://site.test/nouveau-mot-de-passe/" in letter.get_content()


async def test_a_mail_says_nothing_of_the_ad_it_is_about(browser, anne, bilal):
    from tests.helpers.ads import published

    listing = await published(anne, title="Garde pendant mon absence", body="Un texte que personne ne lit en route.")
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{listing.id}/candidature", text="Je peux venir mardi", once=str(listing.id))
    await run_jobs()
    (letter,) = letters_to(anne.email)
    whole = f"{letter['Subject']} {letter.get_content()}"
    assert not [word for word in ("absence", "en route", "mardi", "Bilal", "Brest", str(listing.id)) if word in whole]
