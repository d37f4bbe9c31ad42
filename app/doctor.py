"""`entraide doctor`: one line per thing the site stands on, and how to mend what is wrong."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
import msgspec

if TYPE_CHECKING:
    from search.contract import Engine

OLDEST_PYTHON, OLDEST_POSTGRES = (3, 11), 15
SHORTEST_SECRET = 32
LEAST_FREE = 1_000_000_000  # bytes
MOST_DRIFT_SECONDS = 5
STALLED_AFTER = "10 minutes"
MAIL_PORTS = {"smtp": 587, "smtps": 465}


class Found(msgspec.Struct, frozen=True):
    """What one check saw; `mend` says what to do and is empty when all is well."""

    saw: str
    mend: str = ""


class Wrong(Exception):
    """Carries a `Found` out of a check that cannot go on."""

    def __init__(self, saw: str, mend: str) -> None:
        super().__init__(saw)
        self.found = Found(saw, mend)


Check = Callable[[], Awaitable[Found]]


async def examine() -> bool:
    """Prints every check; True when nothing is wrong."""
    is_well = await _told("python", python)
    if not await _told("settings", readable_settings):
        return False  # nothing below can be asked without them
    for name, check in (("files", state_folder), ("disk", disk), ("photos", photo_folder), ("packages", packages),
                        ("address", address), ("secret", secret), ("e-mail", mail)):  # fmt: skip
        is_well &= await _told(name, check)
    if not await _told("database", database_server):
        return False
    async with _connected():
        if not await _told("tables", tables):
            return False
        for name, check in (("clock", clock), ("queue", queue), ("search", search), ("social", social)):
            is_well &= await _told(name, check)
    return is_well


async def _told(name: str, check: Check) -> bool:
    try:
        found = await check()
    except Wrong as wrong:
        found = wrong.found
    except Exception as crash:
        found = Found(f"{type(crash).__name__}: {crash}", "This check itself failed: read the message above.")
    mark = click.style("wrong", fg="red", bold=True) if found.mend else click.style("ok   ", fg="green")
    click.echo(f"{mark}  {name:<9} {found.saw}" + (f"\n       {'':<9} → {found.mend}" if found.mend else ""))
    return not found.mend


async def python() -> Found:
    saw = ".".join(map(str, sys.version_info[:3]))
    is_new_enough = sys.version_info[:2] >= OLDEST_PYTHON
    return Found(saw, "" if is_new_enough else f"Install Python {'.'.join(map(str, OLDEST_PYTHON))} or newer.")


async def readable_settings() -> Found:
    from app.settings import settings

    try:
        settings()
    except msgspec.ValidationError as unreadable:
        raise Wrong(str(unreadable), "Correct this environment variable; the README lists what each expects.") from None
    except OSError as refused:
        raise Wrong(str(refused), "Set STATE_DIR to a folder this user may create and write in.") from None
    if settings().demo and settings().is_https:
        raise Wrong("demo mode on a public address", "Unset DEMO: /courriels shows every e-mail to everyone.")
    return Found("read from the environment" + (", demo mode" if settings().demo else ""))


async def state_folder() -> Found:
    from app.settings import settings

    return _writable(settings().state_dir)


async def photo_folder() -> Found:
    from app.settings import settings

    folder = settings().photo_dir
    return _writable(folder) if folder.exists() else Found(f"{folder} will be made with the first photo")


def _writable(folder: Path) -> Found:
    is_open = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return Found(str(folder), "" if is_open else f"Give this user the right to write in {folder}.")


async def disk() -> Found:
    from app.settings import settings

    free = shutil.disk_usage(settings().state_dir).free
    mend = (
        ""
        if free >= LEAST_FREE
        else f"Make room, or move STATE_DIR: photos and the index need {LEAST_FREE // 10**9} GB."
    )
    return Found(f"{free / 1e9:.1f} GB free", mend)


async def packages() -> Found:
    from app.assets import Assets

    try:
        await asyncio.to_thread(Assets)
    except (RuntimeError, LookupError) as missing:
        raise Wrong(str(missing), "Run `npm ci`, or `make demo` which does it.") from None
    return Found("fonts, icons and htmx are installed")


async def address() -> Found:
    from app.settings import settings

    url = urlsplit(settings().site_url)
    if url.scheme not in ("http", "https") or not url.hostname or url.path.strip("/"):
        raise Wrong(
            settings().site_url, "Set SITE_URL to the address people type, without a path: https://entraide.example."
        )
    is_local = url.hostname in ("127.0.0.1", "localhost", "::1")
    mend = "" if url.scheme == "https" or is_local else "Serve the site over HTTPS and say so in SITE_URL."
    return Found(settings().site_url + (" (this machine only)" if is_local else ""), mend)


async def secret() -> Found:
    from app.settings import settings

    length = len(settings().secret)
    mend = "" if length >= SHORTEST_SECRET else f"Set SECRET to {SHORTEST_SECRET} random characters or more."
    return Found(f"{length} characters", mend)


async def mail() -> Found:
    from app.settings import settings

    if not settings().smtp_url:
        is_public = settings().is_https and not settings().demo
        mend = "Set SMTP_URL: without it nobody can confirm their address." if is_public else ""
        return Found(f"written to files in {settings().mail_dir}", mend)
    url = urlsplit(settings().smtp_url)
    if url.scheme not in MAIL_PORTS or not url.hostname:
        raise Wrong("SMTP_URL cannot be read", "Write it as smtp://user:password@host:587 or smtps://…")
    port = url.port or MAIL_PORTS[url.scheme]
    try:
        async with asyncio.timeout(10):
            _, writer = await asyncio.open_connection(url.hostname, port)
    except (OSError, TimeoutError) as away:
        raise Wrong(
            f"{url.hostname}:{port} does not answer ({away or 'timeout'})", "Check SMTP_URL and the firewall."
        ) from None
    writer.close()
    return Found(f"{url.hostname}:{port} answers")


async def database_server() -> Found:
    import asyncpg

    from app.postgres import database_url

    try:
        connection = await asyncpg.connect(await asyncio.to_thread(database_url), timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError, ValueError, RuntimeError) as away:
        raise Wrong(
            f"no answer ({away})", "Start PostgreSQL and check DATABASE_URL, or unset it to use the embedded one."
        ) from None
    major = connection.get_server_version().major
    await connection.close()
    mend = "" if major >= OLDEST_POSTGRES else f"Upgrade to PostgreSQL {OLDEST_POSTGRES} or newer."
    return Found(f"PostgreSQL {major}", mend)


async def tables() -> Found:
    from piccolo.apps.migrations.commands.check import CheckMigrationManager

    from app import database

    queue_is_there = await database.value("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
    if not await database.value("SELECT to_regclass('migration') IS NOT NULL"):
        raise Wrong("the database is empty", "Run `entraide migrate`.")
    states = await CheckMigrationManager(app_name="all").get_migration_statuses()
    missing = [f"{state.app_name} {state.migration_id}" for state in states if not state.has_ran]
    if missing or not queue_is_there:
        raise Wrong(f"{len(missing) or 1} migrations to run", "Run `entraide migrate`.")
    return Found(f"{len(states)} migrations, all run")


async def clock() -> Found:
    """Against the database's clock: on two machines that disagree, links and sessions end too early or too late."""
    from app import database

    there: datetime = await database.value("SELECT clock_timestamp()")
    drift = abs((datetime.now(UTC) - there).total_seconds())
    return Found(f"{drift:.1f} s from the database's", "" if drift < MOST_DRIFT_SECONDS else "Set both clocks by NTP.")


