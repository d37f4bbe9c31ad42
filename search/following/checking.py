"""`entraide search check` and `status`: whether the index has what the database says, and how far it is."""

import asyncio
import logging

import asyncpg
import click
import msgspec

from app import database
from app.beside import beside
from app.jobs import defer
from app.postgres import database_url
from app.settings import settings
from search.contract import Engine, EngineUnavailable, HeldElsewhere
from search.documents.sources import sources
from search.engine import configured, engine, prepare, use
from search.following import indexing
from search.following.deriving import derive_all
from search.following.handing_over import IS_PENDING, try_again
from search.following.rebuilding import present
from search.keeping import CHANNEL

log = logging.getLogger(__name__)
CHECKED = "entraide_search_checked"
FOLLOWED_WITHIN, ANSWERS_WITHIN = 60, 600  # seconds
SHOWN = 20
BATCH = 1000

# What the index has yet to follow, or followed while it was read through, differs without being wrong.
_SETTLED = "NOT d.is_gone AND d.indexed = d.version AND d.version < $1"
# What is just being changed is sent again by that change: waiting for it could be for each other.
_STALE = f"""
UPDATE search_document SET indexed = 0 WHERE id IN (
    SELECT d.id FROM search_document d JOIN unnest($2::varchar[], $3::bigint[]) AS seen(id, version) USING (id)
    WHERE seen.version <> d.version AND {_SETTLED} FOR UPDATE OF d SKIP LOCKED)
"""
_LEFT_OVER = """
INSERT INTO search_document (id, type, is_gone, version, indexed, title, body, words, published_at)
SELECT DISTINCT seen.id, '', TRUE, nextval('search_change'), 0, '', '', '', 'epoch'::timestamptz
FROM unnest($1::varchar[]) AS seen(id) WHERE NOT EXISTS (SELECT FROM search_document d WHERE d.id = seen.id)
ON CONFLICT (id) DO NOTHING
"""
_EXPECTED = f"SELECT d.id FROM search_document d WHERE {_SETTLED} AND d.id > $2 ORDER BY d.id LIMIT $3"
_LOST = f"""
UPDATE search_document SET indexed = 0 WHERE id IN (
    SELECT d.id FROM search_document d WHERE {_SETTLED} AND d.id = ANY($2::varchar[]) FOR UPDATE SKIP LOCKED)
"""


class Drift(msgspec.Struct, frozen=True):
    """`derived` rows were not what their ads say; the index had `stale` and `left_over` documents and `lost` some."""

    derived: int = 0
    stale: int = 0
    lost: int = 0
    left_over: int = 0

    def __bool__(self) -> bool:
        return bool(self.derived or self.stale or self.lost or self.left_over)


async def mend(engine: Engine) -> Drift:
    """Compares the rows with what they derive from, and the index with the rows. What differs is derived, or sent,
    again: by the loop of `search.following.indexing`, after this; so is what the engine had refused. Each batch is
    mended by itself: what was done before a check is cut stays done."""
    derived = await derive_all(sources())
    await try_again()
    since = await database.value("SELECT nextval('search_change')")
    stale = left_over = 0
    seen: set[int] = set()  # of a million ids, the numbers they hash to take half the memory
    async for batch in engine.versions():
        ids = [id for id, _ in batch]
        stale += _rows(await database.execute(_STALE, since, ids, [version for _, version in batch]))
        left_over += _rows(await database.execute(_LEFT_OVER, ids))
        seen.update(map(hash, ids))
    lost = await _send_lost(since, seen)
    await database.execute("SELECT pg_notify($1, '')", CHANNEL)
    return Drift(derived=derived, stale=stale, lost=lost, left_over=left_over)


async def _send_lost(since: int, seen: set[int]) -> int:
    """Those that an engine which writes meanwhile moved out of sight come to no harm by being sent again."""
    lost, last = 0, ""
    while ids := [row["id"] for row in await database.rows(_EXPECTED, since, last, BATCH)]:
        if missing := [id for id in ids if hash(id) not in seen]:
            lost += _rows(await database.execute(_LOST, since, missing))
        last = ids[-1]
    return lost


def _rows(status: str) -> int:
    return int(status.rsplit(" ", 1)[-1])


