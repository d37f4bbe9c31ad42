"""Where homes are looked for and read, and how an exchange works."""

from typing import Any
from uuid import UUID

from jinja2 import Environment
from litestar import Controller, Request, get
from litestar.params import FromPath
from litestar.response import Template

from app import paging
from app.forms import Errors
from app.pages import page
from exchanges.homes.legal import REMINDER
from exchanges.homes.reading.filters import HomeFilters, chips_of
from exchanges.homes.reading.list_page import page_of
from exchanges.homes.reading.rail import rail_of
from exchanges.homes.reading.showing import home_page
from exchanges.homes.sheet import OCCUPANCY
from listings.reading.around import asked_by, choices_of, doubt_of
from listings.reading.paged import Page, place_of
from members.guards import signed_in
from members.me import Me
from search.pages.braking import slow_down

TITLES = {one: "Vous êtes " + words for one, words in OCCUPANCY.items()}


class Homes(Controller):
    path = "/logements"
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template:
        asked = request.query_params
        filters, after = asked_by(request.user, HomeFilters.of(asked)), paging.read(asked.get("apres"))
        if after or filters.query():
            await slow_down(request.user)
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        found = await page_of(jinja, request.user, filters, after=after, number=paging.number(asked.get("page")))
        shown = _beside(jinja, request.user, filters, found) | {"doubt": doubt_of(asked, filters)}
        return page(request, "exchanges/homes/list.html", kept=(*shown.values(), found.key), found=found, **shown)


class OneHome(Controller):
    path = "/logements/{listing_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, listing_id: FromPath[UUID], request: Request) -> Template:
        return await home_shown(request, listing_id)


class HowExchangesWork(Controller):
    @get("/logements/comment-ca-marche")
    async def show(self, request: Request) -> Template:
        reminders = [(TITLES[title], reminder) for title, reminder in REMINDER.items()]
        return page(request, "exchanges/homes/how.html", kept=(), reminders=reminders)


async def home_shown(request: Request, listing: UUID, sent: object = None, errors: Errors | None = None) -> Template:
    """The page of a home; with what was sent and its messages when a request for an exchange did not fit."""
    jinja = request.app.template_engine.engine  # type: ignore[union-attr]
    seen = await home_page(jinja, listing, request.user)
    wants_week = "semaine" in request.query_params
    return page(
        request,
        "exchanges/homes/show.html",
        422 if errors else 200,
        kept=None if errors else (seen.key, wants_week),
        seen=seen,
        sent=sent or {},
        errors=errors or {},
        wants_week=wants_week,
    )


def _beside(jinja: Environment, me: Me, filters: HomeFilters, found: Page) -> dict[str, Any]:
    """What stands around the cards."""
    return {
        "filters": filters,
        "chips": chips_of(filters),
        "rail": rail_of(jinja, filters, found.facets, place_of(me, filters)),
        "around": choices_of(me, filters),
    }
