import asyncio
import logging
import threading
import time
from statistics import median

import pytest
from argon2 import PasswordHasher

from app import database
from app.settings import settings
from members import passwords
from members.passwords import hash_password, matches, weakness
from members.sessions import cookie_name, start_session
from members.tables import Member, Session
from tests.helpers.accounts import ANNES_PASSWORD, with_password
from tests.helpers.browser import said
from tests.helpers.emptying import empty_every_table


async def test_anne_signs_in_and_comes_back_to_the_page_she_wanted(browser, anne):
    await with_password(anne)
    asked = await browser.get("/moi/appareils")
    assert asked.headers["location"] == "/connexion?suite=/moi/appareils"
    form = await browser.follow(asked)
    assert 'name="suite" value="/moi/appareils"' in form.text

    answer = await browser.submit(
        "/connexion", email=" Anne@Exemple.TEST ", password=ANNES_PASSWORD, suite="/moi/appareils"
    )

    assert answer.headers["location"] == "/moi/appareils"
    assert "Appareils connectés" in (await browser.follow(answer)).text


@pytest.mark.parametrize(
    "suite", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb", ""]
)
async def test_signing_in_never_leads_to_another_site(browser, anne, suite):
    await with_password(anne)
    answer = await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD, suite=suite)
    assert answer.headers["location"] == "/"


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(browser, anne):
    await with_password(anne)
    await browser.get("/connexion")

    known = await browser.submit("/connexion", email=anne.email, password="pas le bon du tout")
    unknown = await browser.submit("/connexion", email="nne@exemple.test", password="pas le bon du tout")

    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(anne.email, "…") == unknown.text.replace("nne@exemple.test", "…")
    assert "Adresse ou mot de passe incorrect" in known.text
    assert "pas le bon du tout" not in known.text
    assert cookie_name() not in browser.cookies


async def test_an_unknown_address_takes_as_long_as_a_wrong_password(monkeypatch):
    costly = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: costly)
    passwords._nobodys_hash.cache_clear()
    known = await hash_password(ANNES_PASSWORD)
    await matches(None, "x")

    async def took(password_hash: str | None) -> float:
        started = time.process_time()
        assert not await matches(password_hash, "pas le bon du tout")
        return time.process_time() - started

    times = [(await took(known), await took(None)) for _ in range(15)]
    passwords._nobodys_hash.cache_clear()
    wrong, unknown = median(t[0] for t in times), median(t[1] for t in times)
    assert 0.4 < unknown / wrong < 2.5, (wrong, unknown)


async def test_the_tenth_wrong_password_is_the_last_even_before_the_right_one(browser, another_browser, anne, bilal):
    await with_password(anne)
    await with_password(bilal)
    for _ in range(10):
        assert (await browser.submit("/connexion", email=anne.email, password="au hasard 12345")).status_code == 422

    refused = await another_browser.submit("/connexion", email=anne.email.upper(), password=ANNES_PASSWORD)
    assert refused.status_code == 429
    assert cookie_name() not in another_browser.cookies
    assert (await browser.submit("/connexion", email=bilal.email, password=ANNES_PASSWORD)).status_code == 303


async def test_an_unknown_address_is_braked_as_a_known_one_is(browser):
    for _ in range(10):
        assert (await browser.submit("/connexion", email="qui@exemple.fr", password="x")).status_code == 422
    assert (await browser.submit("/connexion", email="qui@exemple.fr", password="x")).status_code == 429


async def test_one_address_cannot_try_a_hundred_accounts(browser, anne):
    await with_password(anne)
    for n in range(100):
        await browser.submit("/connexion", email=f"membre{n}@exemple.fr", password="x")
    assert (await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)).status_code == 429


async def test_after_signing_in_mistakes_count_from_zero(browser, anne):
    await with_password(anne)
    for _ in range(2):
        for _ in range(9):
            await browser.submit("/connexion", email=anne.email, password="au hasard 12345")
        assert (await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)).status_code == 303


async def test_a_session_planted_before_signing_in_is_never_adopted(browser, another_browser, anne, bilal):
    await with_password(anne)
    planted = await start_session(bilal.id)
    for token in ("planted-by-someone", planted.value):
        browser.cookies.set(cookie_name(), token, domain="site.test")
        answer = await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)
        assert answer.status_code == 303
        assert browser.cookies[cookie_name()] != token
        another_browser.cookies.set(cookie_name(), token, domain="site.test")
        assert (await another_browser.get("/moi")).status_code == 303
        await browser.submit("/deconnexion")


async def test_signing_in_gives_a_fresh_csrf_token(browser, anne):
    await with_password(anne)
    await browser.get("/connexion")
    before = browser.cookies["__Host-csrf"]

    await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)
    await browser.get("/moi")

    assert browser.cookies["__Host-csrf"] != before


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, anne):
    await with_password(anne)
    answer = await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith(cookie_name())]
    assert cookie_name().startswith("__Host-")
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert word.lower() in cookie.lower()
    assert "domain" not in cookie.lower()


