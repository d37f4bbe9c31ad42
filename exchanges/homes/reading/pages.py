"""Where homes are looked for and read, and how an exchange works."""

from typing import Any
from uuid import UUID

from jinja2 import Environment
from litestar import Controller, Request, get
from litestar.params import FromPath
from litestar.response import Template

from app import paging
from app.pages import page
from exchanges.homes.legal import REMINDER
from exchanges.homes.reading.filters import HomeFilters, chips_of
from exchanges.homes.reading.list_page import page_of
from exchanges.homes.reading.rail import rail_of
from exchanges.homes.reading.showing import home_page
from exchanges.homes.sheet import OCCUPANCY
from exchanges.kinds import Form
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
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        seen = await home_page(jinja, listing_id, request.user)
        chosen = {"form": Form.week_room if "semaine" in request.query_params else Form.pair}
        return page(request, "exchanges/homes/show.html", kept=(seen.key, *chosen.values()), seen=seen, chosen=chosen)


class HowExchangesWork(Controller):
    @get("/logements/comment-ca-marche")
    async def show(self, request: Request) -> Template:
        reminders = [(TITLES[title], reminder) for title, reminder in REMINDER.items()]
        return page(request, "exchanges/homes/how.html", kept=(), reminders=reminders)


def _beside(jinja: Environment, me: Me, filters: HomeFilters, found: Page) -> dict[str, Any]:
    """What stands around the cards."""
    return {
        "filters": filters,
        "chips": chips_of(filters),
        "rail": rail_of(jinja, filters, found.facets, place_of(me, filters)),
        "around": choices_of(me, filters),
    }
