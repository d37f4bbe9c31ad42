"""What is searched while the engine is away is found too, as far as no slip is to be forgiven."""

from benchmarks.relevance import in_top, judge, mean_reciprocal_rank, without_authors
from search import postgres
from search.keeping import write
from tests.search.data.relevance import documents, given, own

LEAST = 0.8


async def test_most_right_answers_come_first_without_the_engine() -> None:
    await write(without_authors(documents()))
    judged = await judge(postgres.search, [*given(), *own()])
    assert in_top(judged) >= LEAST, [one.question.query for one in judged if not one.is_reached]
    assert mean_reciprocal_rank(judged) >= LEAST
