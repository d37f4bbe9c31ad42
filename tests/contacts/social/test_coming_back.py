"""The code by which somebody without an account comes back."""

import asyncio
import time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import database
from app.direct import told_of
from contacts.social import coming_back
from contacts.social.codes import ALPHABET, code_of, hashed, in_groups, read
from contacts.social.passing import let_time_pass_over_talks
from tests.helpers.browser import words
from tests.helpers.social import a_talk, code_on, holds_code, opening, social_worker, taken_up
from tests.helpers.waiting import PATIENCE

CODE = "7K2M9QXA0BCDEFGH"


@pytest.fixture
async def talk(body):
    return await a_talk(code_hash=hashed(CODE))


@given(st.text(ALPHABET, min_size=16, max_size=16), st.sampled_from(["", " ", "-", " - ", "\u00a0"]), st.booleans())
async def test_a_code_is_read_however_it_is_spaced(code: str, between: str, small: bool):
    typed = between.join(code[at : at + 4] for at in range(0, 16, 4))
    assert read(typed.lower() if small else typed) == code


@given(st.text(ALPHABET, min_size=16, max_size=16))
async def test_letters_that_look_like_figures_are_taken_for_them(code: str):
    assert read(in_groups(code).replace("0", "O").replace("1", "l")) == code


@given(st.text(max_size=80))
async def test_nothing_else_is_a_code(typed: str):
    code = read(typed)
    assert code is None or (len(code) == 16 and set(code) <= set(ALPHABET))


async def test_codes_are_eighty_bits_spread_over_all_letters():
    codes = {code_of(uuid4(), "Bonjour") for _ in range(2_000)}
    assert len(codes) == 2_000
    for place in range(16):
        assert len({code[place] for code in codes}) == 32


async def test_a_right_code_opens_its_conversation_however_it_is_typed(browser, talk):
    page = await browser.follow(await browser.submit("/service-social/reprendre", code="7k2m 9qxa-Obcd efgh"))
    assert page.url.path == f"/service-social/conversations/{talk}"
    assert "payer mon loyer" in page.text


async def test_its_cookie_goes_to_these_pages_alone_and_ends_in_two_hours(browser, talk):
    answer = await browser.submit("/service-social/reprendre", code=CODE)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if "social" in c.partition("=")[0])
    for part in ("Path=/service-social", "HttpOnly", "SameSite=strict", "Secure", "Max-Age=7200"):
        assert part.lower() in cookie.lower(), cookie
    assert CODE not in cookie
    seen = await browser.get(f"/service-social/conversations/{talk}")
    assert any("Max-Age=7200" in c for c in seen.headers.get_list("set-cookie"))
    asked = await browser.get(f"/service-social/conversations/{talk}/nouveaux?apres=0")
    assert not asked.headers.get_list("set-cookie")


async def test_after_two_hours_the_code_is_needed_again(browser, talk, monkeypatch):
    holds_code(browser, talk)
    assert (await browser.get(f"/service-social/conversations/{talk}")).status_code == 200
    kept = browser.cookies.get(coming_back.cookie_name(), path="/service-social")
    later = time.time() + 7_201
    monkeypatch.setattr(coming_back.time, "time", lambda: later)
    browser.cookies.set(coming_back.cookie_name(), kept, domain="site.test", path="/service-social")
    assert (await browser.get(f"/service-social/conversations/{talk}")).status_code == 404


async def test_whoever_leaves_needs_the_code_again(browser, talk):
    holds_code(browser, talk)
    page = await browser.get(f"/service-social/conversations/{talk}")
    assert "Quitter" in page.text
    await browser.submit("/service-social/quitter")
    assert (await browser.get(f"/service-social/conversations/{talk}")).status_code == 404


async def test_a_code_opens_one_conversation_and_no_other(browser, talk):
    other = await a_talk()
    holds_code(browser, talk)
    for path in ("", "/nouveaux?apres=0", "/direct"):
        assert (await browser.get(f"/service-social/conversations/{other}{path}")).status_code == 404


async def test_a_cookie_somebody_made_opens_nothing(browser, talk):
    browser.cookies.set(coming_back.cookie_name(), f'["{talk}", 99999999999]', domain="site.test")
    assert (await browser.get(f"/service-social/conversations/{talk}")).status_code == 404


async def test_a_code_never_opens_the_conversation_of_an_account(browser, anne):
    talk = await a_talk(anne)
    holds_code(browser, talk)
    assert (await browser.get(f"/service-social/conversations/{talk}")).status_code == 404


async def test_a_wrong_code_and_an_erased_conversation_are_the_same_answer(browser, talk):
    wrong = await browser.submit("/service-social/reprendre", code="0" * 16)
    await database.execute(
        "UPDATE social_talk SET state = 'closed', closed_at = now() - interval '13 months' WHERE id = $1", talk
    )
    await let_time_pass_over_talks()
    erased = await browser.submit("/service-social/reprendre", code=CODE)
    assert wrong.status_code == erased.status_code == 422
    assert words(wrong) == words(erased)


async def test_a_closed_conversation_can_still_be_read(browser, talk):
    await database.execute("UPDATE social_talk SET state = 'closed', closed_at = now() WHERE id = $1", talk)
    page = await browser.follow(await browser.submit("/service-social/reprendre", code=CODE))
    assert "payer mon loyer" in page.text and "Cette conversation est fermée" in words(page)


async def test_five_tries_then_a_quarter_of_an_hour_even_for_the_right_one(browser, talk):
    for _ in range(5):
        assert "n’ouvre aucune" in words(await browser.submit("/service-social/reprendre", code="0" * 16))
    page = await browser.submit("/service-social/reprendre", code=CODE)
    assert page.status_code == 422 and "quart d’heure" in words(page)
    await database.execute("UPDATE throttle SET since = since - interval '16 minutes'")
    assert (await browser.submit("/service-social/reprendre", code=CODE)).status_code == 303


async def test_the_code_of_the_first_word_opens_it_in_another_browser(browser, another_browser):
    wanda = await social_worker("Wanda", "29")
    code = code_on(await browser.submit("/service-social", **opening()))
    await taken_up(await database.value("SELECT id FROM social_talk"), wanda, "Je peux vous recevoir jeudi.")
    page = await another_browser.follow(await another_browser.submit("/service-social/reprendre", code=code.lower()))
    assert "Je peux vous recevoir jeudi." in page.text


async def test_neither_title_nor_address_nor_referrer_tells_what_it_is_about(browser, talk):
    holds_code(browser, talk)
    page = await browser.get(f"/service-social/conversations/{talk}")
    assert "<title>Conversation · Entraide</title>" in page.text
    assert '<meta name="referrer" content="no-referrer">' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert CODE not in str(page.url)


@pytest.mark.commits
async def test_the_open_page_of_who_has_no_account_hears_of_an_answer(app, browser, body):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk()
    holds_code(browser, talk)
    page = await browser.get(f"/service-social/conversations/{talk}")
    assert f'data-direct="/service-social/conversations/{talk}/direct"' in page.text
    events = told_of(talk)
    assert b"ouvert" in await anext(events)
    await taken_up(talk, wanda, "Bonjour.")
    async with asyncio.timeout(PATIENCE):
        assert await anext(events) == f"event: message\r\ndata: {talk}\r\n\r\n".encode()
    await events.aclose()
