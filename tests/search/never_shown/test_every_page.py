"""What may not be found is on no page that lists, counts, proposes or announces ads, from the very change on."""

import asyncio
import re
from datetime import timedelta

import pytest

import search.engine
from agenda.addresses import Feed, feed_address
from app import database
from app.dates import now
from listings.kinds import Outcome
from listings.life.closing import close_listing
from listings.life.removing import remove
from listings.life.steps import Step, move
from listings.life.term import LIVES
from listings.writing.editing import edit
from members.blocking import block
from moderation.sanctions.confirming import confirm
from search.saved.matching import look_for_searches
from tests.helpers.ads import content, published
from tests.helpers.failing import SometimesAway
from tests.helpers.finding import numbers
from tests.helpers.jobs import index_follows, run_jobs
from tests.helpers.sanctions import taken, the_sanction
from tests.moderation.cases.people import as_me, moderating
from tests.search.saved.keeping import keeps, noted, told

TITLE, UNTYPED = "Poussette zebulonade wagonnetade", "wagonnetade"
"""The last word is typed by nobody: a page that has it has it from the ad."""
COUNTED = (
    "/annonces",
    "/annonces?q=poussette",
    "/annonces?q=zebulonade&categorie=classifieds",
    "/annonces?rayon=100",
    "/annonces?departement=29&nature=give",
)
NAMED = (
    *COUNTED,
    "/recherche?q=poussette",
    "/recherche?q=zebulonade",
    "/suggestions?q=pous",
    "/suggestions?q=zebulon",
    "/",
)
CHANGES = ("close", "remove", "send back", "hold", "suspend", "block", "blocked", "erase", "edit")
MOMENTS = ("before the index follows", "after", "while the engine is away", "with too much ahead of the index")


@pytest.fixture
async def ad(index, anne, emilie):
    """Anne's, at home in Brest; another of Émilie's keeps no page empty."""
    return await published(anne, "classifieds", title=TITLE)


@pytest.fixture
async def saved(bilal):
    return await keeps(bilal, q="poussette")


@pytest.fixture
async def pages(bilal, browser, saved):
    """What Bilal reads, his feed and his saved search among it."""
    await browser.sign_in(bilal)
    feed = (await feed_address(as_me(bilal, is_moderator=False), Feed.ads)).removeprefix("https://site.test")
    return (*NAMED, feed, f"/moi/recherches/{saved}/annonces")


@pytest.fixture
async def proposed(anne, denis):
    """A suspension that waits for a second yes."""
    return await taken(anne, "suspension", 7, by=await moderating(denis))


async def change(what, ad, anne, bilal, chloe, proposed):
    match what:
        case "close":
            await close_listing(ad.id, as_me(anne), Outcome.fulfilled)
        case "remove":
            await remove(ad.id)
        case "send back":
            await move(ad.id, Step.send_back)
        case "hold":
            await move(ad.id, Step.hold)
        case "suspend":
            await confirm(await the_sanction(proposed), as_me(chloe))
        case "block":
            await block(bilal.id, anne.id)
        case "blocked":
            await block(anne.id, bilal.id)
        case "erase":
            await database.execute("DELETE FROM listing WHERE id = $1", ad.id)
        case "edit":
            await edit(ad.id, as_me(anne), content("pet_care", title="Nourrir un chat", commune="35238"))


async def read(browser, address: str) -> str:
    page = await browser.get(address, follow_redirects=True)
    assert page.status_code == 200, address
    return page.text


async def test_the_pages_show_what_may_be_found(browser, ad, pages):
    await look_for_searches(ad.id)
    await run_jobs()
    for address in pages:
        assert UNTYPED in (await read(browser, address)).lower(), address
    for address in COUNTED:
        assert sum(numbers(await browser.get(address)).values()) > 0, address


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("what", CHANGES)
async def test_no_page_shows_what_may_not_be_found_any_more(
    browser, ad, pages, anne, bilal, chloe, proposed, what, moment, monkeypatch
):
    await look_for_searches(ad.id)
    await run_jobs()
    for address in pages:
        await read(browser, address)  # whatever is kept of a page is kept by now
    await change(what, ad, anne, bilal, chloe, proposed)
    real = search.engine.engine()
    if moment == "after":
        await index_follows()
    elif moment == "while the engine is away":
        away = SometimesAway(real)
        away.is_away = True
        monkeypatch.setattr(search.engine, "_current", away)
    elif moment == "with too much ahead of the index":
        monkeypatch.setattr("search.finding.MOST_HIDDEN", -1)

    for address in pages:
        assert UNTYPED not in (await read(browser, address)).lower(), address
    for address in COUNTED:
        if what != "edit":
            assert not any(numbers(await browser.get(address)).values()), address
    map_of_ads = await read(browser, "/annonces/carte")
    assert what == "edit" or not re.search(r"[1-9]\d*\s+annonce", map_of_ads)


@pytest.mark.parametrize("what", [one for one in CHANGES if one != "edit"])
async def test_nobody_is_told_of_an_ad_that_went_before_they_were(index, anne, bilal, chloe, proposed, saved, what):
    ad = await published(anne, "classifieds", title=TITLE)
    await look_for_searches(ad.id)
    await change(what, ad, anne, bilal, chloe, proposed)

    await run_jobs()

    assert await noted() == []
    assert await told(bilal) == []


async def test_an_ad_whose_term_has_come_is_shown_no_more_before_anybody_noticed(browser, index, anne, pages):
    """It comes while the pages are read: what they keep must not outlive it."""
    ends = now() + timedelta(seconds=4)
    await published(anne, "classifieds", title=TITLE, published_at=ends - LIVES)
    await index_follows()
    assert UNTYPED in (await read(browser, "/annonces?q=poussette")).lower()
    for address in COUNTED:
        await read(browser, address)

    await asyncio.sleep((ends - now()).total_seconds() + 0.1)

    for address in COUNTED:
        page = await browser.get(address)
        assert not any(numbers(page).values()), address
    assert UNTYPED not in (await read(browser, "/suggestions?q=zebulon")).lower()
