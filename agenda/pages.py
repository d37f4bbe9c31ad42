"""The addresses of a member's own space and agenda."""

from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.params import FromPath
from litestar.response import Template

from agenda.calendars import calendar_of_date, day_of_file
from agenda.feeds import CALENDAR
from agenda.month import month_of
from agenda.periods import Month, Week
from agenda.space import space_of
from agenda.week import week_of
from app.pages import page
from members.guards import signed_in
from places.zones import today_in


class MySpace(Controller):
    path = "/mon-espace"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return page(request, "agenda/space.html", **await space_of(request.user, request.query_params.get("annonces")))


class Agenda(Controller):
    path = "/agenda"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        today = today_in(request.user.place.department)
        if wanted := request.query_params.get("mois"):
            shown = await month_of(request.user, Month.read(wanted, today), today)
            return page(request, "agenda/month.html", month=shown)
        week = Week.read(request.query_params.get("semaine"), today)
        return page(request, "agenda/week.html", week=await week_of(request.user, week, today))

    @get("/{commitment:uuid}/{name:str}")
    async def file(self, commitment: FromPath[UUID], name: FromPath[str], request: Request) -> Response[bytes]:
        day = day_of_file(name)
        body = await calendar_of_date(request.user, commitment, day)
        attached = {"content-disposition": f'attachment; filename="entraide-{day}.ics"', "cache-control": "no-store"}
        return Response(body, media_type=CALENDAR, headers=attached)
