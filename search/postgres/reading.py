"""Answers from `search_document`: the same conditions and counts as an engine's, over the newest matches only.

No slip of the pen is forgiven here: that is the engine's to do.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from time import perf_counter

from msgspec.structs import replace

from app import database
from search.contract import Answer, DocumentType, Hit, Query, Suggestion, distinct_titles
from search.postgres import wording
from search.postgres.asking import Asked, Given, conditions, has, newest, with_words
from search.postgres.looking import Looking
from search.postgres.reaching import Ages, known_ages
from search.words.forms import clean, fold, tokens
from search.words.marking import Marker
from search.words.synonyms import Unit, Vocabulary, units

NAME = "postgresql"
LOOKED_THROUGH, LOOKED_AT = 5000, 100  # documents and titles, for a suggestion
_PLANNED = """
SET LOCAL plan_cache_mode = force_custom_plan;
SET LOCAL jit = off;
SET LOCAL work_mem = '32MB';
SET LOCAL max_parallel_workers_per_gather = 0;
"""


async def search(query: Query, vocabulary: Vocabulary | None = None) -> Answer:
    """`total` and counts stop at `MOST_RANKED`. With a `vocabulary`, what its words would find."""
    async with _looking():
        return await _Words(units(clean(query.words), vocabulary), await known_ages()).answer(query)


async def grouped(query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
    async with _looking():
        words = _Words(units(clean(query.words)), await known_ages())
        return {
            type: await words.answer(replace(query, type=type, page=1, size=size, facets=()))
            for type, size in sizes.items()
        }


async def suggest(query: Query, limit: int = 5) -> list[Suggestion]:
    """Among the newest documents only."""
    words = [word for unit in units(clean(query.words)) for word in unit.words]
    if not words:
        return []
    given = Given()
    newest_ones = newest(Asked(query.chosen("type"), conditions(query, given)), most=LOOKED_THROUGH)
    async with _looking():
        found = await database.rows(
            f"SELECT title, id FROM ({newest_ones}) AS newest WHERE {has(wording.beginnings(words), given)}"
            f" ORDER BY published_at DESC, id DESC LIMIT {LOOKED_AT}",
            *given,
        )
    titles = ((clean(row["title"]), row["id"]) for row in found)
    return distinct_titles(((title, id) for title, id in titles if _begins(title, words)), limit, fold)


@asynccontextmanager
async def _looking() -> AsyncIterator[None]:
    """Which way is quick depends on the words: each question is planned by itself, with room enough to remember each
    row that has a common word, in this process alone: others search too."""
    async with database.snapshot():
        await database.script(_PLANNED)
        yield


class _Words:
    """What is asked for, in one or several questions."""

    def __init__(self, asked: list[Unit], ages: Ages) -> None:
        self._asked, self._ages = asked, ages
        self._marker = Marker.of(asked)
        self._are_said: bool | None = None

    async def answer(self, query: Query) -> Answer:
        started = perf_counter()
        for reading in wording.readings(self._asked) if self._asked else [None]:
            if reading and reading.is_open and await self._said():
                continue
            looking = Looking(query, self._asked, reading, self._ages)
            found = await looking.found()
            if found.total:
                break
        facets: dict[str, dict[str, int]] = {facet: {} for facet in query.facets}
        for facet, value, many in [*found.counts, *await looking.counts_apart()]:
            facets[facet][value] = many
        return Answer(
            hits=[self._hit(*hit) for hit in found.hits],
            total=found.total,
            facets=facets,
            took_ms=(perf_counter() - started) * 1000,
            engine=NAME,
        )

    def _hit(self, id: str, title: str, body: str) -> Hit:
        return Hit(id, self._marker.title(clean(title)), self._marker.excerpt(clean(body)))

    async def _said(self) -> bool:
        """Whether a document has the very words, be it one that the conditions leave out: then they were no
        beginnings."""
        if self._are_said is None:
            given = Given()
            having = Asked((), {"words": has(next(wording.readings(self._asked)).wanted, given)})
            each = " UNION ALL ".join(f"SELECT FROM {one}" for one in with_words(having))
            self._are_said = bool(await database.value(f"SELECT EXISTS ({each})", *given))
        return self._are_said


def _begins(title: str, words: list[str]) -> bool:
    """Whether the title has these words, the last perhaps unfinished: only its first letters were looked for."""
    has = [token.word for token in tokens(title)]
    ways: Iterable[tuple[list[str], str]] = [(words[:-1], words[-1])]
    if len(words) > 1:
        ways = [*ways, (words[:-2], words[-2] + words[-1])]
    return any(set(whole) <= set(has) and any(word.startswith(last) for word in has) for whole, last in ways)
