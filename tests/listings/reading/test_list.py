"""The list: pages that follow each other, filters in the address, and the engine away."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import MultiDict

from app import paging
from listings.kinds import ADS, Deal, Kind, Outcome
from listings.life.closing import close_listing
from listings.reading.filters import Filters, Yes
from listings.reading.holding import RADII
from listings.reading.list_page import MARKED
from listings.reading.narrowing import Around
from places.communes import commune, table
from places.departments import departments, regions
from search import engine as chosen
from search.contract import EngineUnavailable, Period, Sort
from tests.helpers.ads import published
from tests.helpers.budget import Asked
from tests.helpers.finding import found
from tests.helpers.jobs import run_jobs
from tests.moderation.cases.people import as_me


async def test_pages_follow_each_other_without_a_gap_or_a_repeat_also_at_the_same_second(browser, anne, bilal):
    now = datetime.now(UTC)
    titles = [f"Coup de main numéro {n}" for n in range(60)]
    for n, title in enumerate(titles):
        await published(anne, "helping_hand", title=title, published_at=now - timedelta(minutes=n // 7))
    await browser.sign_in(bilal)

    seen, address = [], "/annonces"
    while address:
        page = await browser.get(address)
        seen += found(page)
        older = re.search(r'href="([^"]+)" rel="next"', page.text)
        address = html.unescape(older[1]) if older else None

    assert sorted(seen) == sorted(titles)
    assert len(seen) == len(set(seen))


async def test_a_list_asked_again_costs_two_queries_and_counts_no_less_truly(browser, index, anne, bilal):
    """Of the session and of the ads: that what was counted still holds is asked with the ads."""
    first, second = await published(anne, "rides"), await published(anne, "rides")
    await run_jobs()
    await browser.sign_in(bilal)
    assert "2 annonces" in (await browser.get("/annonces")).text
    with Asked() as asked:
        await browser.get("/annonces")
    assert asked.queries == 2

    for ad, left in ((first, "1 annonce"), (second, "Aucune annonce")):
        await close_listing(ad.id, as_me(anne), Outcome.fulfilled)
        assert f'id="results-count">{left}<' in (await browser.get("/annonces")).text


@given(
    categorie=st.sampled_from(ADS) | st.none(),
    kind=st.sampled_from(Kind) | st.none(),
    nature=st.sampled_from(Deal) | st.none(),
    departement=st.sampled_from([one.code for one in departments()]) | st.none(),
    rayon=st.sampled_from(RADII) | st.none(),
    region=st.sampled_from([one.code for one in regions()]) | st.none(),
    commune=st.sampled_from([commune(code).label for code in table().codes[:3000]]) | st.none(),
    tri=st.sampled_from(Sort) | st.none(),
    du=st.dates() | st.none(),
    au=st.dates() | st.none(),
    jours=st.lists(st.integers(0, 6)),
    moments=st.lists(st.sampled_from(Period)),
    prix_max=st.integers(1, 100_000) | st.none(),
    photos=st.sampled_from(Yes) | st.none(),
    aide=st.sampled_from(Yes) | st.none(),
    autour=st.sampled_from(Around) | st.none(),
    q=st.text(max_size=60),
)
async def test_an_address_leads_back_to_the_filters_it_was_made_of(kind, jours, moments, **typed):
    single = [(name, str(value)) for name, value in typed.items() if value is not None]
    single += [("type", kind)] if kind else []
    filters = Filters.of(
        MultiDict([*single, *(("jours", str(day)) for day in jours), *(("moments", p) for p in moments)])
    )

    query = filters.address().partition("?")[2]
    assert Filters.of(MultiDict(parse_qsl(query))) == filters


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("categorie=childcare&nature=give&type=offer", "/annonces?categorie=childcare&type=offer"),
        ("categorie=tips&type=offer", "/annonces?categorie=tips"),
        ("nature=seek&type=offer", "/annonces?nature=seek"),
        ("categorie=classifieds&nature=give", "/annonces?categorie=classifieds&nature=give"),
    ],
)
async def test_filters_no_ad_can_pass_together_do_not_stay_together(asked, kept):
    assert Filters.of(MultiDict(parse_qsl(asked))).address() == kept


@given(st.text(max_size=250))
async def test_an_address_of_a_page_that_was_never_ours_is_the_first_page(typed):
    after = paging.read(typed)
    assert after is None or paging.read(paging.address(after)) == after


async def test_an_address_beyond_the_last_page_is_the_last_page(browser, index, anne, bilal):
    """Ads went since the link was made: the list must not say that there are none."""
    titles = {f"Coup de main numéro {number}" for number in range(paging.SIZE + 3)}
    for number, title in enumerate(sorted(titles)):
        published_at = datetime.now(UTC) - timedelta(minutes=number)
        await published(anne, "helping_hand", title=title, published_at=published_at)
    await run_jobs()
    await browser.sign_in(bilal)

    for beyond in (3, 40, 999):
        last = await browser.get(f"/annonces?q=coup&tri=newest&page={beyond}")
        assert len(found(last)) == paging.SIZE + 3 - MARKED and 'aria-current="page"' in last.text
    nothing_older = paging.address(paging.After(datetime.now(UTC) - timedelta(days=40), uuid4()))
    assert len(found(await browser.get(f"/annonces?apres={nothing_older}"))) == paging.SIZE


async def test_what_cannot_be_understood_in_an_address_is_left_aside(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)

    page = await browser.get("/annonces?categorie=armes&rayon=3&departement=999&du=hier&prix_max=-4&page=zz&apres=%00")

    assert ad.title in page.text


@pytest.fixture
def engine_away():
    class Away:
        name = "away"
        needs_rebuild = False

        async def search(self, _query):
            raise EngineUnavailable("away")

        async def suggest(self, _typed, limit=5, hidden_authors=()):
            raise EngineUnavailable("away")

    former = chosen.engine()
    chosen.use(Away())
    yield
    chosen.use(former)


@pytest.mark.usefixtures("engine_away")
async def test_without_its_engine_the_list_still_shows_the_newest_and_says_so(browser, anne, bilal):
    cats, rides = await published(anne, "pet_care"), await published(anne, "rides")
    await browser.sign_in(bilal)

    page = await browser.get("/annonces?q=chat&categorie=pet_care")

    assert page.status_code == 200
    assert "revient dans un instant" in page.text
    assert found(page) == [cats.title]
    assert rides.title not in page.text


@pytest.mark.usefixtures("engine_away")
async def test_without_its_engine_nothing_is_suggested_but_categories(browser, bilal):
    await browser.sign_in(bilal)

    page = await browser.get("/suggestions?q=covoit")

    assert page.status_code == 200
    assert "/annonces?categorie=rides" in page.text