async def queue() -> Found:
    from app import database

    counted = await database.row(
        f"""
        SELECT count(*) FILTER (WHERE status = 'failed')::int AS failed,
            count(*) FILTER (WHERE is_due)::int AS waiting,
            count(*) FILTER (WHERE is_queued AND attempts > 0)::int AS retried,
            count(*) FILTER (WHERE is_late)::int AS late, min(came) FILTER (WHERE is_late) AS oldest
        FROM (SELECT status, attempts, came, is_queued, is_queued AND coalesce(scheduled_at, now()) <= now() AS is_due,
                status <> 'failed' AND came < now() - interval '{STALLED_AFTER}' AS is_late
            FROM (SELECT j.*, j.status NOT IN ('doing', 'failed') AS is_queued,
                    coalesce(j.scheduled_at, (SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id)) AS came
                FROM procrastinate_jobs j WHERE j.status NOT IN ('succeeded', 'cancelled', 'aborting', 'aborted')) jobs
        ) looked_at
        """
    )
    assert counted is not None  # noqa: S101 - an aggregate always answers one row
    saw = f"{counted['waiting']} waiting, {counted['retried']} being tried again, {counted['failed']} failed"
    if counted["late"]:
        since = f"{counted['oldest'].astimezone():%d/%m %H:%M}"
        return Found(f"{saw}, {counted['late']} stalled since {since}", "Run `entraide serve` or `entraide worker`.")
    mend = "Read the worker's log; a failed job is not tried again by itself." if counted["failed"] else ""
    return Found(saw, mend)


