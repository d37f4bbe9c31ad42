"""What can be found, by type: each domain whose things are searched registers one source here."""

from collections.abc import AsyncIterator, Iterable, Sequence
from functools import cache
from typing import ClassVar, Protocol

from search.contract import Document, DocumentType


class Source(Protocol):
    """Where documents of its types come from. Only what may be found now ever becomes one.

    `is_fixed` says that they come with the code, like the site's own pages: read again at each start.
    """

    types: ClassVar[tuple[DocumentType, ...]]
    is_fixed: ClassVar[bool]

    async def documents(self, ids: Sequence[str]) -> list[Document]:
        """Those of these that may be found now, read in the present transaction."""
        ...

    def every(self, after: str = "") -> AsyncIterator[list[str]]:
        """The ids of all that may be found now, in ascending order, those after a given one, in batches: a long
        derivation holds nothing in memory and no transaction open, and goes on where it was left."""
        ...

    async def how_many(self) -> int: ...


@cache
def sources() -> tuple[Source, ...]:
    from benefits.catalogue.documents import Benefits
    from contacts.directory.documents import Contacts
    from search.documents.ads import Ads
    from search.documents.guides import Guides

    return (Ads(), Contacts(), Guides(), Benefits())


async def how_many(among: Iterable[Source]) -> int:
    return sum([await source.how_many() for source in among])
