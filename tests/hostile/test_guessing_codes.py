"""The code of a conversation without a name, guessed by a machine, by a thousand machines, and by somebody who knows
how codes are made."""

import hashlib
import math
import time

import httpx
import pytest

from app import database
from contacts.social import coming_back
from contacts.social.codes import ALPHABET, LENGTH, hashed, in_groups
from tests.helpers.browser import Browser, words
from tests.helpers.social import a_talk

CODE = "7K2M9QXA0BCDEFGH"


@pytest.fixture
def behind_a_proxy(monkeypatch):
    """Each try may come from an address of its own, as a botnet's do."""
    addresses = iter(range(10**9))
    monkeypatch.setattr(coming_back, "address", lambda _: f"2001:db8::{next(addresses):x}")


async def tried(browser: Browser, code: str) -> httpx.Response:
    return await browser.submit("/service-social/reprendre", code=code)


async def test_a_thousand_addresses_are_stopped_together(browser, behind_a_proxy, monkeypatch):
    monkeypatch.setattr(coming_back, "TRIES_OF_ALL", 60)
    await a_talk(code_hash=hashed(CODE))
    answers = [await tried(browser, f"{number:016d}") for number in range(75)]
    assert sum("n’ouvre aucune" in words(answer) for answer in answers) == 60
    assert all("Trop d’essais" in words(answer) for answer in answers[60:])
    asked = await database.value("SELECT count(*) FROM throttle WHERE bucket LIKE 'social.code%'")
    assert asked == 76, "one for each address and one for all of them"


async def test_a_billion_guesses_take_years_and_find_nothing():
    """What the brakes leave: years for a chance in billions of billions, if ten thousand people wait at once."""
    hours = 1_000_000_000 / coming_back.TRIES_OF_ALL
    chance = 1_000_000_000 * 10_000 / len(ALPHABET) ** LENGTH
    assert hours > 5 * 365 * 24
    assert chance < 1e-11
    assert math.log2(len(ALPHABET) ** LENGTH) == 80


async def test_keeping_everybody_out_takes_thousands_of_addresses():
    assert coming_back.TRIES_OF_ALL / coming_back.TRIES >= 4_000


async def test_what_cannot_be_a_code_takes_no_try_from_the_others(browser, behind_a_proxy, monkeypatch):
    monkeypatch.setattr(coming_back, "TRIES_OF_ALL", 1)
    talk = await a_talk(code_hash=hashed(CODE))
    for _ in range(3):
        assert "Un code a 16" in words(await tried(browser, "nothing"))
    assert (await tried(browser, CODE)).headers["location"].endswith(str(talk))


async def test_who_holds_the_cookie_goes_on_while_everybody_else_is_stopped(browser, another_browser, monkeypatch):
    monkeypatch.setattr(coming_back, "TRIES_OF_ALL", 0)
    talk = await a_talk(code_hash=hashed(CODE))
    assert (await tried(another_browser, CODE)).status_code == 422
    cookie = coming_back.cookie_for(talk)
    browser.cookies.set(cookie.key, cookie.value or "", domain="site.test", path=cookie.path)
    assert (await browser.get(f"/service-social/conversations/{talk}")).status_code == 200


async def test_a_code_close_to_the_right_one_is_as_wrong_as_any(browser, behind_a_proxy):
    await a_talk(code_hash=hashed(CODE))
    close = [CODE[:at] + ("0" if CODE[at] != "0" else "1") + CODE[at + 1 :] for at in range(LENGTH)]
    said = {words(await tried(browser, in_groups(code))) for code in [*close, "0" * 16]}
    assert len(said) == 1


async def test_the_answer_takes_as_long_whether_a_conversation_is_there_or_not(browser, behind_a_proxy):
    """One look-up of an HMAC, whatever was typed: nothing is compared letter by letter."""
    await a_talk(code_hash=hashed(CODE))
    close, far = f"{CODE[:15]}0", "0" * 16
    spent = {close: 0.0, far: 0.0}
    for code in (close, far) * 40:
        began = time.perf_counter()
        await tried(browser, code)
        spent[code] += time.perf_counter() - began
    assert 0.5 < spent[close] / spent[far] < 2


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\x00" * 16,
        "٠" * 16,
        "%" * 16,
        "' OR 1=1; --    ",
        "A" * 100_000,
        "𝟘" * 16,
        "ﬀ" * 16,
        "é" * 16,
    ],
)
async def test_what_is_no_code_opens_nothing_and_breaks_nothing(browser, behind_a_proxy, typed: str):
    await a_talk(code_hash=hashed(CODE))
    answer = await tried(browser, typed)
    assert answer.status_code == 422 and "Un code a 16" in words(answer)


async def test_the_addresses_that_tried_are_kept_so_that_nobody_reads_them(browser):
    await tried(browser, CODE)
    kept = await database.value("SELECT string_agg(bucket, ' ') FROM throttle")
    assert "127.0.0.1" not in kept and "social.code" in kept
    assert hashlib.sha256(b"127.0.0.1").hexdigest()[:32] not in kept
