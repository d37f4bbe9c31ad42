"""What can be found, by type: each domain whose things are searched registers one source here."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from search.contract import Document, DocumentType


class Source(Protocol):
    """Where documents of its types come from. Only what may be found now ever becomes one."""

    types: tuple[DocumentType, ...]

    async def documents(self, ids: Sequence[str]) -> list[Document]:
        """Those of these that may be found now, read in the present transaction."""
        ...

    def every(self) -> AsyncIterator[list[Document]]:
        """Batches, so that a long rebuild holds nothing in memory and no transaction open."""
        ...

    async def how_many(self) -> int: ...
