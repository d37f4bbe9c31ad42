"""Deriving what can be found from the domain's own rows again: what is missing, stale or left over is mended.

What changes meanwhile wins: a row is only written while it is still the one that was looked at.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple

from app import database
from search.documents.sources import Source
from search.keeping import CHANGED, CHANNEL, COLUMNS, DIFFERS, EMPTY, GIVEN, SETS, listed, rows_of
from search.words.forms import VERSION as WORDS_VERSION

VERSION = f"1.{WORDS_VERSION}"
"""Raise its first number when what a document is made of changes: every row is then derived again."""

_MEND = f"""
WITH given AS MATERIALIZED (SELECT * FROM {GIVEN} ORDER BY id), held AS (
    SELECT d.id FROM search_document d JOIN given g USING (id)
    WHERE d.version = g.was AND {DIFFERS.format("g")} ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
), mended AS (
    UPDATE search_document d SET {SETS.format("g")}, {CHANGED} FROM given g, held
    WHERE d.id = held.id AND g.id = held.id AND d.version = g.was RETURNING d.id
), added AS (
    INSERT INTO search_document ({listed(COLUMNS)}, is_gone, version)
    SELECT {listed(COLUMNS)}, FALSE, nextval('search_change') FROM given WHERE was = 0
    ON CONFLICT (id) DO NOTHING RETURNING id
)
SELECT (SELECT count(*) FROM mended) + (SELECT count(*) FROM added)
"""
_FORGET = f"""
WITH held AS (
    SELECT d.id FROM search_document d JOIN unnest($1::varchar[], $2::bigint[]) AS g(id, was) USING (id)
    WHERE d.version = g.was AND NOT d.is_gone FOR UPDATE OF d SKIP LOCKED
), gone AS (
    UPDATE search_document d SET {EMPTY} FROM held WHERE d.id = held.id RETURNING d.id
)
SELECT count(*) FROM gone
"""
_LEFT_OVER = """
SELECT id FROM search_document
WHERE type = ANY($1::varchar[]) AND NOT is_gone AND id > $2 AND ($3::varchar IS NULL OR id <= $3) AND id <> ALL($4)
"""


class Reached(NamedTuple):
    """How far a derivation is: in which step, up to which id of it, after how many things looked at."""

    step: str = ""
    last: str = ""
    done: int = 0


START = Reached()


async def _untold(reached: Reached) -> None:
    pass


async def derive_all(
    among: Iterable[Source], progress: Callable[[Reached], Awaitable[None]] = _untold, since: Reached = START
) -> int:
    """Answers how many rows were not as they should be; `progress` is told how far it is, and one that was cut goes on
    `since` there, unless another version of this code began it."""
    looked_at = list(among)
    steps = {
        f"{VERSION} {name} {source.types[0]}": (source, step) for name, step in _STEPS.items() for source in looked_at
    }
    _, last, done = since if since.step in steps else START
    ahead = list(steps)
    mended = 0
    for name in ahead[ahead.index(since.step) if since.step in steps else 0 :]:
        source, step = steps[name]
        async for ids in source.every(last):
            mended += await step(source, last, ids)
            last = ids[-1]
            done += len(ids) if step is _write_what_is_there else 0
            await progress(Reached(name, last, done))
        mended += await step(source, last, [])
        last = ""
    return mended


async def _write_what_is_there(source: Source, _last: str, ids: Sequence[str]) -> int:
    return await derive(source, ids)


async def _forget_what_went(source: Source, last: str, ids: Sequence[str]) -> int:
    """Only once all is written: what went just before its first row was written had no row to take away."""
    return await derive(source, await _between(source, last, ids))


_STEPS = {"written": _write_what_is_there, "forgotten": _forget_what_went}


async def derive(source: Source, ids: Sequence[str]) -> int:
    """The rows of these; answers how many were not as they should be. What is just being changed is left alone."""
    if not ids:
        return 0
    was = dict(await database.rows("SELECT id, version FROM search_document WHERE id = ANY($1::varchar[])", list(ids)))
    documents = await source.documents(ids)
    given = await asyncio.to_thread(rows_of, documents, was)  # of hundreds it takes long: pages go on meanwhile
    mended = await database.value(_MEND, given) if documents else 0
    left = was.keys() - {document.id for document in documents}
    forgotten = await database.value(_FORGET, list(left), [was[id] for id in left]) if left else 0
    if mended or forgotten:
        await database.execute("SELECT pg_notify($1, '')", CHANNEL)
    return mended + forgotten


async def _between(source: Source, after: str, among: Sequence[str]) -> list[str]:
    """Rows between the batch before and the end of this one that are not in it."""
    until = among[-1] if among else None
    left = await database.rows(_LEFT_OVER, [*source.types], after, until, list(among))
    return [row["id"] for row in left]
