"""Building the whole index again: beside the live one, then swapped.

It is a row of the database that the one loop of `search.following.indexing` works through, so that it is asked for from
any process, goes on in another one after a crash, and tells how far it is.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import asyncpg
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app import database
from app.beside import beside as work_beside
from app.database import transaction
from app.dates import now
from search.contract import Engine, EngineUnavailable, HeldElsewhere, NotTaken
from search.documents.sources import how_many, sources
from search.engine import configured, prepare, use
from search.following import deriving, indexing
from search.following.handing_over import hand_over
from search.following.reading_rows import FIELDS
from search.keeping import CHANNEL

log = logging.getLogger(__name__)
BATCH = 1000
AGAIN_AFTER = timedelta(seconds=30)  # since a rebuild that failed

_ASK = """
INSERT INTO search_rebuild AS r (id, engine, beside, step, last, done, total, derives, asked_at, ended_at, failed)
VALUES (1, '', '', '', '', 0, 0, $1, clock_timestamp(), NULL, '')
ON CONFLICT (id) DO UPDATE SET derives = r.derives OR $1, beside = '', step = '', last = '', done = 0, total = 0,
    asked_at = clock_timestamp(), ended_at = NULL, failed = ''
WHERE r.ended_at IS NOT NULL OR ($1 AND NOT r.derives)
"""
# One that was to be derived first was asked for meanwhile, where `asked_at` is another: it is still to come.
_GONE_ON = """
UPDATE search_rebuild SET beside = $1, last = $2, done = $3, total = $4, engine = $5, step = '',
    derives = asked_at <> $6
WHERE ended_at IS NULL
"""
# Asked for meanwhile, it is begun again should it be cut.
_DERIVED = """
UPDATE search_rebuild SET step = CASE WHEN asked_at = $5 THEN $1::varchar ELSE '' END, last = $2, done = $3,
    total = greatest($3, $4::int), beside = '', derives = TRUE
WHERE ended_at IS NULL
"""
_END = """
UPDATE search_rebuild SET engine = $1, failed = $2, beside = '', derives = asked_at <> $3,
    ended_at = CASE WHEN asked_at = $3 THEN clock_timestamp() END
