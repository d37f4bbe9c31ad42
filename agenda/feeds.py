"""The addresses of feeds: read by programs without a session, and the page where a member finds and renews theirs."""

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from agenda.access import holder
from agenda.addresses import Feed, feed_address
from agenda.ads_feed import ads_feed, asked_of, name_of, only_places_and_kinds
from agenda.calendar_file import calendar_of
from agenda.calendars import NAME, events_around_today
from agenda.renewing import renew_feed_addresses
from agenda.unchanged import unless_known
from app.pages import flashes, go, page
from app.settings import settings
from listings.kinds import ADS, CATEGORY
from listings.reading.filters import Filters
from members.guards import signed_in
from members.me import Me
from places.departments import departments

flashes(feeds_renewed="Vos adresses sont remplacées. Les anciennes ne fonctionnent plus.")

CALENDAR = "text/calendar"  # Litestar adds the charset to what is text
ATOM = "application/atom+xml; charset=utf-8"


class Feeds(Controller):
    path = "/flux/{token:str}"
    opt = {"exclude_from_csrf": True}  # nothing is posted here, and a program has no use for a cookie

    @get("/agenda.ics")
    async def agenda(self, token: FromPath[str], request: Request) -> Response[bytes]:
        reader = await holder(token, Feed.agenda)
        events = await events_around_today(reader.id, reader.hidden)
        return await unless_known(request, msgspec.json.encode(events), lambda: calendar_of(events, NAME), CALENDAR)

    @get("/annonces.atom")
    async def ads(self, token: FromPath[str], request: Request) -> Response[bytes]:
        reader = await holder(token, Feed.ads)
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        narrowed = only_places_and_kinds(Filters.of(request.query_params))
        body = await ads_feed(jinja, reader.hidden, narrowed, _address(request))
        return await unless_known(request, body, lambda: body, ATOM)


class MyFeeds(Controller):
    path = "/moi/flux"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        narrowed = only_places_and_kinds(Filters.of(request.query_params))
        return page(request, "agenda/feeds.html", **await _addresses(request.user, narrowed))

    @post("/renouvellement")
    async def renew(self, request: Request) -> Redirect:
        await renew_feed_addresses(request.user)
        return go("/moi/flux", done="feeds_renewed")


async def _addresses(me: Me, narrowed: Filters) -> dict[str, Any]:
    calendar = await feed_address(me, Feed.agenda)
    return {
        "calendar": calendar,
        "subscribe": calendar.replace("https://", "webcal://").replace("http://", "webcal://"),
        "ads": await feed_address(me, Feed.ads, **asked_of(narrowed)),
        "name": name_of(narrowed),
        "sent": {name: value or "" for name, value in asked_of(narrowed).items()},
        "categories": [(category.value, CATEGORY[category]) for category in ADS],
        "departments": [(one.code, one.label) for one in departments()],
    }


def _address(request: Request) -> str:
    """What was asked for, as members know the site: behind a proxy the request has another name."""
    return settings().site_url + request.url.path + (f"?{request.url.query}" if request.url.query else "")
