"""Anne is posted to Toulon: she reads both places, prepares her move with the ads of both, and one day lives there."""

from datetime import date

import pytest

from moving import declaring
from moving.seasons import Since, coming
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.finding import found, search


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch):
    """Makes it another day for all that looks at seasons."""

    def turn_to(day: date) -> None:
        for module in ("moving.declaring", "moving.controllers", "members.sessions"):
            monkeypatch.setattr(f"{module}.today", lambda: day)

    return turn_to


async def test_from_a_posting_to_a_new_home(browser, another_browser, index, on, anne, bilal):
    on(date(2027, 1, 10))
    await published(bilal, "classifieds", title="Cartons de déménagement", commune="29019")
    await published(bilal, "classifieds", title="Cartons à venir chercher", commune="83137")
    await published(bilal, "childcare", title="Garde près du port", commune="83137", kind="offer")
    await browser.sign_in(anne)

    # In January she says where and from which season; no date is ever asked.
    page = await browser.get("/mutation")
    assert 'type="date"' not in page.text
    assert [one.name for one in coming(date(2027, 1, 10))][:3] == ["hiver 2026-2027", "printemps 2027", "été 2027"]
    page = await browser.follow(await browser.submit("/mutation", commune="Toulon (83)", since="summer-2027"))
    assert "à partir de l’été 2027" in words(page)

    # Both places are hers at once: the first page, the list, the search and the list of the move.
    assert "Garde près du port" in (await browser.get("/")).text
    assert found(await search(browser, q="cartons", departement="29")) == ["Cartons de déménagement"]
    assert found(await search(browser, q="cartons", departement="83")) == ["Cartons à venir chercher"]
    assert found(await search(browser, rayon=10, autour="la-bas", q="garde")) == ["Garde près du port"]
    await browser.submit("/mutation/etapes/boxes", done="on")
    assert "Trouver des cartons (fait)" in words(await browser.get("/mutation"))

    # Bilal, who is sent her address, reads it from where he lives.
    await another_browser.sign_in(bilal)
    assert "Autour de Quimper (29)" in words(await another_browser.get("/annonces?autour=la-bas"))

    # In summer she is asked whether she is there; by winter the place is no longer offered.
    on(date(2027, 6, 1))
    assert "Vous êtes à Toulon" in words(await browser.get("/"))
    on(date(2027, 11, 30))
    assert 'class="around"' in (await browser.get("/annonces")).text
    on(Since.of(date(2027, 12, 1)).starts)
    assert 'class="around"' not in (await browser.get("/annonces")).text

    # One click, and Toulon is home.
    page = await browser.follow(await browser.submit("/mutation/arrivee", commune="83137"))
    assert "maintenant votre commune" in words(page)
    home = words(await browser.get("/"))
    assert "Près de Toulon" in home and "Brest" not in home
    assert await declaring.declared_by(anne.id) is None
