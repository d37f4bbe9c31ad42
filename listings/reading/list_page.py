"""The list of ads, as its filters ask for it."""

from typing import Any

from jinja2 import Environment

from app.paging import SIZE, After
from listings.kinds import ONLINE_ADS
from listings.reading.cards import cards
from listings.reading.chips import in_words
from listings.reading.filters import Filters
from listings.reading.paged import Page, Reading, newest, place_of, searched
from listings.reading.rail import counted_for
from listings.reading.widening import wider_than
from members.me import Me
from search.contract import DocumentType, Near, Query, Sort
from search.finding import around, find
from search.vocabulary.unfound import note

ADS = (DocumentType.listing, DocumentType.tip)
MARKED = 20
"""Ads on a page of answers to words: each shows the passage that has them, and weighs more."""


async def page_of(jinja: Environment, me: Me, filters: Filters, *, after: After | None, number: int) -> Page:
    """One page of the list as `me` may see it."""
    near = place_of(me, filters)
    reading = Reading(
        me.hidden,
        filters,
        ONLINE_ADS,
        lambda rows: cards(jinja, rows, near.code, is_home=near == me.place),
        query_of(me, filters),
    )
    found = await (searched(reading, number) if filters.needs_engine else newest(reading, _matching(filters), after))
    if found.total == 0 and not found.cards:
        if not found.degraded and filters == Filters(q=filters.q):
            await note(filters.q, me.id)
        found.wider = await wider_than(filters, in_words, lambda one: find(query_of(me, one, counts=())))
    return found


def _matching(filters: Filters) -> dict[str, Any]:
    """The columns of `listing` that some of these filters are."""
    return {
        "category": filters.categorie,
        "kind": filters.type,
        "deal": filters.nature,
        "department": filters.departement,
    }


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
        favours=around(here) if filters.q else None,
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
