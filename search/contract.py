"""What every search engine takes and gives back, whichever one serves.

Engines know nothing of listings, members or the database: they are handed plain documents and
plain queries. What must never be found is never put; what one person must not see is left out by
`Query.hidden_authors`, from hits, totals, facets and suggestions alike.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple, Protocol

from msgspec import Meta, Struct

# Pages stop here, as they do in Meilisearch: nobody reads on, and deep offsets cost more and more.
MOST_HITS = 1000

FACETS = (
    "type", "category", "kind", "deal", "department", "region", "days", "periods", "traits", "has_photo", "has_helped",
)  # fmt: skip
CUMULATIVE = ("traits",)
"""Facets of which a query keeps what has every value chosen; of the others, what has any."""


class DocumentType(StrEnum):
    """What can be found; a domain that adds one registers a source of its documents (search.documents.sources)."""

    listing = "listing"
    tip = "tip"
    home = "home"
    benefit = "benefit"
    offer = "offer"
    contact = "contact"
    guide = "guide"


WHEREVER = (DocumentType.home, DocumentType.benefit, DocumentType.guide)
"""What is as good far away as near: one exchanges homes to be somewhere else, and rights and the site's own pages are
nowhere."""


class Period(StrEnum):
    """Parts of a day, in local time: before noon, from noon, from 18 h."""

    morning = "morning"
    afternoon = "afternoon"
    evening = "evening"


class EngineUnavailable(Exception):
    """The engine cannot answer now: down, over its budget of time, or waiting for its first build."""


class TooSlow(EngineUnavailable):
    """It may well answer another question: this one was over the budget of time."""


class HeldElsewhere(EngineUnavailable):
    """Another process holds the index: only that one can use it."""


class NotTaken(EngineUnavailable):
    """The engine is there, but refused something it was given: trying that again would not help."""


class Document(Struct, frozen=True, kw_only=True):
    """One thing that can be found.

    `id` is made of letters, digits, hyphens and underscores, and is one over all types. `words` holds what is searched
    without being shown: labels of the category's fields, name of the department. `commune`, `department` and `region`
    are INSEE codes, empty for what is of no place; `lat` and `lon` are degrees, of the commune's centre. A missing
    `starts_on` or `ends_on` leaves that side open; a missing price costs nothing. `soonest_on` is the day "soonest"
    sorts by. `days` are 0 (Monday) to 6. Where dates or days would tell that somebody is away, there are none: a home
    never has any. `traits` are what it is and allows (search.documents.homes), `sleeps` how many people; its kind is
    also `kind`. `has_helped` says that its author has helped somebody, `helpful` how often what is here served: it
    breaks ties. `expires_at` is when it ceases to be found by itself. `path` is where it is read, for what has no card
    of its own; `covers` are the needs, in words, for which it is shown above everything else. `version` grows with
    every change; the index keeps it, so that what it has can be compared with the database.
    """

    id: str
    type: DocumentType = DocumentType.listing
    category: str = ""
    kind: str | None = None
    deal: str | None = None
    title: str
    body: str
    words: str = ""
    commune: str = ""
    department: str = ""
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    price_cents: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    soonest_on: date | None = None
    days: tuple[int, ...] = ()
    periods: tuple[Period, ...] = ()
    traits: tuple[str, ...] = ()
    sleeps: int | None = None
    published_at: datetime
    expires_at: datetime | None = None
    author: str = ""
    has_photo: bool = False
    has_helped: bool = False
    helpful: int = 0
    path: str = ""
    covers: tuple[str, ...] = ()
    version: int = 0

    def values_of(self, facet: str) -> tuple[str, ...]:
        """Under which values of a facet it is counted."""
        return _as_values(getattr(self, facet))


class Sort(StrEnum):
    relevance = "relevance"
    newest = "newest"
    nearest = "nearest"
    soonest = "soonest"


class Near(Struct, frozen=True):
    """A place in degrees; `km` bounds the distance, None only orders by it."""

    lat: float
    lon: float
    km: float | None = None


class Query(Struct, frozen=True, kw_only=True):
    """What is asked for. Dates keep what overlaps [on_or_after, on_or_before].

    Without words, relevance means newest; nearest without `near` means newest too; soonest puts what has no day last,
    newest first. A facet of several values keeps what has any of them, `traits` what has all. `sleeps_min` keeps what
    sleeps so many or more. `favours` is a circle around the one who asks: where words go by relevance, what lies in it
    comes before the rest, each in the order of relevance; not of one type that is `WHEREVER`. What expires at
    `alive_at` or before, and the `hidden_ids`, are left out of hits, totals, facets and suggestions alike. `facets` are
    those to count.
    """

    words: str = ""
    type: DocumentType | tuple[DocumentType, ...] | None = None
    category: str | None = None
    kind: str | None = None
    deal: str | None = None
    department: str | None = None
    region: str | None = None
    days: tuple[int, ...] = ()
    periods: tuple[Period, ...] = ()
    traits: tuple[str, ...] = ()
    sleeps_min: int | None = None
    near: Near | None = None
    favours: Near | None = None
    on_or_after: date | None = None
    on_or_before: date | None = None
    price_max_cents: int | None = None
    has_photo: bool = False
    has_helped: bool = False
    sort: Sort = Sort.relevance
    page: Annotated[int, Meta(ge=1)] = 1
    size: Annotated[int, Meta(ge=1, le=100)] = 25
    hidden_authors: tuple[str, ...] = ()
    hidden_ids: tuple[str, ...] = ()
    alive_at: datetime | None = None
    facets: tuple[str, ...] = FACETS

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values of a facet asked for; none means all."""
        return _as_values(getattr(self, facet))

    @property
    def favoured(self) -> Near | None:
        """The circle whose content comes first; None where that changes nothing."""
        here = self.favours
        if here is None or here.km is None or self.sort is not Sort.relevance or not self.words:
            return None
        if self.type in WHEREVER:
            return None
        is_all_of_it = self.near and self.near.km is not None and self.near.km <= here.km
        is_same_place = self.near and (self.near.lat, self.near.lon) == (here.lat, here.lon)
        return None if is_all_of_it and is_same_place else here

    @property
    def counted_apart(self) -> list[str]:
        """The facets to count without their own choice: another value of them would take its place."""
        return [facet for facet in self.facets if facet not in CUMULATIVE and self.chosen(facet)]

    @property
    def counted_together(self) -> list[str]:
        """The facets to count among what is found."""
        return [facet for facet in self.facets if facet in CUMULATIVE or not self.chosen(facet)]

    @property
    def window(self) -> tuple[int, int]:
        """Offset and length of the page, never reaching past MOST_HITS."""
        offset = (max(self.page, 1) - 1) * self.size
        return min(offset, MOST_HITS), max(0, min(self.size, MOST_HITS - offset))


