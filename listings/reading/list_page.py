"""The list of ads: pages of an index of the database, or answers of the search engine, both shown from the rows.

Plain SQL: this is the page everybody reads (IDIOMS of the house: the ORM would cost ten times the query).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from app import database
from app.paging import SIZE, After, numbered
from app.paging import address as address_of
from listings.kinds import PUBLIC
from listings.reading.cards import Rendered, cards, highlighted, listed
from listings.reading.chips import in_words
from listings.reading.filters import Filters
from listings.reading.rail import counted_for
from listings.reading.widening import Wider, wider_than
from members.me import Me
from moving.places import chosen_place
from places.communes import Place
from search.contract import MOST_HITS, DocumentType, Near, Query, Sort
from search.facets import LAST_CHANGE, facets_of
from search.finding import find
from search.vocabulary.unfound import note

ADS = (DocumentType.listing, DocumentType.tip)
MARKED = 20
"""Ads on a page of answers to words: each shows the passage that has them, and weighs more."""


class Page(msgspec.Struct, kw_only=True):
    """What the list shows. `total` is None when nobody counted; `degraded` says that only the newest were searched;
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


async def page_of(jinja: Environment, me: Me, filters: Filters, *, after: After | None, number: int) -> Page:
    """One page of the list as `me` may see it."""
    found = await (
        _searched(jinja, me, filters, number) if filters.needs_engine else _newest(jinja, me, filters, after)
    )
    if found.total == 0 and not found.cards:
        if not found.degraded and filters == Filters(q=filters.q):
            await note(filters.q, me.id)
        found.wider = await wider_than(filters, in_words, lambda one: find(query_of(me, one, counts=())))
    return found


async def _newest(jinja: Environment, me: Me, filters: Filters, after: After | None) -> Page:
    conditions, values = [PUBLIC], list[Any]()

    def given(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    for column, wanted in (
        ("category", filters.categorie),
        ("kind", filters.type),
        ("deal", filters.nature),
        ("department", filters.departement),
    ):
        if wanted:
            conditions.append(f"{column} = {given(str(getattr(wanted, 'value', wanted)))}")
    if me.hidden:
        conditions.append(f"author <> ALL({given(list(me.hidden))})")
    if after:
        conditions.append(f"(published_at, id) < ({given(after.at)}, {given(after.id)})")
    found = await database.rows(
        f"SELECT id, version, commune, published_at, {LAST_CHANGE} AS change FROM listing"
        f" WHERE {' AND '.join(conditions)} ORDER BY published_at DESC, id DESC LIMIT {SIZE + 1}",
        *values,
    )
    if after and not found:  # what was older has gone since: that must not read as if there were nothing
        return await _newest(jinja, me, filters, None)
    shown = found[:SIZE]
    ready = await _cards(jinja, shown, me, filters)
    counts = await facets_of(query_of(me, filters), found[0]["change"] if found else None)
    last = After(shown[-1]["published_at"], shown[-1]["id"]) if len(found) > SIZE else None
    return Page(
        cards=listed(ready[row["id"]].plain for row in shown if row["id"] in ready),
        total=counts.total if counts else None,
        facets=counts.facets if counts else {},
        older=filters.address(apres=address_of(last)) if last else None,
        newer=filters.address() if after else None,
    )


async def _searched(jinja: Environment, me: Me, filters: Filters, number: int) -> Page:
    query = query_of(me, filters)
    number = min(number, MOST_HITS // query.size)
    answer = await find(msgspec.structs.replace(query, page=number))
    last = -(-min(answer.total, MOST_HITS) // query.size)
    if number > last > 0:
        return await _searched(jinja, me, filters, last)
    ids = [UUID(hit.id) for hit in answer.hits]
    # The index is a cache: what may be seen is decided by the rows.
    conditions = f"id = ANY($1) AND {PUBLIC} AND author <> ALL($2)"
    rows = await database.rows(f"SELECT id, version, commune FROM listing WHERE {conditions}", ids, list(me.hidden))
    ready = await _cards(jinja, rows, me, filters)
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


async def _cards(jinja: Environment, rows: Sequence[Any], me: Me, filters: Filters) -> dict[UUID, Rendered]:
    near = place_of(me, filters)
    return await cards(jinja, rows, near.code, is_home=near == me.place)


def place_of(me: Me, filters: Filters) -> Place:
    """Where distances are counted from."""
    return filters.place or chosen_place(me, there=filters.autour is not None)


def query_of(me: Me, filters: Filters, counts: tuple[str, ...] | None = None) -> Query:
    """What the engine is asked; `counts` are the facets to count, without them those that narrow such a list."""
    here, order = place_of(me, filters), filters.order
    return Query(
        words=filters.q,
        type=ADS,
        category=filters.categorie,
        kind=filters.type,
        deal=filters.nature,
        department=filters.departement,
        region=filters.region,
        days=filters.jours,
        periods=filters.moments,
        near=Near(here.lat, here.lon, filters.rayon) if filters.rayon or order is Sort.nearest else None,
        on_or_after=filters.du,
        on_or_before=filters.au,
        price_max_cents=filters.prix_max * 100 if filters.prix_max else None,
        has_photo=filters.photos is not None,
        has_helped=filters.aide is not None,
        sort=order if filters.tri or order is Sort.nearest else Sort.relevance,
        size=MARKED if filters.q else SIZE,
        hidden_authors=tuple(str(member) for member in me.hidden),
        facets=counted_for(filters) if counts is None else counts,
    )
