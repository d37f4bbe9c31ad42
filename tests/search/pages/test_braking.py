"""So many searches an hour, and then a page that says why."""

import msgspec
import pytest

from app import database
from search.pages import braking
from tests.helpers.browser import words


@pytest.fixture
def twenty_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    few = msgspec.structs.replace(braking.settings(), searches_per_hour=20)
    monkeypatch.setattr(braking, "settings", lambda: few)


SEARCHES = ("/recherche?q=velo", "/annonces?q=velo", "/annonces?departement=29", "/annonces/carte")


@pytest.mark.usefixtures("twenty_an_hour", "index")
async def test_beyond_the_limit_a_page_says_so_and_reading_goes_on(browser, another_browser, bilal, anne):
    await browser.sign_in(bilal)
    statuses = [(await browser.get(SEARCHES[number % 4])).status_code for number in range(40)]
    assert statuses[:20] == [200] * 20
    assert statuses[30:] == [429] * 10

    page = await browser.get("/recherche?q=velo")
    assert "beaucoup de recherches" in words(page) and "Un peu trop vite" in words(page)
    for address in ("/annonces", "/", "/recherche", "/aide-et-ecoute"):
        assert (await browser.get(address)).status_code == 200
    await another_browser.sign_in(anne)
    assert (await another_browser.get("/recherche?q=velo")).status_code == 200


@pytest.mark.usefixtures("twenty_an_hour", "index")
async def test_an_hour_later_it_begins_again(browser, bilal):
    await browser.sign_in(bilal)
    while (await browser.get("/recherche?q=velo")).status_code == 200:
        pass
    await database.execute("UPDATE throttle SET since = since - interval '61 minutes'")
    assert (await browser.get("/recherche?q=velo")).status_code == 200


@pytest.mark.usefixtures("twenty_an_hour", "index")
async def test_suggestions_have_their_own_larger_limit(browser, bilal):
    await browser.sign_in(bilal)
    statuses = [(await browser.get("/suggestions?q=zzzz")).status_code for _ in range(230)]
    assert statuses[:200] == [200] * 200
    assert statuses[-1] == 429
    assert (await browser.get("/recherche?q=velo")).status_code == 200


@pytest.mark.usefixtures("twenty_an_hour", "index")
async def test_who_searched_is_kept_only_hashed(browser, bilal):
    await browser.sign_in(bilal)
    for _ in range(10):
        await browser.get("/recherche?q=velo")
    assert str(bilal.id) not in str([dict(row) for row in await database.rows("SELECT * FROM throttle")])
