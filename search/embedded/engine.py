"""The engine in this process, for a site without Meilisearch."""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

from search.contract import Answer, Document, DocumentType, EngineUnavailable, Query, Suggestion
from search.embedded import reading
from search.embedded.build import Build, give_memory_back
from search.embedded.folder import Folder
from search.embedded.schema import VERSION

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
        self._beside: tuple[str, Build] | None = None
        self._meanwhile: dict[str, Document | None] | None = None

    @property
    def identity(self) -> str:
        return f"{self.name} {VERSION} {self._folder.path.resolve() if self._folder.path else id(self)}"

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

    async def begin(self) -> str:
        return await asyncio.to_thread(self._begin)

    async def holds(self, beside: str) -> bool:
        # What was added is only written down by the swap: it does not outlive the process.
        return self._beside is not None and self._beside[0] == beside

    async def add(self, beside: str, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        changes: dict[str, Document | None] = {document.id: document for document in documents}
        await asyncio.to_thread(self._fresh(beside).add, changes | dict.fromkeys(gone))

    async def swap(self, beside: str) -> None:
        await asyncio.to_thread(self._swap, self._fresh(beside))

    async def abandon(self, beside: str) -> None:
        if await self.holds(beside):
            await asyncio.to_thread(self._drop)

    async def versions(self) -> AsyncIterator[list[tuple[str, int]]]:
        last, seen = -1, 0
        while found := await asyncio.to_thread(reading.versions, self._ready().searcher, last, seen):
            yield found
            at_last = [version for _, version in found if version == found[-1][1]]
            last, seen = found[-1][1], len(at_last) + (seen if found[-1][1] == last else 0)

    async def rebuild(
        self, batches: AsyncIterator[list[Document]], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        async with self._rebuilding:
            await asyncio.to_thread(self._remember_changes, True)
            beside = await self.begin()
            done = 0
            try:
                async for batch in batches:
                    await self.add(beside, batch)
                    done += len(batch)
                    progress(done)
                await self.swap(beside)
            except BaseException:
                # Without await: a cancelled rebuild, too, must drop what it began.
                self._remember_changes(False)
                self._drop()
                raise

    async def count(self) -> int:
        return int(self._ready().searcher.num_docs)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        with self._writing:
            if self._beside:
                self._drop()
            build, self._live = self._live, None
            if build:
                build.close()
            self._folder.release()

    def _open(self) -> None:
        with self._writing:
            self._open_once()

    def _open_once(self) -> None:
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

    def _begin(self) -> str:
        if self._beside:
            self._drop()
        path = self._folder.begin()
        self._beside = path.name if path else uuid4().hex, Build(path)
        return self._beside[0]

    def _fresh(self, beside: str) -> Build:
        if self._beside is None or self._beside[0] != beside:
            raise EngineUnavailable(f"There is no index {beside} beside the live one.")
        return self._beside[1]

    def _drop(self) -> None:
        dropped, self._beside = self._beside, None
        if dropped:
            dropped[1].close()
            self._folder.sweep(keep=self._live.path if self._live else None)

    def _remember_changes(self, remember: bool) -> None:
        with self._writing:
            self._meanwhile = {} if remember else None

    def _swap(self, fresh: Build) -> None:
        with self._writing:
            fresh.write(self._meanwhile or {})
            fresh.commit()
            self._folder.make_live(fresh.path)
            former, self._live, self._meanwhile, self._beside = self._live, fresh, None, None
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