async def test_a_stolen_token_is_worth_nothing_after_signing_out(browser, another_browser, anne):
    await browser.sign_in(anne)
    token = browser.cookies[cookie_name()]

    answer = await browser.submit("/deconnexion")
    assert answer.headers["location"] == "/"
    assert cookie_name() not in browser.cookies

    another_browser.cookies.set(cookie_name(), token, domain="site.test")
    assert (await another_browser.get("/moi")).status_code == 303
    assert await Session.count() == 0


async def test_signing_out_asks_for_a_post_and_its_token(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.get("/deconnexion")).status_code == 405
    assert (await browser.post("/deconnexion")).status_code == 403
    assert (await browser.get("/moi")).status_code == 200


async def test_signing_out_twice_is_no_error(browser):
    assert (await browser.submit("/deconnexion")).status_code == 303


async def test_a_hash_made_with_other_settings_is_made_again(browser, anne):
    anne.password_hash = PasswordHasher(time_cost=3, memory_cost=32, parallelism=1).hash(ANNES_PASSWORD)
    await anne.save(columns=[Member.password_hash])
    old = anne.password_hash

    assert (await browser.submit("/connexion", email=anne.email, password=ANNES_PASSWORD)).status_code == 303

    new = await database.value("SELECT password_hash FROM member WHERE id = $1", anne.id)
    assert new != old
    assert "m=64,t=1,p=1" in new
    assert await matches(new, ANNES_PASSWORD)


async def test_a_broken_hash_lets_nobody_in(browser, anne):
    assert anne.password_hash.startswith("$argon2id$nobody")
    assert (await browser.submit("/connexion", email=anne.email, password="")).status_code == 422
    assert (await browser.submit("/connexion", email=anne.email, password=anne.password_hash)).status_code == 422


async def test_no_more_hashes_run_at_once_than_the_settings_say(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()

    class Slow:
        def hash(self, _password: bytes) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.01)
            with lock:
                running -= 1
            return ""

    monkeypatch.setattr(passwords, "_hasher", Slow)
    await asyncio.gather(*(hash_password("x") for _ in range(12)))
    assert most == settings().argon2_at_once


async def test_the_same_password_from_two_keyboards_is_the_same():
    composed, decomposed = "quatre mar\u00e9es sous la lune", "quatre mare\u0301es sous la lune"
    assert await matches(await hash_password(composed), decomposed)


async def test_a_long_sentence_is_a_good_password_without_digits_or_symbols():
    for good in (
        "cheval batterie agrafe juste",
        "nous irons au bois demain",
        "Épluchures-de-patates",
        "é" + "abcdefgh" * 3,
    ):
        assert weakness(good, email="anne@exemple.test", first_name="Anne") is None
    for weak in ("annanneanne1", "anneanneanne", "000000000000", "aaaaaaaaaaaab", "Motdepasse1234", "azertyuiopqsd"):
        assert weakness(weak, email="anne@exemple.test", first_name="Anne")


async def test_who_is_in_is_not_asked_to_sign_in(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.get("/connexion", params={"suite": "/moi"})).headers["location"] == "/moi"
    assert (await browser.get("/connexion", params={"suite": "//evil.example"})).headers["location"] == "/"


@pytest.mark.parametrize("field", ["email", "password", "suite"])
@pytest.mark.parametrize("text", ["\x00", "x" * 10_000, "é\ufffd", "' OR 1=1 --", "a\r\nSet-Cookie: b=c", "{{ 7*7 }}"])
async def test_hostile_text_signs_nobody_in_and_breaks_nothing(browser, anne, field, text):
    await with_password(anne)
    fields = {"email": anne.email, "password": ANNES_PASSWORD, "suite": "/moi"}

    answer = await browser.submit("/connexion", **(fields | {field: text}))

    if field == "suite" and answer.status_code == 303:
        assert answer.headers["location"] == "/"
        assert answer.cookies.keys() <= {cookie_name(), "__Host-csrf"}
    else:
        assert answer.status_code == 422, said(answer)
        assert cookie_name() not in browser.cookies


async def test_a_visitors_file_is_not_even_read(browser):
    answer = await browser.submit("/connexion", files={"email": ("a.txt", b"anne"), "password": ("b.txt", b"x")})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/connexion?suite=/"
    assert cookie_name() not in browser.cookies


async def test_a_crash_on_a_secret_address_logs_no_token(browser, caplog, monkeypatch, crashes):
    def broken(*_: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("members.controllers.look_at", broken)
    with caplog.at_level(logging.DEBUG):
        answer = await browser.get("/confirmation/a-secret-token")
    crashes.clear()

    assert answer.status_code == 500
    ours = "\n".join(caplog.handler.format(r) for r in caplog.records if r.name != "httpx")  # the browser of this test
    assert "on purpose" in ours
    assert "a-secret-token" not in ours


@pytest.mark.commits
async def test_fifty_sign_ins_at_once_all_get_in(browser, anne):
    await with_password(anne)
    await database.execute("TRUNCATE throttle")
    fields = {"email": anne.email, "password": ANNES_PASSWORD}
    for _ in range(5):
        answers = await asyncio.gather(*(browser.submit("/connexion", **fields) for _ in range(10)))
        assert {a.status_code for a in answers} == {303}
    await empty_every_table()
