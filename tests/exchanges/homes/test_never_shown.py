"""A home that may not be seen any more is on no page that lists, counts or proposes homes, from the very change on."""

import pytest

import search.engine
from app import database
from listings.kinds import Outcome
from listings.life.closing import close_listing
from listings.life.removing import remove
from listings.life.steps import Step, move
from members.blocking import block
from moderation.sanctions.confirming import confirm
from tests.helpers.failing import SometimesAway
from tests.helpers.finding import numbers
from tests.helpers.homes import a_home
from tests.helpers.jobs import index_follows, run_jobs
from tests.helpers.sanctions import taken, the_sanction
from tests.moderation.cases.people import as_me, moderating

TITLE, UNTYPED = "Chaumière zebulonade wagonnetade", "wagonnetade"
COUNTED = (
    "/logements",
    "/logements?q=zebulonade",
    "/logements?cadre=sea",
    "/logements?departement=29",
    "/logements?tri=nearest&couchages=2",
    "/logements?region=53&semaine=oui",
)
NAMED = (*COUNTED, "/recherche?q=zebulonade", "/suggestions?q=zebulon", "/annonces?q=zebulonade", "/")
CHANGES = ("close", "remove", "send back", "suspend", "block", "blocked", "erase")
MOMENTS = ("before the index follows", "after", "while the engine is away", "with too much ahead of the index")


@pytest.fixture
async def home(index, anne):
    return await a_home(anne, title=TITLE, week_room=True)


@pytest.fixture
async def suspension(anne, denis):
    """One that waits for a second yes."""
    return await taken(anne, "suspension", 7, by=await moderating(denis))


async def change(what, home, anne, bilal, chloe, suspension):
    match what:
        case "close":
            await close_listing(home.id, as_me(anne), Outcome.withdrawn)
        case "remove":
            await remove(home.id)
        case "send back":
            await move(home.id, Step.send_back)
        case "suspend":
            await confirm(await the_sanction(suspension), as_me(chloe))
        case "block":
            await block(bilal.id, anne.id)
        case "blocked":
            await block(anne.id, bilal.id)
        case "erase":
            await database.execute("DELETE FROM listing WHERE id = $1", home.id)


async def read(browser, address: str) -> str:
    page = await browser.get(address)
    assert page.status_code == 200, address
    return page.text.lower()


async def test_a_home_is_on_the_pages_of_homes_and_on_none_of_ads(browser, home, bilal):
    await run_jobs()
    await browser.sign_in(bilal)
    for address in NAMED:
        is_there = UNTYPED in await read(browser, address)
        assert is_there == (not address.startswith("/annonces") and address != "/"), address
    for address in COUNTED:
        assert sum(numbers(await browser.get(address)).values()) > 0, address
    assert (await browser.get(f"/logements/{home.id}")).status_code == 200


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("what", CHANGES)
async def test_no_page_shows_a_home_that_may_not_be_seen_any_more(
    browser, home, anne, bilal, chloe, suspension, what, moment, monkeypatch
):
    await run_jobs()
    await browser.sign_in(bilal)
    for address in NAMED:
        await read(browser, address)  # whatever is kept of a page is kept by now
    await browser.get(f"/logements/{home.id}")
    await change(what, home, anne, bilal, chloe, suspension)
    real = search.engine.engine()
    if moment == "after":
        await index_follows()
    elif moment == "while the engine is away":
        away = SometimesAway(real)
        away.is_away = True
        monkeypatch.setattr(search.engine, "_current", away)
    elif moment == "with too much ahead of the index":
        monkeypatch.setattr("search.finding.MOST_HIDDEN", -1)
    for address in NAMED:
        assert UNTYPED not in await read(browser, address), address
    for address in COUNTED:
        assert not any(numbers(await browser.get(address)).values()), address
    assert (await browser.get(f"/logements/{home.id}")).status_code == 404