WHERE ended_at IS NULL
"""
_AS_DERIVED = """
INSERT INTO search_rebuild (id, engine, asked_at, ended_at) VALUES (1, $1, clock_timestamp(), clock_timestamp())
ON CONFLICT (id) DO NOTHING
"""
_NEXT = "SELECT id FROM search_document WHERE id > $1 AND NOT is_gone ORDER BY id LIMIT $2"
# Marked before it is sent: from then on the index may have it, and a change of it is left out of searches. What is just
# being changed is left to that change: waiting for it could be for each other.
_MARK = """
UPDATE search_document d SET indexed = 0 FROM (
    SELECT id FROM search_document WHERE id = ANY($1::varchar[]) AND indexed IS NULL FOR UPDATE SKIP LOCKED
) AS held WHERE d.id = held.id AND d.indexed IS NULL
"""
_READ = f"""
SELECT {FIELDS} FROM search_document
WHERE id = ANY($1::varchar[]) AND NOT is_gone AND indexed IS NOT NULL AND refused IS DISTINCT FROM version
"""


def kept_as(engine: Engine) -> str:
    """What the index was built of and where: when it differs, it has to be built again."""
    return f"{deriving.VERSION} {engine.identity}"[:200]


async def present() -> asyncpg.Record | None:
    """The rebuild that goes on, or the last there was."""
    return await database.row("SELECT * FROM search_rebuild WHERE id = 1")


async def is_due(engine: Engine) -> bool:
    """Whether there is no index, or one that is not of these documents; not when it just failed."""
    last = await present()
    if last and last["ended_at"] is None:
        return False
    if last and last["failed"] and now() < last["ended_at"] + AGAIN_AFTER:
        return False
    return engine.needs_rebuild or last is None or last["engine"] != kept_as(engine)


async def ask(*, derives: bool = False) -> None:
    """One is begun, unless one goes on. With `derives` the documents are first derived from the domain's own rows, by
    another one after the one that goes on where that did not."""
    async with transaction():
        await database.execute(_ASK, derives)
        await database.execute("SELECT pg_notify($1, '')", CHANNEL)


async def take_as_derived() -> None:
    """Of a database filled by this very code, before its first index is built: its documents need not be derived."""
    await database.execute(_AS_DERIVED, f"{deriving.VERSION} ")


async def go_on(engine: Engine) -> bool:
    """Begins, or goes on with, the rebuild that was asked for, until it is done; False when there is none.

    Raises `EngineUnavailable`; it then goes on later, from where it is.
    """
    asked = await present()
    if asked is None or asked["ended_at"] is not None:
        return False
    beside, last, done = asked["beside"], asked["last"], asked["done"]
    if not beside or asked["derives"] or asked["engine"] != kept_as(engine) or not await engine.holds(beside):
        await _derive(engine, asked)
        beside, last, done = await engine.begin(), "", 0
    try:
        await _copy(engine, asked["asked_at"], beside, last, done)
        await engine.swap(beside)
    except NotTaken as refused:
        await engine.abandon(beside)
        await database.execute(_END, f"{deriving.VERSION} ", str(refused)[:500], asked["asked_at"])
        raise
    await database.execute(_END, kept_as(engine), "", asked["asked_at"])
    await prepare(engine)  # with the words that were added meanwhile
    log.info("search: the index was built again")
    return True


async def _derive(engine: Engine, asked: Any) -> None:
    """When asked for, and when another version of this code derived the rows; from where it was cut. The index follows
    meanwhile."""
    if not asked["derives"] and asked["engine"].split(" ")[0] == deriving.VERSION:
        return
    every = await how_many(sources())

    async def follow(reached: deriving.Reached) -> None:
        await database.execute(_DERIVED, *reached, every, asked["asked_at"])
        if not engine.needs_rebuild:
            await indexing.drain(engine)

    await deriving.derive_all(sources(), follow, deriving.Reached(asked["step"], asked["last"], asked["done"]))


async def _copy(engine: Engine, asked_at: datetime, beside: str, last: str, done: int) -> None:
    total = await database.value("SELECT count(*) FROM search_document WHERE NOT is_gone")
    await database.execute(_GONE_ON, beside, last, done, total, kept_as(engine), asked_at)
    while ids := [row["id"] for row in await database.rows(_NEXT, last, BATCH)]:
        await database.execute(_MARK, ids)
        rows = await hand_over(await database.rows(_READ, ids), partial(engine.add, beside))
        last, done = ids[-1], done + len(ids)
        await database.execute(_GONE_ON, beside, last, done, max(total, done), kept_as(engine), asked_at)
        if engine.needs_rebuild:
            await indexing.mark_sent(rows)  # nothing is live: what follows is brought up to date once, at the end
        else:
            await indexing.drain(engine, beside)
    await indexing.drain(engine, beside)


async def reindex() -> None:
    """The `entraide reindex` command. The process that holds the index does it; when there is none, this one.

    Raises `EngineUnavailable`, before anything is begun where the engine does not answer.
    """
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    async with database.connection_pool():
        own = configured()
        try:
            with suppress(HeldElsewhere):
                await prepare(own)
            await ask(derives=True)
            use(own)
            async with work_beside(indexing.follow_changes()):
                with Progress(*columns) as bar:
                    failed = await _watch(bar)
        finally:
            use(None)
            await own.close()
    if failed:
        raise EngineUnavailable(f"The rebuild failed, the former index still serves: {failed}")


async def _watch(bar: Progress) -> str:
    """Shows how far it is until its end; answers why it failed, if it did."""
    task = bar.add_task("Reading", total=None)
    while True:
        row = await present()
        if row is None or row["ended_at"]:
            bar.update(task, completed=row and row["total"])
            return row["failed"] if row else ""
        doing = "Reading" if not row["beside"] else "Indexing" if row["done"] < row["total"] else "Finishing"
        bar.update(task, description=doing, completed=row["done"], total=row["total"] or None)
        await asyncio.sleep(0.2)
