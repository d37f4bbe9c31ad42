"""The addresses of the list and of its map: what members read every day."""

from typing import Any

from jinja2 import Environment
from litestar import Controller, Request, get
from litestar.response import Template

from app import paging
from app.pages import page
from listings.reading.around import asked_by, choices_of, doubt_of
from listings.reading.chips import chips_of
from listings.reading.filters import Filters
from listings.reading.list_page import page_of, query_of
from listings.reading.paged import Page, place_of
from listings.reading.rail import rail_of
from members.guards import signed_in
from members.me import Me
from places.map import departments_map
from search.facets import facets_of
from search.pages.braking import slow_down
from search.pages.pinning import pinned_guide


class Listings(Controller):
    path = "/annonces"
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template:
        asked = request.query_params
        filters, after = asked_by(request.user, Filters.of(asked)), paging.read(asked.get("apres"))
        if after or filters.query():
            await slow_down(request.user)
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        found = await page_of(jinja, request.user, filters, after=after, number=paging.number(asked.get("page")))
        shown = _beside(jinja, request.user, filters, found) | {"doubt": doubt_of(asked, filters)}
        return page(request, "listings/list.html", kept=(*shown.values(), found.key), found=found, **shown)

    @get("/carte")
    async def map(self, request: Request) -> Template:
        filters = asked_by(request.user, Filters.of(request.query_params))
        filters = filters.without("region", "departement", "commune", "rayon")
        await slow_down(request.user)
        counted = await facets_of(query_of(request.user, filters, counts=("department",)))
        counts = counted.facets["department"] if counted else None
        chips = chips_of(filters, Filters.on_map)
        return page(request, "listings/map.html", filters=filters, chips=chips, counts=counts, map=departments_map())


def _beside(jinja: Environment, me: Me, filters: Filters, found: Page) -> dict[str, Any]:
    """What stands around the cards of a list."""
    return {
        "q": filters.q,
        "filters": filters,
        "chips": chips_of(filters),
        "rail": rail_of(jinja, filters, found.facets, place_of(me, filters)),
        "around": choices_of(me, filters),
        "pin": pinned_guide(filters.q),
    }
