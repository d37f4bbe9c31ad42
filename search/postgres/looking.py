"""One reading of the words: what is found among the newest that have them, and what each facet counts among."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from app import database
from search.contract import Query, Sort
from search.postgres import wording
from search.postgres.asking import MOST_RANKED, Asked, Given, conditions, counts, has, newest, order
from search.postgres.reaching import Ages, at_first, expected, further
from search.postgres.wording import Reading
from search.words.synonyms import Unit

WEIGHTS = "'{0.25, 0.25, 0.25, 1}'"  # of D, C, B, A: the title counts four times
SYNONYM = 0.6
FOUND = "found"

Counts = list[tuple[str, str, int]]
"""Facet, value, how many."""


class Found(msgspec.Struct):
    """`among` says how many there are of each set; hits are id, title and body."""

    among: dict[str, int]
    hits: list[tuple[str, str, str]]
    counts: Counts

    @property
    def total(self) -> int:
        return self.among[FOUND]


class Looking:
    def __init__(self, query: Query, asked: list[Unit], reading: Reading | None, ages: Ages) -> None:
        self._query, self._asked, self._reading, self._ages = query, asked, reading, ages

    async def found(self) -> Found:
        return await self._among({FOUND: self._query}, dict.fromkeys(self._query.counted_together, FOUND))

    async def counts_apart(self) -> Counts:
        """Of each facet chosen, what there would be with another value of it."""
        apart = {facet: f"but_{facet}" for facet in self._query.counted_apart}
        if not apart:
            return []
        others = {set: replace(self._query, **{facet: getattr(_ALL, facet)}) for facet, set in apart.items()}
        return (await self._among(others, apart)).counts

    async def _among(self, sets: Mapping[str, Query], facets: Mapping[str, str]) -> Found:
        """As far back as each set needs; `facets` says in which each is counted."""
        given = Given()
        asked = {name: self._conditions(query, given) for name, query in sets.items()}
        since: dict[str, datetime] = {}
        if self._reading and self._ages.bounds:
            many = await expected(asked, given)
            first = ((name, at_first(self._ages, many[name], is_guess=self._reading.is_open)) for name in sets)
            since = {name: moment for name, moment in first if moment}
        while True:
            found = await self._since(since, asked, facets, Given(given))
            too_few = {name: found.among[name] for name in since if found.among[name] < MOST_RANKED}
            if not too_few:
                return found
            for name, many_found in too_few.items():
                moment = further(self._ages, since.pop(name), many_found)
                since |= {name: moment} if moment else {}

    def _conditions(self, query: Query, given: Given) -> Asked:
        words = {"words": has(self._reading.wanted, given)} if self._reading else {}
        return Asked(query.chosen("type"), conditions(query, given) | words)

    async def _since(
        self, since: Mapping[str, datetime], asked: Mapping[str, Asked], facets: Mapping[str, str], given: Given
    ) -> Found:
        later = {name: f"{given(moment)}::timestamptz" for name, moment in since.items()}
        sets = ", ".join(f"{name} AS MATERIALIZED ({newest(one, later.get(name))})" for name, one in asked.items())
        many = ", ".join(f"'{name}', (SELECT count(*) FROM {name})" for name in asked)
        found = await database.value(
            f"""
            WITH {sets} SELECT json_build_object(
                'among', json_build_object({many}),
                'hits', {self._page(given) if FOUND in asked else "'[]'::json"},
                'counts', {_gathered([counts(facet, set) for facet, set in facets.items()])})
            """,
            *given,
        )
        return msgspec.json.decode(found, type=Found)

    def _page(self, given: Given) -> str:
        reading = self._reading if self._query.sort is Sort.relevance else None
        score = _score(self._asked, reading, given) if reading else None
        offset, size = self._query.window
        return f"""(
            SELECT coalesce(json_agg(json_build_array(id, title, body) ORDER BY place), '[]') FROM (
                SELECT id, title, body, row_number() OVER (ORDER BY {order(self._query, score, given)}) AS place
                FROM {FOUND} ORDER BY place OFFSET {given(offset)} LIMIT {given(size)}
            ) AS page
        )"""


_ALL = Query()


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
