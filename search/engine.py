"""The engine this process searches with: Meilisearch when configured, else the embedded one."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from app.beside import beside
from app.settings import settings
from search.contract import Engine, EngineUnavailable

log = logging.getLogger(__name__)
_current: Engine | None = None


def engine() -> Engine:
    """Raises `EngineUnavailable` in a process that opened none."""
    if _current is None:
        raise EngineUnavailable("no search engine is open in this process")
    return _current


def use(chosen: Engine | None) -> None:
    global _current
    _current = chosen


def configured() -> Engine:
    """The engine the settings ask for, not yet opened."""
    if settings().meilisearch_url:
        from search.meili import MeilisearchEngine

        given = settings()
        return MeilisearchEngine(
            given.meilisearch_url, given.meilisearch_key, search_key=given.meilisearch_search_key or None
        )
    from search.embedded import EmbeddedEngine

    return EmbeddedEngine(settings().index_dir)


@asynccontextmanager
async def open_engine(_app: Litestar | None = None) -> AsyncIterator[None]:
    """Opens the engine. As long as it cannot be, or has no usable index, pages do without it."""
    opened = configured()
    use(opened)
    try:
        async with beside(_make_ready(opened)):
            yield
    finally:
        use(None)
        await opened.close()


async def prepare(opened: Engine) -> None:
    """Opens the index or applies its settings: the words of the administrators are among them, and read first."""
    from search.vocabulary.following import read_again

    await read_again()
    await opened.prepare()


async def _make_ready(opened: Engine) -> None:
    wait = 1
    while True:
        try:
            return await prepare(opened)
        except EngineUnavailable as reason:
            log.warning("search: not ready (%s), trying again in %s s", reason, wait)
        except Exception:
            log.exception("search: the engine could not be made ready, trying again in %s s", wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, 60)
