"""Answers from `search_document`: the same conditions and counts as an engine's, over the newest matches only.

No slip of the pen is forgiven here: that is the engine's to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from time import perf_counter
from typing import Any

import msgspec
from msgspec.structs import replace

from app import database
from search.contract import Answer, DocumentType, Hit, Query, Sort, Suggestion, distinct_titles
from search.marking import Marker
from search.postgres import wording
from search.postgres.asking import Given, conditions, counts, has, newest, order
from search.postgres.wording import Reading
from search.synonyms import Unit, Vocabulary, units
from search.words import clean, fold, tokens

NAME = "postgresql"
WEIGHTS = "'{0.25, 0.25, 0.25, 1}'"  # of D, C, B, A: the title counts four times
SYNONYM = 0.6
LOOKED_THROUGH, LOOKED_AT = 5000, 100  # documents and titles, for a suggestion
_PLANNED = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off"


class _Found(msgspec.Struct):
    total: int
    hits: list[tuple[str, str, str]]
    counts: list[tuple[str, str, int]]


async def search(query: Query, vocabulary: Vocabulary | None = None) -> Answer:
    """`total` and counts stop at `MOST_RANKED`. With a `vocabulary`, what its words would find."""
    started = perf_counter()
    asked = units(clean(query.words), vocabulary)
    for reading in wording.readings(asked) if asked else [None]:
        if reading and reading.is_open and await _is_said(wording.readings(asked)):
            continue
        found = await _answer(query, asked, reading)
        if found.total:
            break
    marker = Marker.of(asked)
    facets: dict[str, dict[str, int]] = {facet: {} for facet in query.facets}
    for facet, value, many in found.counts:
        facets[facet][value] = many
    return Answer(
        hits=[Hit(id, marker.title(clean(title)), marker.excerpt(clean(body))) for id, title, body in found.hits],
        total=found.total,
        facets=facets,
        took_ms=(perf_counter() - started) * 1000,
        engine=NAME,
    )


async def grouped(query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
    return {type: await search(replace(query, type=type, page=1, size=size, facets=())) for type, size in sizes.items()}


async def suggest(query: Query, limit: int = 5) -> list[Suggestion]:
    """Among the newest documents only."""
    words = [word for unit in units(clean(query.words)) for word in unit.words]
    if not words:
        return []
    given = Given()
    newest_ones = newest(conditions(query, given), most=LOOKED_THROUGH)
    found = await _rows(
        f"SELECT title, id FROM ({newest_ones}) AS newest WHERE {has(wording.beginnings(words), given)}"
        f" ORDER BY published_at DESC, id DESC LIMIT {LOOKED_AT}",
        given,
    )
    titles = ((clean(row["title"]), row["id"]) for row in found)
    return distinct_titles(((title, id) for title, id in titles if _begins(title, words)), limit, fold)


async def _answer(query: Query, asked: list[Unit], reading: Reading | None) -> _Found:
    given = Given()
    held = conditions(query, given)
    if reading:
        held["words"] = has(reading.wanted, given)
    chosen = query.counted_apart
    is_open = reading is not None and reading.is_open
    among = {"found": newest(held, is_open=is_open)}
    among |= {f"but_{facet}": newest(held, but=facet, is_open=is_open) for facet in chosen}
    score = _score(asked, reading, given) if reading and query.sort is Sort.relevance else None
    offset, size = query.window
    ordered = order(query, score, given)
    counted = [counts(facet, f"but_{facet}" if facet in chosen else "found") for facet in query.facets]
    rows = await _rows(
        f"""
        WITH {", ".join(f"{name} AS MATERIALIZED ({rows})" for name, rows in among.items())},
        page AS (
            SELECT id, title, body, row_number() OVER (ORDER BY {ordered}) AS place FROM found
            ORDER BY place OFFSET {given(offset)} LIMIT {given(size)}
        )
        SELECT json_build_object(
            'total', (SELECT count(*) FROM found),
            'hits', (SELECT coalesce(json_agg(json_build_array(id, title, body) ORDER BY place), '[]') FROM page),
            'counts', {_gathered(counted)})
        """,
        given,
    )
    return msgspec.json.decode(rows[0][0], type=_Found)


async def _is_said(readings: Iterator[Reading]) -> bool:
    """Whether a document has the very words, be it one that the conditions leave out: then they were no beginnings."""
    given = Given()
    having = has(next(readings).wanted, given)
    return (await _rows(f"SELECT EXISTS (SELECT FROM search_document WHERE NOT is_gone AND {having})", given))[0][0]


async def _rows(sql: str, given: Given) -> list[Any]:
    """Which way is quick depends on the words: each question is planned by itself."""
    async with database.snapshot():
        await database.script(_PLANNED)
        return await database.rows(sql, *given)


def _gathered(counted: list[str]) -> str:
    if not counted:
        return "'[]'::json"
    rows = " UNION ALL ".join(counted)
    return f"(SELECT coalesce(json_agg(json_build_array(facet, value, many)), '[]') FROM ({rows}) AS counted)"


def _score(asked: list[Unit], reading: Reading, given: Given) -> str:
    """Each thing asked for first, then how well: a tenth less for each 60 days of age."""
    own, any_of = given(wording.typed(asked)), given(" | ".join(reading.each))
    matched = " + ".join(f"(found_by @@ {given(one)}::text::tsquery)::int" for one in reading.each)
    rank = (
        f"{1 - SYNONYM} * ts_rank({WEIGHTS}, found_by, {own}::text::tsquery)"
        f" + {SYNONYM} * ts_rank({WEIGHTS}, found_by, {any_of}::text::tsquery)"
    )
    age = "extract(epoch FROM statement_timestamp() - published_at) / 5184000"
    return f"(10 * ({matched}) + least(9, ({rank}) / 1.1 ^ ({age})))"


def _begins(title: str, words: list[str]) -> bool:
    """Whether the title has these words, the last perhaps unfinished: only its first letters were looked for."""
    has = [token.word for token in tokens(title)]
    ways: Iterable[tuple[list[str], str]] = [(words[:-1], words[-1])]
    if len(words) > 1:
        ways = [*ways, (words[:-2], words[-2] + words[-1])]
    return any(set(whole) <= set(has) and any(word.startswith(last) for word in has) for whole, last in ways)
