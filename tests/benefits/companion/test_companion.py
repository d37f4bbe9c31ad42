"""The activity bonus and the housing aid, through the door: a server that answers, is slow, is broken, is not there."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.dates import today
from app.settings import settings
from benefits.companion import asking, pages
from benefits.companion.asking import question
from benefits.companion.household import Household, Housing
from places.finding import resolve
from tests.helpers.browser import words
from tests.helpers.failing import free_port

DOOR = "/droits/simulateurs/prime-activite-et-logement"
SAID = {
    "born": "1988-02-29",
    "couple": "non",
    "pay": "1 731,57",
    "housing": "locataire_vide",
    "rent": "600",
    "commune": "Brest (29)",
    "enfants": "1",
    "enfant-1-born": "2019-01-01",
}
AWAY = "Le calcul ne répond pas en ce moment"


@pytest.fixture(autouse=True)
def fresh() -> None:
    asking._breaker.cache_clear()


@asynccontextmanager
async def server(
    monkeypatch: pytest.MonkeyPatch, body: bytes, status: str = "200 OK", after: float = 0
) -> AsyncIterator[list[dict]]:
    """Answers every request with these bytes; gives the questions asked so far."""
    port, asked = free_port(), list[dict]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        asked.append(json.loads(await reader.readexactly(length)))
        await asyncio.sleep(after)
        lines = (
            f"HTTP/1.1 {status}",
            f"Content-Length: {len(body)}",
            "Country-Package-Version: 176.1.8",
            "Connection: close",
        )
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        await writer.drain()
        writer.close()

    monkeypatch.setattr(asking, "settings", lambda: settings_with(f"http://127.0.0.1:{port}"))
    async with await asyncio.start_server(serve, "127.0.0.1", port):
        yield asked


def settings_with(url: str):
    return replace(settings(), openfisca_url=url)


def figures(ppa: object, aid: object) -> bytes:
    month = f"{today():%Y-%m}"
    return json.dumps({"familles": {"famille": {"ppa": {month: ppa}, "aide_logement": {month: aid}}}}).encode()


async def test_without_a_server_the_official_simulator_is_linked(browser):
    page = await browser.get(DOOR)
    assert "mesdroitssociaux.gouv.fr" in page.text
    assert '<form class="form' not in page.text


async def test_what_the_server_answers_is_shown_like_any_other_result(browser, monkeypatch):
    async with server(monkeypatch, figures(386.87662, 0.0)) as asked:
        assert 'name="rent"' in (await browser.get(DOOR)).text
        page = await browser.post(DOOR, data=SAID)
    assert page.status_code == 200, words(page)
    assert "386,88" in words(page) and "par mois" in words(page)
    assert "Probable" in words(page) and "Peu probable" in words(page)
    assert "OpenFisca-France 176.1.8" in words(page) and "sans valeur d’engagement" in words(page)
    assert page.headers["cache-control"] == "no-store" and not browser.cookies
    assert asked[0]["menages"]["menage"]["depcom"] == {f"{today():%Y-%m}": "29019"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html>not yours</html>", "200 OK"),
        (b"{}", "200 OK"),
        (figures("386", None), "200 OK"),
        (figures(-4, 1e300), "200 OK"),
        (b"[" * 600_000, "200 OK"),
        (b"", "500 Internal Server Error"),
        (b"", "302 Found"),
    ],
)
async def test_an_answer_that_cannot_be_read_is_none(body: bytes, status: str, browser, monkeypatch, caplog):
    async with server(monkeypatch, body, status):
        with caplog.at_level(logging.DEBUG, logger="benefits"):
            page = await browser.post(DOOR, data=SAID)
    assert page.status_code == 503 and AWAY in words(page)
    assert 'value="1 731,57"' in page.text, "what was typed is still there"
    assert "1731" not in caplog.text and "29019" not in caplog.text


async def test_a_slow_server_costs_its_budget_then_nothing(browser, monkeypatch):
    monkeypatch.setattr(asking, "BUDGET", 0.2)
    async with server(monkeypatch, figures(1, 1), after=2) as asked:
        for _ in range(5):
            assert AWAY in words(await browser.post(DOOR, data=SAID))
    assert len(asked) == 3, "after three it is left in peace"


async def test_a_server_that_is_not_there_is_said_at_once(browser, monkeypatch):
    monkeypatch.setattr(asking, "settings", lambda: settings_with(f"http://127.0.0.1:{free_port()}"))
    assert AWAY in words(await browser.post(DOOR, data=SAID))


async def test_one_address_may_not_keep_it_busy(browser, monkeypatch):
    monkeypatch.setattr(pages, "OF_AN_ADDRESS", 2)
    async with server(monkeypatch, figures(1, 1)) as asked:
        answers = [(await browser.post(DOOR, data=SAID)).status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429] and len(asked) == 2


async def test_what_does_not_fit_is_said_and_nothing_is_asked(browser, monkeypatch):
    wrong = SAID | {"pay": "", "couple": "oui", "commune": "Saint-Denis (974)", "enfant-1-born": "hier"}
    async with server(monkeypatch, figures(1, 1)) as asked:
        page = await browser.post(DOOR, data=wrong)
        more = await browser.post(DOOR, data=SAID | {"faire": "ajouter"})
    assert page.status_code == 422 and not asked
    for name in ("pay", "partner_born", "partner_pay", "commune", "enfant-1-born"):
        assert f'id="{name}-error"' in page.text, name
    assert 'name="enfant-2-born"' in more.text and 'value="2019-01-01"' in more.text


async def test_nobody_is_named_in_the_question():
    brest = resolve("Brest (29)")
    assert brest
    couple = Household(
        born=date(1988, 1, 1),
        couple=True,
        partner_born=date(1990, 1, 1),
        pay=Decimal(1400),
        partner_pay=Decimal(1200),
        housing=Housing.social,
        children=(date(2019, 1, 1),),
        commune=brest,
        rent=Decimal(500),
    )
    asked = question(couple, date(2026, 6, 15))
    assert set(asked["individus"]) == {"moi", "conjoint", "enfant0"}
    assert len(asked["individus"]["moi"]["salaire_net"]) == 15
    assert "2025-04" in asked["individus"]["moi"]["salaire_imposable"]
    assert asked["menages"]["menage"]["conjoint"] == ["conjoint"]


@pytest.mark.parametrize("benefit", ["prime-activite", "aides-logement"])
async def test_the_sheets_of_both_lead_here(browser, benefit):
    assert f'href="{DOOR}"' in (await browser.get(f"/droits/prestations/{benefit}")).text
