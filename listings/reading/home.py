"""The first page: for a visitor what this is, for a member what is near and what waits for them."""

from typing import Any

from jinja2 import Environment
from litestar import Controller, Request, get
from litestar.response import Template
from markupsafe import Markup

from agenda.waiting import what_waits
from app import database
from app.pages import page
from listings.kinds import ADS, ONLINE_ADS, Category
from listings.own_ads import living_ads
from listings.reading.cards import cards, listed
from listings.reading.filters import Filters
from listings.reading.narrowing import Around
from members.me import Me
from moving.declaring import declared_by
from moving.places import places_of
from places.communes import Place

SHOWN = 6
OWN_SHOWN = 5


class Home(Controller):
    @get("/")
    async def home(self, request: Request) -> Template:
        if request.user is None:
            return page(request, "public/home.html")
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        return page(request, "listings/home.html", **await _for_member(jinja, request.user))


async def _for_member(jinja: Environment, me: Me) -> dict[str, Any]:
    """The newest ads of the member's department and of the one they are moving to, their own ads in progress, what
    waits for them, and whether they have arrived. 7 queries at most."""
    return {
        "waiting": await what_waits(me),
        "near": [await _near(jinja, me, place) for place in _departments_apart(places_of(me))],
        "arrived": await _arrived(me),
        "own": await living_ads(me.id, most=OWN_SHOWN),
        "categories": [
            *((category, Filters(categorie=category).address()) for category in ADS),
            (Category.home, "/logements"),
        ],
    }


def _departments_apart(places: tuple[Place, ...]) -> list[Place]:
    """Who moves within a department reads its ads once."""
    return [place for at, place in enumerate(places) if place.department not in {p.department for p in places[:at]}]


async def _near(jinja: Environment, me: Me, place: Place) -> dict[str, Any]:
    """The newest ads of a place's department, and where to read them all."""
    way = None if place == me.place else Around.there
    return {
        "place": place,
        "is_home": way is None,
        "cards": await _newest_near(jinja, me, place),
        "address": Filters(departement=place.department, autour=way).address(),
    }


async def _arrived(me: Me) -> Place | None:
    """The place of a move whose season has come: do they live there now?"""
    declared = await declared_by(me.id)
    return declared.place if declared and declared.has_begun else None


async def _newest_near(jinja: Environment, me: Me, place: Place) -> Markup:
    rows = await database.rows(
        f"SELECT id, version, commune, title FROM listing WHERE {ONLINE_ADS} AND department = $1 AND author <> ALL($2)"
        f" AND author <> $3 ORDER BY published_at DESC, id DESC LIMIT {SHOWN}",
        place.department,
        list(me.hidden),
        me.id,
    )
    ready = await cards(jinja, rows, place.code, is_home=place == me.place)
    return listed(ready[row["id"]].plain for row in rows if row["id"] in ready)
