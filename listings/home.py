"""The first page: for a visitor what this is, for a member what is near and what waits for them."""

from typing import Any

from jinja2 import Environment
from litestar import Controller, Request, get
from litestar.response import Template
from markupsafe import Markup

from app import database
from app.pages import page
from listings.cards import cards, listed
from listings.filters import Filters
from listings.kinds import CATEGORY
from listings.own_ads import living_ads
from listings.reading import PUBLIC
from members.me import Me

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
    """The newest ads of the member's department, and their own ads in progress. 3 queries at most."""
    return {
        "near": await _newest_near(jinja, me),
        "near_address": Filters(departement=me.place.department).address(),
        "place": me.place,
        "own": await living_ads(me.id, most=OWN_SHOWN),
        "categories": [(category, Filters(categorie=category).address()) for category in CATEGORY],
    }


async def _newest_near(jinja: Environment, me: Me) -> Markup:
    rows = await database.rows(
        f"SELECT id, version, commune, title FROM listing WHERE {PUBLIC} AND department = $1 AND author <> ALL($2)"
        f" AND author <> $3 ORDER BY published_at DESC, id DESC LIMIT {SHOWN}",
        me.place.department,
        list(me.hidden),
        me.id,
    )
    ready = await cards(jinja, rows, me.commune)
    return listed(ready[row["id"]].plain for row in rows if row["id"] in ready)
