"""One reading of the words: what is found among the newest that have them, and what each facet counts among."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from app import database
from search.contract import Query, Sort
from search.postgres import wording
from search.postgres.asking import MOST_RANKED, Conditions, Given, conditions, counts, has, newest, order
from search.postgres.reaching import Ages, at_first, expected, further
from search.postgres.wording import Reading
from search.words.synonyms import Unit

WEIGHTS = "'{0.25, 0.25, 0.25, 1}'"  # of D, C, B, A: the title counts four times
SYNONYM = 0.6
FOUND = "found"

Sets = Mapping[str, Conditions]


class Found(msgspec.Struct):
    """`among` says how many there are of each set; hits are id, title and body, counts facet, value and how many."""

    among: dict[str, int]
    hits: list[tuple[str, str, str]]
    counts: list[tuple[str, str, int]]

    @property
    def total(self) -> int:
        return self.among[FOUND]


async def look(query: Query, asked: list[Unit], reading: Reading | None, ages: Ages) -> Found:
    """As far back as is needed."""
    given = Given()
    held = conditions(query, given)
    if reading:
        held["words"] = has(reading.wanted, given)
    sets = {FOUND: held} | {_but(facet): _without(facet, held) for facet in query.counted_apart}
    since: dict[str, datetime] = {}
    if reading and ages.bounds:
        many = await expected(sets, query.chosen("type"), given)
        first = ((name, at_first(ages, many[name], is_guess=reading.is_open)) for name in sets)
        since = {name: moment for name, moment in first if moment}
    while True:
        found = await _among(query, asked, reading, sets, since, Given(given))
        too_few = {name: found.among[name] for name in since if found.among[name] < MOST_RANKED}
        if not too_few:
            return found
        for name, many_found in too_few.items():
            moment = further(ages, since.pop(name), many_found)
            since |= {name: moment} if moment else {}


async def _among(
    query: Query, asked: list[Unit], reading: Reading | None, sets: Sets, since: Mapping[str, datetime], given: Given
) -> Found:
    later = {name: f"{given(moment)}::timestamptz" for name, moment in since.items()}
    types = query.chosen("type")
    among = ", ".join(f"{name} AS MATERIALIZED ({newest(held, types, later.get(name))})" for name, held in sets.items())
    score = _score(asked, reading, given) if reading and query.sort is Sort.relevance else None
    offset, size = query.window
    ordered = order(query, score, given)
    counted = [counts(facet, _but(facet) if _but(facet) in sets else FOUND) for facet in query.facets]
    found = await database.value(
        f"""
        WITH {among},
        page AS (
            SELECT id, title, body, row_number() OVER (ORDER BY {ordered}) AS place FROM {FOUND}
            ORDER BY place OFFSET {given(offset)} LIMIT {given(size)}
        )
        SELECT json_build_object(
            'among', json_build_object({", ".join(f"'{name}', (SELECT count(*) FROM {name})" for name in sets)}),
            'hits', (SELECT coalesce(json_agg(json_build_array(id, title, body) ORDER BY place), '[]') FROM page),
            'counts', {_gathered(counted)})
        """,
        *given,
    )
    return msgspec.json.decode(found, type=Found)


def _but(facet: str) -> str:
    return f"but_{facet}"


def _without(facet: str, held: Conditions) -> Conditions:
    return {name: said for name, said in held.items() if name != facet}


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
