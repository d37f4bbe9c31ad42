"""The list of local offers, for visitors and for members: the nearest or the newest first, and never by who pays."""

from jinja2 import Environment

from app import database
from app.paging import After
from listings.reading.paged import Page, Reading, newest, searched
from members.me import Me
from moderation.figures.keeping import KeptFigures
from partners.access import online_for
from partners.reading.cards import rendered
from partners.reading.filters import OfferFilters
from places.communes import Place
from search.contract import DocumentType, Near, Query
from search.documents.offers import PUBLIC, of_rubric, valid_in

SIZE = 18
counts = KeptFigures[dict[str, int]]()
MARKED = 15
"""On a page of answers to words: each shows the passage that has them."""


async def page_of(
    jinja: Environment, me: Me | None, filters: OfferFilters, *, after: After | None, number: int
) -> Page:
    """One page of offers as a visitor (None) or `me` may see it. 3 queries, and 1 for cards never shown before."""
    near = near_of(me, filters)
    query = query_of(me, filters)
    reading = Reading((), filters, _online(me, filters), lambda rows: rendered(jinja, rows, near), query)
    return await (searched(reading, number) if filters.needs_engine else newest(reading, {}, after))


def near_of(me: Me | None, filters: OfferFilters) -> Place | None:
    """Where distances are counted from: the commune that was named, else where a member lives."""
    return filters.place or (me.place if me else None)


def query_of(me: Me | None, filters: OfferFilters) -> Query:
    """What the engine is asked, who may read being part of it."""
    here = filters.place
    return Query(
        words=filters.q,
        type=DocumentType.offer,
        kind=filters.type,
        traits=(
            *(() if me else (PUBLIC,)),
            *((of_rubric(filters.rubrique),) if filters.rubrique else ()),
            *((valid_in(filters.departement),) if filters.departement else ()),
        ),
        near=Near(here.lat, here.lon, filters.rayon) if here else None,
        sort=filters.order,
        size=MARKED if filters.q else SIZE,
        facets=(),
    )


def _online(me: Me | None, filters: OfferFilters) -> str:
    """The condition on `listing`. What stands in it are values of enums and codes of departments that exist."""
    kinds = [f"details ->> 'offer_kind' = '{filters.type.value}'"] if filters.type else []
    rubrics = [f"details ->> 'rubric' = '{filters.rubrique.value}'"] if filters.rubrique else []
    places = [f"details -> 'departments' ? '{filters.departement}'"] if filters.departement else []
    return " AND ".join([online_for(me), *kinds, *rubrics, *places])


async def by_department(me: Me | None) -> dict[str, int]:
    """How many offers are valid in each department, by code, as they were at most a minute ago."""
    return await counts.get(me is None, lambda: _counted(me))


async def _counted(me: Me | None) -> dict[str, int]:
    rows = await database.rows(
        "SELECT code, count(*)::int AS many FROM listing,"
        " LATERAL jsonb_array_elements_text(coalesce(details -> 'departments', '[]')) AS code"
        f" WHERE {online_for(me)} GROUP BY code"
    )
    return {row["code"]: row["many"] for row in rows}