async def check() -> bool:
    """The command: True when nothing had to be mended. Where another process holds the index, its worker is asked.

    Raises `EngineUnavailable`.
    """
    async with database.connection_pool():
        own = configured()
        try:
            await prepare(own)
        except HeldElsewhere:
            drift = await _asked_of_the_site()
        else:
            drift = await _by_ourselves(own)
        finally:
            await own.close()
    click.echo(_in_words(drift))
    return not drift


async def check_here() -> None:
    """The job: in the process that holds the index, every night and for who asked from another one."""
    drift = await mend(engine())
    if drift:
        log.warning("search: %s", _in_words(drift))
    await database.execute("SELECT pg_notify($1, $2)", CHECKED, msgspec.json.encode(drift).decode())


async def _by_ourselves(own: Engine) -> Drift:
    use(own)
    try:
        drift = await mend(own)
        async with beside(indexing.follow_changes()), asyncio.timeout(FOLLOWED_WITHIN):
            await indexing.until_followed()
        return drift
    except TimeoutError as late:
        raise EngineUnavailable("What had to be mended has not reached the index yet: it will by itself.") from late
    finally:
        use(None)


async def _asked_of_the_site() -> Drift:
    from search.jobs import check_index

    said: asyncio.Queue[str] = asyncio.Queue()
    connection = await asyncpg.connect(database_url())
    try:
        await connection.add_listener(CHECKED, lambda *heard: said.put_nowait(heard[-1]))
        await defer(check_index)
        async with asyncio.timeout(ANSWERS_WITHIN):
            return msgspec.json.decode(await said.get(), type=Drift)
    except TimeoutError as silence:
        raise EngineUnavailable("Another process holds the index and does not answer.") from silence
    finally:
        await connection.close()


def _in_words(drift: Drift) -> str:
    if not drift:
        return "The index has what the database says."
    return (
        f"Mended: {drift.derived} derived again, {drift.stale} stale, {drift.lost} lost and {drift.left_over} left over"
        " in the index."
    )


async def status() -> None:
    """The command: what there is, what the index has yet to follow, and what is being built."""
    async with database.connection_pool():
        for line in told(await lag()):
            click.echo(line)
        if away := await _away():
            click.echo(f"the engine is away, PostgreSQL answers in its place: {away}")
        if row := await present():
            click.echo(_state(row))


async def _away() -> str | None:
    """Why a server cannot be asked; an index in a folder is wherever the site is."""
    if not settings().meilisearch_url:
        return None
    own = configured()
    try:
        await own.count()
    except EngineUnavailable as reason:
        return str(reason)
    finally:
        await own.close()
    return None


def told(found: "Lag") -> list[str]:
    refused, shown = found.refused, ", ".join(found.refused[:SHOWN])
    return [
        f"{found.documents} documents, {found.pending} of them not in the index yet",
        *([f"{len(refused)} the engine does not take, set aside: {shown}"] if refused else []),
        "followed by a process that runs" if found.is_followed else "followed by no process: run the site",
    ]


class Lag(msgspec.Struct, frozen=True):
    """`pending` changes wait for the index; `is_followed` when some process is there to bring them. `refused` are the
    documents it will not take."""

    documents: int
    pending: int
    is_followed: bool
    refused: list[str]


async def lag() -> Lag:
    return Lag(
        documents=await database.value("SELECT count(*) FROM search_document WHERE NOT is_gone"),
        pending=await database.value(f"SELECT count(*) FROM search_document WHERE {IS_PENDING}"),
        is_followed=await database.value(_HELD, indexing.LOCK >> 32, indexing.LOCK & 0xFFFFFFFF),
        refused=[row["id"] for row in await database.rows(_REFUSED)],
    )


_REFUSED = "SELECT id FROM search_document WHERE refused = version ORDER BY id"
_HELD = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = $1::bigint::oid AND objid = $2::bigint::oid)
"""


def _state(row: asyncpg.Record) -> str:
    if row["failed"]:
        return f"last rebuild failed: {row['failed']}"
    if row["ended_at"]:
        return f"last built {row['ended_at']:%Y-%m-%d %H:%M} UTC: {row['total']} documents"
    if not row["beside"]:
        return f"being built: {row['done']} of {row['total']} read again" if row["total"] else "about to be built"
    return f"being built: {row['done']} of {row['total']} documents"
