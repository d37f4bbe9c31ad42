"""The engine in this process, for a site without Meilisearch."""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from search.contract import Answer, Document, DocumentType, EngineUnavailable, Query, Suggestion
from search.embedded import reading
from search.embedded.build import Build, give_memory_back
from search.embedded.folder import Folder

log = logging.getLogger(__name__)


class EmbeddedEngine:
    """tantivy on a folder, or in memory when there is no path. One process may hold it at a time.

    tantivy lets other threads run while it searches, so searches leave the event loop.
    """

    name = reading.NAME

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._folder = Folder(path)
        self._live: Build | None = None
        # tantivy's writer takes one thread at a time; writers hold this in threads, not on the event loop.
        self._writing = threading.Lock()
        self._rebuilding = asyncio.Lock()
        self._meanwhile: dict[str, Document | None] | None = None

    @property
    def needs_rebuild(self) -> bool:
        return self._live is None

    async def prepare(self) -> None:
        await asyncio.to_thread(self._open)

    async def search(self, query: Query) -> Answer:
        build = self._ready()
        with _damage_is_unavailable():
            return await asyncio.to_thread(reading.answer, build.searcher, build.places, query)

    async def grouped(self, query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
        build = self._ready()
        with _damage_is_unavailable():
            return await asyncio.to_thread(reading.grouped, build.searcher, build.places, query, sizes)

    async def suggest(self, query: Query, limit: int = 5) -> list[Suggestion]:
        build = self._ready()
        with _damage_is_unavailable():
            return await asyncio.to_thread(reading.suggestions, build.searcher, build.places, query, limit)

    async def put(self, documents: Iterable[Document]) -> None:
        await asyncio.to_thread(self._change, {document.id: document for document in documents})

    async def remove(self, ids: Iterable[str]) -> None:
        await asyncio.to_thread(self._change, dict.fromkeys(ids))

    async def rebuild(
        self, batches: AsyncIterator[list[Document]], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        async with self._rebuilding:
            await asyncio.to_thread(self._remember_changes, True)
            fresh = await asyncio.to_thread(lambda: Build(self._folder.begin()))
            done = 0
            try:
                async for batch in batches:
                    await asyncio.to_thread(fresh.add, batch)
                    done += len(batch)
                    progress(done)
                await asyncio.to_thread(self._swap, fresh)
            except BaseException:
                # Without await: a cancelled rebuild, too, must drop what it began.
                self._remember_changes(False)
                fresh.close()
                self._folder.sweep(keep=self._live.path if self._live else None)
                raise

    async def count(self) -> int:
        return int(self._ready().searcher.num_docs)

    async def close(self) -> None:
        build, self._live = self._live, None
        if build:
            await asyncio.to_thread(build.close)
        self._folder.release()

    def _open(self) -> None:
        self._folder.hold()
        path = self._folder.live()
        if self._live is not None or (path is None and self._folder.path is not None):
            return
        try:
            self._live = Build(path)
        except BaseException as error:
            if not _is_damage(error):
                raise
            log.warning("The search index cannot be used and must be rebuilt: %s", error)
            return
        self._folder.sweep(keep=path)

    def _ready(self) -> Build:
        if self._live is None:
            raise EngineUnavailable("The search index waits for its first build.")
        return self._live

    def _change(self, changes: dict[str, Document | None]) -> None:
        if not changes:
            return
        with self._writing:
            if self._meanwhile is not None:
                self._meanwhile |= changes
                if self._live is None:
                    return
            build = self._ready()
            with _damage_is_unavailable():
                build.write(changes)
                build.commit()

    def _remember_changes(self, remember: bool) -> None:
        with self._writing:
            self._meanwhile = {} if remember else None

    def _swap(self, fresh: Build) -> None:
        with self._writing:
            fresh.write(self._meanwhile or {})
            fresh.commit()
            self._folder.make_live(fresh.path)
            former, self._live, self._meanwhile = self._live, fresh, None
        if former:
            former.close()
        self._folder.sweep(keep=fresh.path)
        give_memory_back()


@contextmanager
def _damage_is_unavailable() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if not _is_damage(error):
            raise
        log.exception("The search index failed")
        raise EngineUnavailable(str(error)) from error


def _is_damage(error: BaseException) -> bool:
    """tantivy reports damage as ValueError or OSError, or as a panic, which is not an Exception."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"
