"""The address of the one box."""

from typing import Any

from litestar import Controller, Request, get
from litestar.response import Template

from app.pages import page
from listings.kinds import ADS, Category
from listings.reading.filters import Filters
from listings.reading.narrowing import Around
from members.guards import signed_in
from members.me import Me
from moving.places import places_of
from search.pages.braking import slow_down
from search.pages.one_box import search_everything

CATEGORIES = (
    *((category, Filters(categorie=category).address()) for category in ADS),
    (Category.home, "/logements"),
    (Category.local_offer, "/offres"),
)
NEAR_KM = 25


class Searching(Controller):
    path = "/recherche"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        filters = Filters(q=Filters.of(request.query_params).q)
        if not filters.q:
            return page(request, "search/nothing_typed.html", kept=(), q="", categories=CATEGORIES)
        await slow_down(request.user)
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        found = await search_everything(jinja, request.user, filters.q)
        shown: dict[str, Any] = {
            "filters": filters,
            "found": found,
            "near": _near(request.user, filters),
            "categories": CATEGORIES,
        }
        return page(request, "search/everything.html", kept=tuple(shown.values()), q=filters.q, **shown)


def _near(me: Me, filters: Filters) -> tuple[tuple[str, str], ...]:
    """Name and address of the same search around each of the member's places."""
    ways = zip(places_of(me), (None, Around.there), strict=False)
    return tuple((place.name, Filters(q=filters.q, rayon=NEAR_KM, autour=way).address()) for place, way in ways)
