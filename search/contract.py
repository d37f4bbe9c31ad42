"""What every search engine takes and gives back, whichever one serves.

Engines know nothing of listings, members or the database: they are handed plain documents and
plain queries. What must never be found is never put; what one person must not see is left out by
`Query.hidden_authors`, from hits, totals, facets and suggestions alike.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple, Protocol

from msgspec import Meta, Struct

# Pages stop here, as they do in Meilisearch: nobody reads on, and deep offsets cost more and more.
MOST_HITS = 1000

FACETS = ("category", "kind", "deal", "department")


class EngineUnavailable(Exception):
    """The engine cannot answer now: down, over its budget of time, or waiting for its first build."""


class Document(Struct, frozen=True, kw_only=True):
    """One thing that can be found.

    `id` is made of letters, digits, hyphens and underscores. `words` holds what is searched
    without being shown: labels of the category's fields, name of the department. `department` is
    its code. `lat` and `lon` are degrees, of the commune's centre. A missing `starts_on` or
    `ends_on` leaves that side open; a missing price costs nothing.
    """

    id: str
    category: str
    kind: str | None = None
    deal: str | None = None
    title: str
    body: str
    words: str = ""
    commune: str = ""
    department: str = ""
    region: str = ""
    lat: float
    lon: float
    price_cents: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    published_at: datetime
    author: str
    has_photo: bool = False


class Sort(StrEnum):
    relevance = "relevance"
    newest = "newest"
    nearest = "nearest"


class Near(Struct, frozen=True):
    """A place in degrees; `km` bounds the distance, None only orders by it."""

    lat: float
    lon: float
    km: float | None = None


class Query(Struct, frozen=True, kw_only=True):
    """What is asked for. Dates keep what overlaps [on_or_after, on_or_before].

    Without words, relevance means newest; nearest without `near` means newest too.
    """

    words: str = ""
    category: str | None = None
    kind: str | None = None
    deal: str | None = None
    department: str | None = None
    near: Near | None = None
    on_or_after: date | None = None
    on_or_before: date | None = None
    price_max_cents: int | None = None
    with_photo: bool = False
    sort: Sort = Sort.relevance
    page: Annotated[int, Meta(ge=1)] = 1
    size: Annotated[int, Meta(ge=1, le=100)] = 25
    hidden_authors: tuple[str, ...] = ()

    @property
    def window(self) -> tuple[int, int]:
        """Offset and length of the page, never reaching past MOST_HITS."""
        offset = (max(self.page, 1) - 1) * self.size
        return min(offset, MOST_HITS), max(0, min(self.size, MOST_HITS - offset))


class Piece(NamedTuple):
    text: str
    is_hit: bool


# Plain text cut where highlighting starts and stops: the template escapes each piece by itself.
Marked = tuple[Piece, ...]


class Hit(Struct, frozen=True):
    id: str
    title: Marked
    excerpt: Marked


class Answer(Struct, frozen=True, kw_only=True):
    """`facets[facet][value]` counts what choosing that value would give, all other filters kept.

    `total` may exceed what the pages reach (MOST_HITS). `took_ms` is the time of the whole answer.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    took_ms: float
    engine: str


class Suggestion(Struct, frozen=True):
    """A title. `id` is the document's when only one of those looked at bears it."""

    text: str
    id: str | None = None


def distinct_titles(found: Iterable[tuple[str, str]], limit: int, fold: Callable[[str], str]) -> list[Suggestion]:
    """From (title, id), each title once, as first written; those that look alike once `fold`ed are one."""
    titles: dict[str, Suggestion] = {}
    for title, id in found:
        alike = titles.get(fold(title))
        titles[fold(title)] = Suggestion(alike.text) if alike else Suggestion(title, id)
    return list(titles.values())[:limit]


class Engine(Protocol):
    """Every method raises EngineUnavailable when the engine cannot do its part."""

    name: str

    @property
    def needs_rebuild(self) -> bool:
        """True when there is no usable index: missing, damaged or written by another version."""
        ...

    async def prepare(self) -> None:
        """Open the index or apply its settings; to be called once before anything else."""
        ...

    async def search(self, query: Query) -> Answer: ...

    async def suggest(self, typed: str, limit: int = 5, hidden_authors: tuple[str, ...] = ()) -> list[Suggestion]:
        """Titles that complete what is being typed, newest first."""
        ...

    async def put(self, documents: Iterable[Document]) -> None:
        """Add or replace; findable when this returns."""
        ...

    async def remove(self, ids: Iterable[str]) -> None:
        """No longer findable when this returns; unknown ids are nothing to do."""
        ...

    async def rebuild(
        self, batches: AsyncIterator[list[Document]], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        """Build another index beside the live one, then swap; what is put or removed meanwhile wins
        over the batches. If it fails, the live index stays as it was."""
        ...

    async def count(self) -> int: ...

    async def close(self) -> None: ...
