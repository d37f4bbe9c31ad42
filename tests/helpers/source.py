"""The project's own files, as its conventions read them."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from litestar import Litestar

PROJECT = Path(__file__).resolve().parent.parent.parent
DOMAINS = (
    "app",
    "members",
    "places",
    "listings",
    "answers",
    "thanks",
    "agenda",
    "messaging",
    "moving",
    "notifications",
    "moderation",
    "search",
    "exchanges",
    "benefits",
    "contacts",
    "partners",
)


def files(*folders: str, ending: tuple[str, ...]) -> Iterator[Path]:
    """Every file of these folders with one of these endings, in order."""
    for folder in folders:
        found = (file for file in sorted((PROJECT / folder).rglob("*")) if file.suffix in ending)
        yield from (file for file in found if "node_modules" not in file.parts and "__pycache__" not in file.parts)


def templates(app: Litestar) -> Environment:
    """The site's own Jinja environment, with its globals and filters."""
    assert app.template_engine is not None
    return app.template_engine.engine


def here(file: Path) -> str:
    return str(file.relative_to(PROJECT))