def _as_values(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(map(str, value))
    if isinstance(value, bool):
        return ("true",) if value else ()
    return (str(value),) if value else ()


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

    `total` may exceed what the pages reach (MOST_HITS). `took_ms` is the time of the whole answer. `degraded` says that
    the engine was away and only the newest matches were ranked.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    took_ms: float
    engine: str
    degraded: bool = False


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
    """Every method raises EngineUnavailable when the engine cannot do its part.

    One process at a time writes (search.following.indexing sees to it), any number search.
    """

    name: str

    @property
    def identity(self) -> str:
        """Which index this is: the engine, its format and where it is kept. Another one has yet to be filled."""
        ...

    @property
    def needs_rebuild(self) -> bool:
        """True when there is no usable index: missing, damaged or written by another version."""
        ...

    async def prepare(self) -> None:
        """Open the index or apply its settings; to be called before anything else, and again without harm."""
        ...

    async def search(self, query: Query) -> Answer: ...

    async def grouped(self, query: Query, sizes: Mapping[DocumentType, int]) -> dict[DocumentType, Answer]:
        """The first so many of each type, in one go, whatever `query.type` and `query.page` say; no facets."""
        ...

    async def suggest(self, query: Query, limit: int = 5) -> list[Suggestion]:
        """Titles that complete `query.words`, newest first, within the query's conditions."""
        ...

    async def put(self, documents: Iterable[Document]) -> None:
        """Add or replace; findable when this returns. Raises `NotTaken`, and adds none, where it will never take one of
        them."""
        ...

    async def remove(self, ids: Iterable[str]) -> None:
        """No longer findable when this returns; unknown ids are nothing to do."""
        ...

    async def begin(self) -> str:
        """An empty index beside the live one, by the name the next four take. Any other left beside is dropped."""
        ...

    async def holds(self, beside: str) -> bool:
        """Whether it is still there with all that was added, also when another process began it."""
        ...

    async def add(self, beside: str, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Documents to add or replace there and ids to leave out, in the order of the calls; accepted when this
        returns, with never more than a few batches waiting. Raises `NotTaken` as `put` does, or leaves it to `swap`."""
        ...

    async def swap(self, beside: str) -> None:
        """Waits for all that was added, then makes it the live index without an empty moment. Raises `NotTaken`
        when something added was refused: the live index then stays."""
        ...

    async def abandon(self, beside: str) -> None:
        """Drops it; one that is not there is nothing to do."""
        ...

    def versions(self) -> AsyncIterator[list[tuple[str, int]]]:
        """Of everything in the live index, in any order: id and `Document.version`."""
        ...

    async def rebuild(
        self, batches: AsyncIterator[list[Document]], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        """`begin`, `add` and `swap` in one go, for tests and benchmarks; what is put or removed meanwhile wins
        over the batches. If it fails, the live index stays as it was."""
        ...

    async def count(self) -> int: ...

    async def close(self) -> None: ...
