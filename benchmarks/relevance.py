"""`make relevance`: do the right answers come first, on every engine? Writes benchmarks/RELEVANCE.md.

A Meilisearch server is asked when MEILISEARCH_URL names one, else one is started for the time of the report when
`meilisearch` is on the PATH.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from search.contract import Answer, Document, Query
from search.embedded import EmbeddedEngine
from search.meili import MeilisearchEngine
from tests.search.data.relevance import Question, documents, given, later, own

RESULTS = Path(__file__).parent / "RELEVANCE.md"
SETS: dict[str, Callable[[], list[Question]]] = {
    "given": given,
    "own": own,
    "later": later,
}
BUDGET_MS = 10_000
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


def main() -> None:
    os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="entraide-relevance-")
    os.environ.setdefault("SECRET", "0" * 64)
    report = asyncio.run(_measured())
    RESULTS.write_text(report)
    print(report)


async def _measured() -> str:
    from benchmarks import meilisearch_server

    found = list(documents())
    judged: dict[str, dict[str, list[Judged]]] = {}
    async with AsyncExitStack() as open_things:
        embedded = EmbeddedEngine()
        await embedded.prepare()
        await embedded.rebuild(in_batches(found))
        judged["embedded"] = await _each_set(embedded.search)
        url, key = os.environ.get("MEILISEARCH_URL"), os.environ.get("MEILISEARCH_KEY")
        if not url and meilisearch_server.is_there():
            folder = Path(tempfile.mkdtemp(prefix="entraide-relevance-")) / "server"
            running = await open_things.enter_async_context(meilisearch_server.server(folder))
            url, key = running.url, running.key
        if url:
            meilisearch = MeilisearchEngine(url, key, index=f"relevance-{os.getpid()}", budget_ms=BUDGET_MS)
            await meilisearch.prepare()
            await meilisearch.rebuild(in_batches(found))
            judged["Meilisearch"] = await _each_set(meilisearch.search)
            await meilisearch.close()
        judged["PostgreSQL alone"] = await _postgresql(found)
        await embedded.close()
    return report(judged, len(found))


async def _postgresql(found: Sequence[Document]) -> dict[str, list[Judged]]:
    """What answers while the engine is away, on a database of its own."""
    from app.database import connection_pool
    from app.migrating import migrate
    from app.postgres import database_url
    from search import postgres
    from search.keeping import write

    database_url()
    await migrate()
    async with connection_pool():
        await write(without_authors(found))
        return await _each_set(postgres.search)


async def _each_set(search: Search) -> dict[str, list[Judged]]:
    return {name: await judge(search, questions()) for name, questions in SETS.items()}


def without_authors(found: Sequence[Document]) -> list[Document]:
    """The database wants authors to be members."""
    return [replace(document, author="") for document in found]


async def in_batches(found: Sequence[Document], size: int = 1000) -> AsyncIterator[list[Document]]:
    for start in range(0, len(found), size):
        yield list(found[start : start + size])


def report(judged: dict[str, dict[str, list[Judged]]], how_many: int) -> str:
    """Markdown: a line for each set and engine, then every query with the ranks of its right answers."""
    lines = [
        _HEAD.format(how_many=f"{how_many:,}", goal=f"{GOAL:.0%}", rank=GOAL, top=TOP),
        f"| searches | engine | in the top {TOP} | mean reciprocal rank | |",
        "|---|---|---|---|---|",
        *(
            f"| {name} ({len(sets[name])}) | {engine} | {in_top(sets[name]):.1%} |"
            f" {mean_reciprocal_rank(sets[name]):.3f} | {_verdict(engine, name, sets[name])} |"
            for name in SETS
            for engine, sets in judged.items()
        ),
        _BEFORE,
        *(line for name in SETS for line in _queries(name, {engine: sets[name] for engine, sets in judged.items()})),
    ]
    return "\n".join(lines) + "\n"


def _verdict(engine: str, name: str, judged: Sequence[Judged]) -> str:
    if name == "later" or engine.startswith("PostgreSQL"):
        return "no goal"
    return "reached" if in_top(judged) >= GOAL and mean_reciprocal_rank(judged) >= GOAL else "**missed**"


def _queries(name: str, engines: dict[str, list[Judged]]) -> list[str]:
    asked = [one.question for one in next(iter(engines.values()))]
    return [
        f"\n## {name.capitalize()}\n",
        f"| search | tries | {' | '.join(engines)} |",
        f"|---|---|{'---|' * len(engines)}",
        *(
            f"| {question.query} | {question.note} | {' | '.join(_ranks(found[at]) for found in engines.values())} |"
            for at, question in enumerate(asked)
        ),
    ]


def _ranks(judged: Judged) -> str:
    ranks = ", ".join(str(rank or "–") for rank in judged.ranks)
    return ranks if judged.is_reached else f"**{ranks}**"


_HEAD = """# Do the right answers come first?

Written by `make relevance`: {how_many} ads, nearly all of them answers to nothing that is asked but full of the same
words. For each search the ranks of its right answers on the first page; – where one is not there, in bold where one is
not among the first {top}. Goal for the two engines: {goal} of the right answers among the first {top}, mean reciprocal
rank {rank}.

- *given*: came with the specification.
- *own*: written before any engine was asked; what they lacked was then added, so they show what was learnt, not how
  well a new search is answered.
- *later*: written after the first run but before words were added to the vocabulary, to see whether what was learnt
  from the others helps where nobody looked. No word was added for them; what failed here led to two rules for all (a
  compound that only sounds like one; shorter words forgive no slip on Meilisearch). What still fails is what members
  would meet.

PostgreSQL alone answers while the engine is away; it forgives no slip and has no goal.
"""

_BEFORE = """
The first run, before sounds, rarity and the wider vocabulary: *own* 83.1 % and 0.809 on the embedded engine, 75.4 %
and 0.757 on Meilisearch; *later* 81.7 % and 0.789 on the embedded engine."""


if __name__ == "__main__":
    main()
