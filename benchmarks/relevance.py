"""`make relevance`: do the right answers come first, on every engine? Writes benchmarks/RELEVANCE.md.

A Meilisearch server is asked when MEILISEARCH_URL names one, else one is started for the time of the report when
`meilisearch` is on the PATH.
"""

from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from search.contract import Answer, Query
from tests.search.data.relevance import Question

TOP = 3
LOOKED_AT = 25
"""Answers of the first page; a right one further down counts as not found."""
GOAL = 0.95

Search = Callable[[Query], Awaitable[Answer]]


class Judged(Struct, frozen=True):
    """`ranks` are those of the right answers, from 1; None where one is not on the first page."""

    question: Question
    ranks: tuple[int | None, ...]
    first: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        return all(rank is not None and rank <= TOP for rank in self.ranks)

    @property
    def reciprocal(self) -> float:
        return max((1 / rank for rank in self.ranks if rank), default=0.0)


async def judge(search: Search, questions: Sequence[Question]) -> list[Judged]:
    judged = []
    for question in questions:
        answer = await search(Query(words=question.query, size=LOOKED_AT, facets=()))
        found = [hit.id for hit in answer.hits]
        ranks = tuple(found.index(id) + 1 if id in found else None for id in question.must)
        judged.append(Judged(question, ranks, tuple(found[:TOP])))
    return judged


def in_top(judged: Sequence[Judged]) -> float:
    """The share of right answers that are among the first `TOP`."""
    ranks = [rank for one in judged for rank in one.ranks]
    return sum(rank is not None and rank <= TOP for rank in ranks) / len(ranks)


def mean_reciprocal_rank(judged: Sequence[Judged]) -> float:
    """1 when a right answer always comes first, 0.5 when it always comes second."""
    return sum(one.reciprocal for one in judged) / len(judged)
