"""Of a word in thousands of ads the newest are found, without reading all of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import database
from app.dates import now
from search import postgres
from search.contract import DocumentType, Query, Sort
from search.postgres.asking import MOST_RANKED
from search.postgres.reaching import MARGIN, Ages, at_first, further, known_ages
from search.words.forms import stem

ADS = 9_000
FEWEST = MOST_RANKED + 500

STEM, STEM_OF_OLD = stem("poussette"), stem("ancienne")

_CROWD = f"""
INSERT INTO search_document (id, type, version, indexed, category, title, body, department, days, periods, traits,
    covers, published_at, found_by)
SELECT 'crowd' || lpad(n::text, 5, '0'), CASE WHEN n % 10 = 3 THEN 'tip' ELSE 'listing' END, n, n,
    CASE WHEN n % 3 = 0 THEN 'pet_care' ELSE 'childcare' END, 'Poussette', '',
    CASE WHEN n % 2 = 0 THEN '29' ELSE '35' END, '{{}}', '{{}}', '{{}}', '{{}}',
    $1::timestamptz - n * interval '1 minute',
    CASE WHEN n > $2 THEN '''{STEM}'':1A ''{STEM_OF_OLD}'':2B' ELSE '''{STEM}'':1A' END::tsvector
FROM generate_series(1, $3) AS n
"""


@pytest.fixture
async def crowd(undo: None) -> None:
    """Numbered from the newest; only those after number 6,500 are said to be old."""
    await database.execute("DELETE FROM search_document")
    await database.execute(_CROWD, now(), ADS - FEWEST, ADS)
    await database.execute("ANALYZE search_document")


def ids(first: int, *, step: int = 1, many: int = 5) -> list[str]:
    return [f"crowd{number:05}" for number in range(first, first + many * step, step)]


async def test_a_common_word_is_looked_for_among_the_newest_only(crowd: None) -> None:
    answer = await postgres.search(Query(words="poussette", size=5))
    assert [hit.id for hit in answer.hits] == ids(1)
    assert answer.total == MOST_RANKED


async def test_words_that_went_out_of_use_are_looked_for_further_back(crowd: None) -> None:
    answer = await postgres.search(Query(words="poussette ancienne", size=5, facets=()))
    assert [hit.id for hit in answer.hits] == ids(ADS - FEWEST + 1)
    assert answer.total == MOST_RANKED


async def test_each_facet_is_counted_as_far_back_as_its_own_matches_go(crowd: None) -> None:
    asked = Query(words="poussette ancienne", department="29", category="pet_care", facets=("department", "category"))
    answer = await postgres.search(asked)
    old = range(ADS - FEWEST + 1, ADS + 1)
    assert answer.total == sum(n % 6 == 0 for n in old)
    assert answer.facets["department"] == {"29": answer.total, "35": sum(n % 6 == 3 for n in old)}
    assert answer.facets["category"] == {"pet_care": answer.total, "childcare": sum(n % 6 in (2, 4) for n in old)}


@pytest.mark.parametrize("sort", [Sort.newest, Sort.relevance])
async def test_tips_are_found_apart_from_the_other_ads(crowd: None, sort: Sort) -> None:
    answer = await postgres.search(Query(words="poussette", type=DocumentType.tip, sort=sort, size=5))
    assert [hit.id for hit in answer.hits] == ids(3, step=10)
    assert answer.total == ADS // 10


async def test_only_part_of_the_ads_is_read_for_a_common_word(crowd: None) -> None:
    ages = await known_ages()
    since = at_first(ages, expected=ADS, is_guess=False)
    assert since is not None
    assert ages.share(since) < 1


MOMENTS = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(101)]


@given(st.integers(0, 10**7), st.integers(0, MOST_RANKED - 1), st.booleans())
def test_looking_further_back_comes_to_an_end(expected: int, found: int, is_guess: bool) -> None:
    ages = Ages(tuple(MOMENTS))
    since, steps = at_first(ages, expected, is_guess=is_guess), 0
    while since:
        earlier = further(ages, since, found)
        assert earlier is None or earlier < since
        since, steps = earlier, steps + 1
    assert steps <= 4


@given(st.integers(MOST_RANKED * 15, 10**7))
def test_where_enough_is_expected_little_more_than_enough_is_looked_at(expected: int) -> None:
    ages = Ages(tuple(MOMENTS))
    since = at_first(ages, expected, is_guess=False)
    assert since is not None
    one_step = 0.01
    assert 0 <= ages.share(since) - MARGIN * MOST_RANKED / expected + 1e-9 <= one_step + 1e-6


def test_where_nothing_is_known_of_the_ages_all_is_looked_through() -> None:
    assert at_first(Ages(()), expected=10**6, is_guess=True) is None
