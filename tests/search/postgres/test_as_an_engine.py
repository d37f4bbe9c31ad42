"""The tests of the engines' conditions, counts, order and words, run on PostgreSQL's side."""

import pytest

from search.contract import Engine
from tests.search.engines import test_words_found as words
from tests.search.engines.ads import found
from tests.search.engines.test_hostile_words import *  # noqa: F403
from tests.search.engines.test_narrowing import *  # noqa: F403
from tests.search.engines.test_words_found import *  # noqa: F403

SLIPS = {"pousette", "poucette", "electirque"}
OTHER_WORDS = [
    (typed, expected)
    for typed, expected in words.test_an_ad_is_found_by_other_words_than_its_own.pytestmark[0].args[1]
    if typed not in SLIPS
]


@pytest.mark.parametrize(("typed", "expected"), OTHER_WORDS)
async def test_an_ad_is_found_by_other_words_than_its_own(engine: Engine, typed: str, expected: str) -> None:
    assert expected in (await found(engine, typed))[:2]


# Only an engine forgives a slip.
test_slips_are_marked_too = None
test_titles_are_proposed_in_spite_of_a_slip = None
test_numbers_proposed_are_exactly_those_typed = None
test_what_sounds_the_same_is_meant_rather_than_what_is_a_slip_away = None
test_a_slip_that_sounds_like_nothing_is_forgiven_all_the_same = None
