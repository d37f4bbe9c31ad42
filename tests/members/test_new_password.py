import pytest

from app import database
from members.links import fresh_link
from members.passwords import matches
from members.sessions import cookie_name, start_session
from members.tables import LinkPurpose, Session
from tests.helpers.accounts import ANNES_PASSWORD, with_password
from tests.helpers.browser import said
from tests.helpers.codes import GOOD_PASSWORD, letters_to, link_in
from tests.helpers.jobs import run_jobs, waiting_jobs


async def asked_for(browser, email: str) -> str:
    answer = await browser.submit("/mot-de-passe-oublie", email=email)
    assert answer.headers["location"] == "/mot-de-passe-oublie/courriel", said(answer)
    await run_jobs()
    return link_in(letters_to(email)[-1])


async def password_is(member, password: str) -> bool:
    return await matches(await database.value("SELECT password_hash FROM member WHERE id = $1", member.id), password)


async def test_anne_forgot_her_password_and_chooses_another(browser, another_browser, anne):
    await with_password(anne)
    await another_browser.sign_in(anne)
    path = await asked_for(browser, anne.email)

    assert (await browser.get(path)).status_code == 200
    answer = await browser.submit(path, password=GOOD_PASSWORD)

    assert answer.headers["location"] == "/connexion"
    assert "Votre mot de passe est changé" in (await browser.follow(answer)).text
    assert await password_is(anne, GOOD_PASSWORD)
    assert (await another_browser.get("/moi")).status_code == 303  # every session ended
    assert (await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)).status_code == 422
    assert (await browser.submit("/connexion", email=anne.email, password=GOOD_PASSWORD)).status_code == 303
    await run_jobs()
    assert letters_to(anne.email)[-1]["Subject"] == "Votre mot de passe a changé"
    actions = await database.rows("SELECT action FROM audit_entry WHERE actor = $1", anne.id)
    assert [row["action"] for row in actions] == ["password_changed"]


async def test_the_answer_is_the_same_to_the_byte_for_an_unknown_address(browser, another_browser, anne):
    unknown = await browser.submit("/mot-de-passe-oublie", email="personne@exemple.fr")
    known = await another_browser.submit("/mot-de-passe-oublie", email=anne.email)

    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    assert (await browser.follow(unknown)).content == (await another_browser.follow(known)).content
    assert [name for name, _ in await waiting_jobs()] == ["members.offer_new_password"] * 2
    await run_jobs()
    assert letters_to("personne@exemple.fr") == []
    assert len(letters_to(anne.email)) == 1


async def test_a_link_serves_once_and_for_an_hour(browser, anne):
    path = await asked_for(browser, anne.email)
    seconds = await database.value("SELECT extract(epoch FROM expires_at - created_at) FROM mailed_link")
    assert seconds == 3600

    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303
    assert (await browser.submit(path, password="un autre mot de passe")).status_code == 410
    assert await password_is(anne, GOOD_PASSWORD)

    late = await asked_for(browser, anne.email)
    await database.execute("UPDATE mailed_link SET expires_at = now() - interval '1 second'")
    assert (await browser.get(late)).status_code == 410
    assert (await browser.submit(late, password="un autre mot de passe")).status_code == 410
    assert await password_is(anne, GOOD_PASSWORD)


async def test_a_newer_link_replaces_the_older(browser, anne):
    older = await asked_for(browser, anne.email)
    newer = await asked_for(browser, anne.email)
    assert (await browser.get(older)).status_code == 410
    assert (await browser.get(newer)).status_code == 200


async def test_a_weak_password_is_sent_back_and_the_link_still_serves(browser, anne):
    path = await asked_for(browser, anne.email)

    answer = await browser.submit(path, password="anne@exemple.test")
    assert answer.status_code == 422
    assert "ressemble trop" in answer.text
    assert (await browser.submit(path)).status_code == 422
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303


async def test_a_link_that_confirms_changes_no_password(browser, anne):
    token = await fresh_link(anne.id, LinkPurpose.confirm)
    assert (await browser.get(f"/nouveau-mot-de-passe/{token}")).status_code == 410
    assert (await browser.submit(f"/nouveau-mot-de-passe/{token}", password=GOOD_PASSWORD)).status_code == 410


