"""A page of cards, of ads or of homes: the newest from an index of the database, all else from the search engine, both
shown from the rows.

Plain SQL: these are the pages everybody reads (IDIOMS of the house: the ORM would cost ten times the query).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from markupsafe import Markup

from app import database
from app.paging import After, numbered
from app.paging import address as address_of
from listings.reading.cards import Rendered, highlighted, listed
from listings.reading.narrowing import Narrowing
from listings.reading.widening import Wider
from members.me import Me
from moving.places import chosen_place
from places.communes import Place
from search.contract import MOST_HITS, Query
from search.facets import LAST_CHANGE, facets_of
from search.finding import find


class Page(msgspec.Struct, kw_only=True):
    """What a list shows. `total` is None when nobody counted; `degraded` says that only the newest were searched;
    `wider` are ways to find something where nothing was."""

    cards: Markup
    total: int | None
    facets: dict[str, dict[str, int]]
    older: str | None = None
    newer: str | None = None
    pages: list[tuple[int | None, str, bool]] = []
    degraded: bool = False
    wider: tuple[Wider, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What two readers must have alike to see the same list; the filters and their counts stand beside it."""
        return self.cards, self.total, self.older, self.newer, tuple(self.pages), self.degraded, self.wider


class Reading(NamedTuple):
    """Which list is read, and how: `hidden` are members whose things its reader must not meet, `online` is the
    condition on `listing` for what may stand in it, `cards` renders rows (`id`, `version`, `commune`, `author`),
    `query` is what the engine is asked."""

    hidden: Sequence[UUID]
    filters: Narrowing
    online: str
    cards: Callable[[Sequence[Any]], Awaitable[dict[UUID, Rendered]]]
    query: Query


async def newest(reading: Reading, matching: Mapping[str, Any], after: After | None) -> Page:
    """What was published last of the rows `matching`, value by column, from `after` on. 2 queries and the cards'."""
    conditions, values = [reading.online], list[Any]()

    def given(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    for column, wanted in matching.items():
        if wanted:
            conditions.append(f"{column} = {given(str(getattr(wanted, 'value', wanted)))}")
    if reading.hidden:
        conditions.append(f"author <> ALL({given(list(reading.hidden))})")
    if after:
        conditions.append(f"(published_at, id) < ({given(after.at)}, {given(after.id)})")
    size = reading.query.size
    found = await database.rows(
        f"SELECT id, version, commune, author, published_at, {LAST_CHANGE} AS change FROM listing"
        f" WHERE {' AND '.join(conditions)} ORDER BY published_at DESC, id DESC LIMIT {size + 1}",
        *values,
    )
    if after and not found:  # what was older has gone since: that must not read as if there were nothing
        return await newest(reading, matching, None)
    shown = found[:size]
    ready = await reading.cards(shown)
    counts = await facets_of(reading.query, found[0]["change"] if found else None)
    last = After(shown[-1]["published_at"], shown[-1]["id"]) if len(found) > size else None
    return Page(
        cards=listed(ready[row["id"]].plain for row in shown if row["id"] in ready),
        total=counts.total if counts else None,
        facets=counts.facets if counts else {},
        older=reading.filters.address(apres=address_of(last)) if last else None,
        newer=reading.filters.address() if after else None,
    )


async def searched(reading: Reading, number: int) -> Page:
    """The page of that number of what the engine finds, or the last one. 2 queries and the cards'."""
    filters, query = reading.filters, reading.query
    number = min(number, MOST_HITS // query.size)
    answer = await find(msgspec.structs.replace(query, page=number))
    last = -(-min(answer.total, MOST_HITS) // query.size)
    if number > last > 0:
        return await searched(reading, last)
    ids = [UUID(hit.id) for hit in answer.hits]
    # The index is a cache: what may be seen is decided by the rows.
    conditions = f"id = ANY($1) AND {reading.online} AND author <> ALL($2)"
    rows = await database.rows(
        f"SELECT id, version, commune, author FROM listing WHERE {conditions}", ids, list(reading.hidden)
    )
    ready = await reading.cards(rows)
    return Page(
        cards=listed(
            highlighted(ready[id], hit.title, hit.excerpt) if filters.q else ready[id].plain
            for id, hit in zip(ids, answer.hits, strict=True)
            if id in ready
        ),
        total=answer.total,
        facets=answer.facets,
        pages=numbered(lambda page: filters.address(page=page), last, number),
        degraded=answer.degraded,
    )


def place_of(me: Me, filters: Narrowing) -> Place:
    """Where distances are counted from."""
    return filters.place or chosen_place(me, there=filters.autour is not None)
