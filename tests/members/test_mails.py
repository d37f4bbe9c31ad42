import aiosmtplib
import msgspec
import pytest

from app import mail, mailbox, settings
from app.mail_text import mail_text
from members.mails import answer_joining, offer_new_password, tell_password_changed
from members.tables import MailedLink
from tests.helpers.codes import a_code, a_request, letters_to
from tests.helpers.jobs import run_jobs


@pytest.fixture
async def demo(monkeypatch):
    shown = msgspec.structs.replace(settings.settings(), demo=True)
    monkeypatch.setattr(mailbox, "settings", lambda: shown)


@pytest.mark.parametrize("to", ["anne@exemple.fr\nBcc: tous@exemple.fr", "anne@exemple.fr\r\n\r\nUn corps"])
async def test_a_line_end_in_an_address_sends_nothing(to):
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        await mail.send(to, "Bonjour", "…")
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        await mail.send("anne@exemple.fr", f"Bonjour {to}", "…")
    assert not list(settings.settings().mail_dir.glob("*.eml"))


@pytest.mark.parametrize("name", ["confirm", "already_member", "new_password", "password_changed"])
async def test_every_letter_has_a_subject_a_greeting_and_absolute_links(name):
    subject, text = mail_text(name, **({"token": "t0ken"} if name in ("confirm", "new_password") else {}))
    assert 10 < len(subject) < 60
    assert text.startswith("Bonjour,")
    assert "https://site.test/" in text
    assert "L’équipe d’Entraide" in text


async def test_a_letter_to_an_account_that_is_gone_is_not_written(app):
    from members.joining import NOBODY

    for write in (answer_joining, offer_new_password, tell_password_changed):
        await write(NOBODY)
    assert not list(settings.settings().mail_dir.glob("*.eml"))


async def test_when_the_mail_server_is_away_the_job_fails_and_its_retry_sends_a_link_that_works(
    browser, body, monkeypatch
):
    code = await a_code(body)
    await browser.submit("/rejoindre", **a_request(code))
    sending = mail.send

    async def away(*_: object) -> None:
        raise aiosmtplib.SMTPConnectError("away")

    monkeypatch.setattr(mail, "send", away)
    from members.tables import Member

    zoe = await Member.objects().get(Member.email == "zoe@exemple.fr")
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await answer_joining(zoe.id)

    monkeypatch.setattr(mail, "send", sending)
    await run_jobs()
    assert len(letters_to("zoe@exemple.fr")) == 1
    assert await MailedLink.count() == 1


async def test_the_demos_mailbox_does_not_exist_elsewhere(browser, anne):
    await mail.send(anne.email, "Un sujet", "Un texte")
    assert (await browser.get("/courriels")).status_code == 404
    await browser.sign_in(anne)
    assert (await browser.get("/courriels")).status_code == 404


async def test_the_demos_mailbox_shows_letters_newest_first_with_links_of_this_site_only(browser, demo):
    assert "Aucun e-mail pour l’instant" in (await browser.get("/courriels")).text
    await mail.send("anne@exemple.fr", "Premier sujet", "Ici https://site.test/confirmation/abc-_1.\n")
    await mail.send(
        "bilal@exemple.fr", "Second <b>sujet", "Là https://evil.example/x et https://site.test.evil.example/"
    )

    page = await browser.get("/courriels")

    assert "boîte aux lettres pour essayer" in page.text.lower()
    assert page.text.index("Second") < page.text.index("Premier")
    assert '<a href="/confirmation/abc-_1">' in page.text
    assert 'href="https://evil.example' not in page.text
    assert ".evil.example/</a>" not in page.text
    assert "<b>" not in page.text


async def test_the_demos_mailbox_is_bounded(browser, demo):
    for n in range(35):
        await mail.send("anne@exemple.fr", f"Sujet numéro {n}", "…")
    page = await browser.get("/courriels")
    assert page.text.count("<article") == 30
    assert "Sujet numéro 34" in page.text
    assert "Sujet numéro 4<" not in page.text
