"""The addresses of local offers: read by visitors, who are shown and given nothing of their own, and by members."""

from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency, Provide
from litestar.response import Template

from app import paging
from app.pages import page
from benefits.kinds import RUBRIC
from listings.reading.around import doubt_of
from listings.reading.choices import named
from listings.reading.holding import RADII
from members.me import Me
from partners.access import VisibleOffer, visible_offer
from partners.kinds import OFFER_KIND
from partners.reading.beside import beside
from partners.reading.filters import OfferFilters, chips_of
from partners.reading.list_page import by_department, page_of
from partners.shown import OfferShown
from places.departments import departments
from places.map import departments_map
from search.pages.braking import slow_down


class Offers(Controller):
    path = "/offres"

    @get("/")
    async def list(self, request: Request) -> Template:
        me, asked = _reader(request), request.query_params
        filters, after = OfferFilters.of(asked), paging.read(asked.get("apres"))
        if me and filters.needs_engine:
            await slow_down(me)
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        found = await page_of(jinja, me, filters, after=after, number=paging.number(asked.get("page")))
        doubt = doubt_of(asked, filters)
        return page(request, "partners/list.html", found=found, doubt=doubt, **_beside(filters))

    @get("/carte")
    async def map(self, request: Request) -> Template:
        counts = await by_department(_reader(request))
        return page(request, "partners/map.html", counts=counts, map=departments_map(), filters=OfferFilters())


class OneOffer(Controller):
    path = "/offres/{listing_id:uuid}"
    dependencies = {"offer": Provide(visible_offer)}

    @get("/")
    async def show(self, offer: NamedDependency[VisibleOffer], request: Request) -> Template:
        me = _reader(request)
        seen = await beside(offer.ad.id, me.id if me else None)
        shown = OfferShown.of(
            offer.ad.content, offer.sheet, near=me.place if me else None, confirmed_at=seen.confirmed_at
        )
        is_mine = bool(me and me.id == offer.ad.author)
        return page(request, "partners/show.html", ad=offer.ad, shown=shown, is_mine=is_mine, seen=seen)


def _beside(filters: OfferFilters) -> dict[str, Any]:
    """The filters around the cards."""
    return {
        "filters": filters,
        "chips": chips_of(filters),
        "kinds": named(OFFER_KIND, None, filters.type),
        "rubrics": named(RUBRIC, None, filters.rubrique),
        "departments": departments(),
        "radii": RADII,
    }


def _reader(request: Request) -> Me | None:
    me: Me | None = request.scope.get("user")
    return me and me.as_reader