async def search() -> Found:
    from app.settings import settings
    from search.contract import EngineUnavailable, HeldElsewhere
    from search.engine import configured
    from search.following.checking import lag

    engine = configured()
    try:
        version = await _server_version() if settings().meilisearch_url else await _embedded(engine)
        indexed = await engine.count()
    except HeldElsewhere:
        return Found(f"{engine.name}: in use by the running site, not counted")
    except EngineUnavailable as away:
        raise Wrong(f"{engine.name}: {away}", "Run `entraide reindex`.") from None
    finally:
        await engine.close()
    behind = await lag()
    saw = f"{engine.name}{version}: {indexed} of {behind.documents} documents, {behind.pending} changes to follow"
    if behind.pending:
        return Found(saw, "" if behind.is_followed else "Run `entraide serve` or `entraide worker`: they follow.")
    return Found(saw, "" if indexed == behind.documents else "Run `entraide search check`, or `entraide reindex`.")


async def social() -> Found:
    """The keys of the social service open the oldest and the newest of what was sealed."""
    from contacts.social.rotating import unopened
    from contacts.social.sealing import sound_keys

    if wrong := sound_keys():
        raise Wrong(wrong, "Correct SOCIAL_KEYS; `entraide social key` draws one.")
    tried, failed = await unopened()
    if failed:
        mend = "Put back the key they need in SOCIAL_KEYS, or STATE_DIR/social.key: without it they are lost."
        raise Wrong(f"{failed} of {tried} sealed words tried are opened by no key", mend)
    return Found(f"{tried} sealed words tried, all opened" if tried else "nothing sealed yet; the keys are sound")


async def _embedded(engine: "Engine") -> str:
    """Opens it; there is no version to tell."""
    await engine.prepare()
    if engine.needs_rebuild:
        raise Wrong(f"{engine.name}: no usable index", "Run `entraide reindex`; `entraide serve` also builds it.")
    return ""


async def _server_version() -> str:
    """The server's, where the site's key is told; what is wrong with server, keys or settings is raised."""
    from app.settings import settings
    from search.meili.examining import examine
    from search.vocabulary.following import read_again

    await read_again()  # the administrators' words are among the settings that are compared
    given = settings()
    seen = await asyncio.to_thread(examine, given.meilisearch_url, given.meilisearch_key, given.meilisearch_search_key)
    if seen.wrong:
        raise Wrong(f"meilisearch: {seen.wrong}", seen.mend)
    return f" {seen.version}" if seen.version else ""


@asynccontextmanager
async def _connected() -> AsyncIterator[None]:
    """A pool of its own, unless one is open."""
    from app.database import connection_pool
    from app.piccolo_conf import DB

    if DB.pool is not None:
        yield
        return
    async with connection_pool():
        yield