async def test_the_address_with_the_token_is_not_sent_on_as_referer(browser, anne):
    page = await browser.get(await asked_for(browser, anne.email))
    assert '<meta name="referrer" content="strict-origin">' in page.text


async def test_an_account_never_confirmed_gets_the_link_that_confirms(browser, anne):
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", anne.id)
    await with_password(anne)
    path = await asked_for(browser, anne.email)
    assert path.startswith("/confirmation/")
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 422


async def test_a_new_password_confirms_no_account(browser, anne):
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", anne.id)
    token = await fresh_link(anne.id, LinkPurpose.new_password)

    assert (await browser.submit(f"/nouveau-mot-de-passe/{token}", password=GOOD_PASSWORD)).status_code == 303

    assert await database.value("SELECT confirmed_at FROM member WHERE id = $1", anne.id) is None
    assert (await browser.submit("/connexion", email=anne.email, password=GOOD_PASSWORD)).status_code == 403


async def test_after_the_link_the_brake_on_signing_in_is_released(browser, anne):
    await with_password(anne)
    for _ in range(11):
        await browser.submit("/connexion", email=anne.email, password="au hasard 12345")
    assert (await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)).status_code == 429

    await browser.submit(await asked_for(browser, anne.email), password=GOOD_PASSWORD)

    assert (await browser.submit("/connexion", email=anne.email, password=GOOD_PASSWORD)).status_code == 303


@pytest.mark.parametrize("email", ["", "pas une adresse", "a@b\r\nBcc: c@d.fr", "x" * 10_000, "\x00"])
async def test_what_is_no_address_is_sent_back(browser, email):
    answer = await browser.submit("/mot-de-passe-oublie", email=email)
    assert answer.status_code == 422
    assert await waiting_jobs() == []


async def test_anne_changes_her_password_and_only_this_browser_stays(browser, another_browser, anne):
    await with_password(anne)
    await browser.sign_in(anne)
    await another_browser.sign_in(anne)

    answer = await browser.submit("/moi/mot-de-passe", current=ANNES_PASSWORD, password=GOOD_PASSWORD)

    assert answer.headers["location"] == "/moi"
    assert "Vos autres appareils sont déconnectés" in (await browser.follow(answer)).text
    assert (await another_browser.get("/moi")).status_code == 303
    assert await password_is(anne, GOOD_PASSWORD)
    await run_jobs()
    assert letters_to(anne.email)[-1]["Subject"] == "Votre mot de passe a changé"


async def test_the_present_password_is_asked_and_cannot_be_guessed(browser, anne):
    await with_password(anne)
    await browser.sign_in(anne)
    for _ in range(10):
        answer = await browser.submit("/moi/mot-de-passe", current="au hasard 12345", password=GOOD_PASSWORD)
        assert answer.status_code == 422
        assert 'id="current-error"' in answer.text

    right = await browser.submit("/moi/mot-de-passe", current=ANNES_PASSWORD, password=GOOD_PASSWORD)
    assert right.status_code == 429
    assert await password_is(anne, ANNES_PASSWORD)


async def test_a_weak_new_password_changes_nothing(browser, anne):
    await with_password(anne)
    await browser.sign_in(anne)
    answer = await browser.submit("/moi/mot-de-passe", current=ANNES_PASSWORD, password="trop court")
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert ANNES_PASSWORD not in answer.text
    assert await password_is(anne, ANNES_PASSWORD)


async def test_changing_a_password_makes_an_older_link_worthless(browser, anne):
    await with_password(anne)
    path = await asked_for(browser, anne.email)
    await browser.sign_in(anne)
    await browser.submit("/moi/mot-de-passe", current=ANNES_PASSWORD, password=GOOD_PASSWORD)
    assert (await browser.get(path)).status_code == 410


async def test_a_visitor_changes_nobodys_password(browser, anne):
    answer = await browser.submit("/moi/mot-de-passe", current="x", password=GOOD_PASSWORD)
    assert answer.headers["location"].startswith("/connexion")
    await start_session(anne.id)
    assert await Session.count() == 1
    assert cookie_name() not in browser.cookies
