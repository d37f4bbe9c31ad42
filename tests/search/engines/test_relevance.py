"""What people of the community search, among thousands of ads that share their words. `make relevance` shows each."""

from benchmarks.relevance import GOAL, Judged, in_batches, in_top, judge, mean_reciprocal_rank
from search.contract import Engine
from tests.search.data.relevance import documents, given, later, own

# What nothing was mended for is not held to the goal, but should not get worse.
KEPT = 0.85


async def test_the_right_answers_come_first(empty: Engine) -> None:
    found = documents()
    assert len(found) > 5000
    await empty.rebuild(in_batches(found))
    assert (len(given()), len(own())) == (26, 65)
    for questions, least in ((given(), GOAL), (own(), GOAL), (later(), KEPT)):
        judged = await judge(empty.search, questions)
        assert in_top(judged) >= least, _missed(judged)
        assert mean_reciprocal_rank(judged) >= least, _missed(judged)


def _missed(judged: list[Judged]) -> list[str]:
    return [
        f"{one.question.query}: wanted {one.question.must}, found {one.first}" for one in judged if one.reciprocal < 1
    ]
