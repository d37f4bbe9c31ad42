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

        return MeilisearchEngine(settings().meilisearch_url, settings().meilisearch_key)
    from search.embedded import EmbeddedEngine

    return EmbeddedEngine(settings().index_dir)


@asynccontextmanager
async def open_engine(_app: Litestar | None = None) -> AsyncIterator[None]:
    """Opens the engine; when it has no usable index, one is built meanwhile and pages do without it."""
    opened = configured()
    use(opened)
    try:
        async with beside(_make_ready(opened)):
            yield
    finally:
        use(None)
        await opened.close()


async def _make_ready(opened: Engine) -> None:
    from search.rebuilding import rebuild
    from search.vocabulary import following

    wait = 1
    while True:
        try:
            await following.read_again()  # what is prepared holds the words of the site's administrators too
            await opened.prepare()
            if opened.needs_rebuild:
                await rebuild(opened)
            return
        except EngineUnavailable as reason:
            log.warning("search: not ready (%s), trying again in %s s", reason, wait)
        except Exception:
            log.exception("search: the index could not be made ready, trying again in %s s", wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, 60)
