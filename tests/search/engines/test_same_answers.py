"""Whatever is asked together, each engine answers as one who reads every ad would: who is found, how many, in which
order, and how many more choices would find."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import inf
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as patience
from hypothesis import strategies as some
from msgspec.structs import replace

from places.distance import BANDS_KM
from search.contract import CUMULATIVE, FACETS, WHEREVER, Document, DocumentType, Engine, Near, Period, Query, Sort
from search.embedded.nearby import kilometres
from tests.search.engines.ads import BREST, GUIPAVAS, NOW, PARIS, QUIMPER, TOULON, in_batches

# Far from each other in letters, sound and meaning: which of them is found is no question of relevance.
WORDS = ("poussette", "tondeuse", "échafaudage")
VALUES = {
    "category": ("classifieds", "childcare", "pet_care"),
    "kind": ("offer", "request"),
    "deal": ("sell", "give", "lend"),
    "department": ("29", "2A", "83"),
    "region": ("53", "11"),
}
TRAITS = ("setting_sea", "step_free", "pets_welcome")
FIRST_DAY = date(2026, 12, 1)


def _ads() -> Iterator[Document]:
    chance = Random(300)
    seconds = chance.sample(range(0, 40 * 86_400, 60), 300)
    for number, old in enumerate(seconds):
        starts, lasts = (FIRST_DAY + timedelta(days=chance.randrange(30)), timedelta(days=chance.randrange(9)))
        at = chance.choice((BREST, GUIPAVAS, QUIMPER, TOULON, PARIS, (None, None)))
        yield Document(
            id=f"ad-{number}",
            type=chance.choice(tuple(DocumentType)),
            title=" ".join(chance.sample(WORDS, chance.randrange(1, 3))),
            body=chance.choice(("", *WORDS)),
            category=chance.choice(VALUES["category"]),
            kind=chance.choice((None, *VALUES["kind"])),
            deal=chance.choice((None, *VALUES["deal"])),
            department=chance.choice(("", *VALUES["department"])),
            region=chance.choice(("", *VALUES["region"])),
            days=tuple(sorted(chance.sample(range(7), chance.randrange(4)))),
            periods=tuple(chance.sample(tuple(Period), chance.randrange(3))),
            traits=tuple(chance.sample(TRAITS, chance.randrange(4))),
            sleeps=chance.choice((None, 2, 4, 7)),
            lat=at[0],
            lon=at[1],
            price_cents=chance.choice((None, 0, 500, 2_000, 45_000)),
            starts_on=chance.choice((None, starts)),
            ends_on=chance.choice((None, starts + lasts)),
            soonest_on=chance.choice((None, starts)),
            published_at=NOW - timedelta(seconds=old),
            expires_at=chance.choice((None, NOW + timedelta(hours=chance.randrange(1, 99)))),
            author=chance.choice(("anne", "bilal", "farid", "emilie")),
            has_photo=chance.random() < 0.5,
            has_helped=chance.random() < 0.5,
            helpful=chance.choice((0, 0, 1, 300)),
        )


ADS = list(_ads())


def _maybe(strategy: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    return some.none() | strategy


def _several(values: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    return some.lists(values, max_size=3, unique=True).map(tuple)


NEAR = some.builds(
    lambda at, km: Near(at[0], at[1], km),
    some.sampled_from((BREST, QUIMPER, PARIS)),
    some.sampled_from((None, 5, 25, 100, 600)),
)
DAY = some.integers(0, 40).map(lambda days: FIRST_DAY + timedelta(days=days))
QUERY = some.builds(
    Query,
    words=some.sampled_from(("", *WORDS)),
    type=_maybe(some.sampled_from(tuple(DocumentType)) | _several(some.sampled_from(tuple(DocumentType)))),
    **{facet: _maybe(some.sampled_from((*values, "unheard"))) for facet, values in VALUES.items()},
    days=_several(some.integers(0, 6)),
    periods=_several(some.sampled_from(tuple(Period))),
    traits=_several(some.sampled_from((*TRAITS, "unheard"))),
    sleeps_min=_maybe(some.sampled_from((1, 4, 5, 100_000))),
    near=_maybe(NEAR),
    on_or_after=_maybe(DAY),
    on_or_before=_maybe(DAY),
    price_max_cents=_maybe(some.sampled_from((0, 499, 500, 20_000))),
    has_photo=some.booleans(),
    has_helped=some.booleans(),
    sort=some.sampled_from((Sort.newest, Sort.nearest, Sort.soonest)),
    page=some.integers(1, 3),
    size=some.sampled_from((1, 7, 100)),
    hidden_authors=_several(some.sampled_from(("anne", "bilal", "nobody"))),
    hidden_ids=_several(some.integers(0, 299).map("ad-{}".format)),
    alive_at=_maybe(some.integers(0, 99).map(lambda hours: NOW + timedelta(hours=hours))),
)


def _is_found(ad: Document, query: Query, but: str = "") -> bool:
    """`but` is the facet whose own choice is not looked at."""
    return (
        query.words in f"{ad.title} {ad.body}"
        and all(_has(ad, facet, chosen) for facet in FACETS if facet != but and (chosen := query.chosen(facet)))
        and (query.near is None or query.near.km is None or _distance(ad, query.near) <= query.near.km)
        and (query.sleeps_min is None or (ad.sleeps is not None and ad.sleeps >= query.sleeps_min))
        and (query.on_or_after is None or ad.ends_on is None or ad.ends_on >= query.on_or_after)
        and (query.on_or_before is None or ad.starts_on is None or ad.starts_on <= query.on_or_before)
        and (query.price_max_cents is None or (ad.price_cents or 0) <= query.price_max_cents)
        and ad.author not in query.hidden_authors
        and ad.id not in query.hidden_ids
        and (query.alive_at is None or ad.expires_at is None or ad.expires_at > query.alive_at)
    )


def _has(ad: Document, facet: str, chosen: tuple[str, ...]) -> bool:
    found = set(chosen) & set(ad.values_of(facet))
    return len(found) == len(chosen) if facet in CUMULATIVE else bool(found)


def _distance(ad: Document, near: Near) -> float:
    return inf if ad.lat is None or ad.lon is None else kilometres(near.lat, near.lon, ad.lat, ad.lon)


def _place(ad: Document, query: Query) -> tuple[float, float]:
    """In the order asked for; smaller comes first."""
    first = 0.0
    if query.sort is Sort.nearest and query.near:
        away = _distance(ad, query.near)
        first = next((band for band in BANDS_KM if away <= band), inf)
    if query.sort is Sort.soonest:
        first = ad.soonest_on.toordinal() if ad.soonest_on else inf
    return first, -ad.published_at.timestamp()


@pytest.fixture
async def engine(empty: Engine) -> Engine:
    await empty.rebuild(in_batches(ADS))
    return empty


@given(query=QUERY, favours=_maybe(NEAR))
@patience(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_each_engine_answers_what_reading_every_ad_would(
    engine: Engine, query: Query, favours: Near | None
) -> None:
    expected = sorted((ad for ad in ADS if _is_found(ad, query)), key=lambda ad: _place(ad, query))
    answer = await engine.search(query)
    offset, size = query.window
    assert [hit.id for hit in answer.hits] == [ad.id for ad in expected[offset : offset + size]]
    assert answer.total == len(expected)
    assert answer.facets == {
        facet: Counter(
            value
            for ad in ADS
            if _is_found(ad, query, but="" if facet in CUMULATIVE else facet)
            for value in ad.values_of(facet)
        )
        for facet in FACETS
    }
    assert (await engine.search(replace(query, sort=Sort.relevance, favours=favours))).total == len(expected)
    for type, group in (await engine.grouped(query, dict.fromkeys(DocumentType, 3))).items():
        of_type = [ad for ad in ADS if _is_found(ad, replace(query, type=type))]
        first = sorted(of_type, key=lambda ad: _place(ad, query))[:3]
        assert (group.total, [hit.id for hit in group.hits]) == (len(of_type), [ad.id for ad in first])


@given(query=QUERY, favours=NEAR)
@patience(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_is_near_comes_first_and_all_else_stays_in_its_order(
    engine: Engine, query: Query, favours: Near
) -> None:
    """Beside the same question asked without a place, page by page."""
    asked = replace(query, sort=Sort.relevance, facets=())
    ordered = [id for page in (1, 2, 3) for id in await _ids(engine, replace(asked, page=page, size=100))]
    is_asked = asked.words and favours.km and asked.type not in WHEREVER
    near = {ad.id for ad in ADS if is_asked and _distance(ad, favours) <= favours.km}
    expected = [id for id in ordered if id in near] + [id for id in ordered if id not in near]
    offset, size = query.window
    assert await _ids(engine, replace(asked, favours=favours)) == expected[offset : offset + size]


async def _ids(engine: Engine, query: Query) -> list[str]:
    return [hit.id for hit in (await engine.search(query)).hits]
