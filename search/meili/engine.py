"""Meilisearch: searches through one pooled asynchronous connection, writes through its own client."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress

from msgspec.structs import replace

from search.contract import Answer, Document, DocumentType, EngineUnavailable, Query, Suggestion
from search.meili import around
from search.meili.reading import NAME, Reader
from search.meili.server import NoIndex, Server
from search.meili.settings import INDEX, VERSION
from search.meili.writing import Writer


class MeilisearchEngine:
    """`budget_ms` bounds each answer, all round trips together; `index` is the index's name on the server.

    `key` writes and reads; `search_key` only searches, and is enough for a process that never writes.
    """

    name = NAME

    def __init__(
        self,
        url: str,
        key: str | None = None,
        index: str = INDEX,
        budget_ms: float = 300,
        search_key: str | None = None,
    ) -> None:
        self._url = url
        self._index = f"{index}-v{VERSION}"
        self._only_searches = bool(search_key) and not key
        self._writer = Writer(Server(url, key), self._index)
        self._reader = Reader(url, search_key or key, self._index, budget_ms / 1000)
        self._rebuilding = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._meanwhile: dict[str, Document | None] | None = None

    @property
    def identity(self) -> str:
        return f"{NAME} {self._index} {self._url}"

    @property
    def needs_rebuild(self) -> bool:
        return self._reader.is_missing

    async def prepare(self) -> None:
        await asyncio.to_thread(around.get_ready)
        if self._only_searches:
            with suppress(NoIndex):
                await self.count()
        else:
            self._reader.is_missing = not await asyncio.to_thread(self._writer.prepare)

    async def search(self, query: Query) -> Answer:
        (answer,) = await self._reader.answers([query])
        return answer

    async def grouped(self, query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
        each = [replace(query, type=type, page=1, size=size, facets=()) for type, size in sizes.items()]
        return dict(zip(sizes, await self._reader.answers(each), strict=True)) if each else {}

    async def suggest(self, query: Query, limit: int = 5) -> list[Suggestion]:
        return await self._reader.suggest(query, limit)

    async def put(self, documents: Iterable[Document]) -> None:
        await self._change({document.id: document for document in documents})

    async def remove(self, ids: Iterable[str]) -> None:
        await self._change(dict.fromkeys(ids))

    async def begin(self) -> str:
        return await asyncio.to_thread(self._writer.begin)

    async def holds(self, beside: str) -> bool:
        return await asyncio.to_thread(self._writer.holds, beside)

    async def add(self, beside: str, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        await asyncio.to_thread(self._writer.add, beside, list(documents), list(gone))

    async def swap(self, beside: str) -> None:
        await asyncio.to_thread(self._writer.swap, beside)
        self._reader.is_missing = False

    async def abandon(self, beside: str) -> None:
        await asyncio.to_thread(self._writer.abandon, beside)

    async def versions(self) -> AsyncIterator[list[tuple[str, int]]]:
        seen = 0
        while found := await asyncio.to_thread(self._writer.versions, seen):
            yield found
            seen += len(found)

    async def rebuild(
        self, batches: AsyncIterator[list[Document]], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        async with self._rebuilding:
            beside = await self.begin()
            self._meanwhile, done = {}, 0
            try:
                async for batch in batches:
                    await self.add(beside, batch)
                    done += len(batch)
                    progress(done)
                async with self._writing:
                    await self.add(beside, *_apart(self._meanwhile))
                    await self.swap(beside)
            except BaseException:
                # In a thread of its own and unawaited: a cancelled rebuild, too, must drop what it began.
                asyncio.get_running_loop().run_in_executor(None, self._drop, beside)
                raise
            finally:
                self._meanwhile = None

    async def count(self) -> int:
        return await self._reader.count()

    async def close(self) -> None:
        await self._reader.close()

    def _drop(self, beside: str) -> None:
        with suppress(EngineUnavailable):  # the next one to begin drops it
            self._writer.abandon(beside)

    async def _change(self, changes: dict[str, Document | None]) -> None:
        async with self._writing:
            if self._meanwhile is not None:
                self._meanwhile |= changes
            try:
                await asyncio.to_thread(self._writer.change, *_apart(changes))
            except NoIndex:
                self._reader.is_missing = True
                if self._meanwhile is None:
                    raise


def _apart(changes: dict[str, Document | None]) -> tuple[list[Document], list[str]]:
    """What to add or replace, and what to remove."""
    put = [document for document in changes.values() if document is not None]
    return put, [key for key, document in changes.items() if document is None]
