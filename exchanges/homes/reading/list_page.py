"""The list of homes, as its filters ask for it: by place, size and what a home allows, never by when it is free."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from jinja2 import Environment

from app import database
from app.dates import today
from app.kept import Kept
from app.paging import After
from exchanges.homes.cards import COLUMNS, band, readable
from exchanges.homes.reading.filters import HomeFilters, in_words
from exchanges.homes.reading.rail import COUNTED
from listings.kinds import PUBLIC
from listings.reading.cards import EXCERPT, TITLE, Rendered
from listings.reading.paged import Page, Reading, newest, place_of, searched
from listings.reading.widening import wider_than
from members.me import Me
from places.communes import Place
from search.contract import DocumentType, Near, Query, Sort
from search.finding import find
from search.vocabulary.unfound import note

SIZE = 18
"""Two or three to a row come out even; more would weigh more than a page may."""
MARKED = 15
"""On a page of answers to words: each shows the passage that has them."""
ONLINE = f"category = 'home' AND {PUBLIC}"

_cards = Kept[tuple[UUID, int, str, date, bool], Rendered](2000)


async def page_of(jinja: Environment, me: Me, filters: HomeFilters, *, after: After | None, number: int) -> Page:
    """One page of homes as `me` may see it. 3 queries, and 1 for cards never shown before."""
    near = place_of(me, filters)
    reading = Reading(
        me.hidden,
        filters,
        ONLINE,
        lambda rows: rendered(jinja, rows, near, is_home=near == me.place, reader=me.id),
        query_of(me, filters),
    )
    matching = {"department": filters.departement}
    found = await (searched(reading, number) if filters.needs_engine else newest(reading, matching, after))
    if found.total == 0 and not found.cards:
        if not found.degraded and filters == filters.only("q"):
            await note(filters.q, me.id)
        found.wider = await wider_than(filters, in_words, lambda one: find(query_of(me, one, counts=())))
    return found


def query_of(me: Me, filters: HomeFilters, counts: tuple[str, ...] = COUNTED) -> Query:
    """What the engine is asked; `counts` are the facets to count."""
    here, order = place_of(me, filters), filters.order
    return Query(
        words=filters.q,
        type=DocumentType.home,
        kind=filters.type,
        department=filters.departement,
        region=filters.region,
        traits=filters.traits,
        sleeps_min=filters.couchages,
        near=Near(here.lat, here.lon, filters.rayon) if filters.rayon or order is Sort.nearest else None,
        sort=order if filters.tri or order is Sort.nearest else Sort.relevance,
        size=MARKED if filters.q else SIZE,
        hidden_authors=tuple(str(member) for member in me.hidden),
        facets=counts,
    )


async def rendered(
    jinja: Environment, keys: Sequence[Any], near: Place, *, is_home: bool = True, reader: UUID | None = None
) -> dict[UUID, Rendered]:
    """The card of each row of `keys` (`id`, `version`, `commune`) as an item of a list, the same for everyone at the
    same distance from `near`, but for a `reader` whose own (`author`) is marked. One query, and only for what is not
    kept."""
    day = today()
    wanted = {
        row["id"]: (
            row["id"],
            row["version"],
            band(near.code, row["commune"], is_home),
            day,
            reader is not None and row["author"] == reader,
        )
        for row in keys
    }
    ready = {id: card for id, key in wanted.items() if (card := _cards.get(key))}
    if missing := [id for id in wanted if id not in ready]:
        render = jinja.get_template("exchanges/homes/_card.html").module.home_card  # type: ignore[attr-defined]
        for row in await database.rows(f"SELECT {COLUMNS} FROM listing WHERE id = ANY($1)", missing):
            home = readable(row, near, is_home=is_home)
            if home is None:
                continue
            is_mine = wanted[row["id"]][-1]
            slotted = f"<li>{render(msgspec.structs.replace(home, title=TITLE, excerpt=EXCERPT, is_mine=is_mine))}</li>"
            ready[row["id"]] = _cards.put(wanted[row["id"]], Rendered.of(slotted, home.title))
    return ready
