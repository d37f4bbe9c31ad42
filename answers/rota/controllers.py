"""The week of a rota, and the page of one released day for those who are asked to take it."""

from datetime import date, timedelta
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from answers.rota.access import Asked, asked_about, rota_of
from answers.rota.covering import say_no, say_yes
from answers.rota.paths import call_path, week_path
from answers.rota.releasing import release_day, take_back
from answers.rota.taking import stop, take_every_week, take_once
from answers.rota.week import EARLIEST, LATEST, week_of_rota
from app import dates
from app.forms import Form
from app.pages import flashes, go, page
from app.refusals import Refused
from app.throttle import throttle
from listings.ad import Ad
from members.guards import signed_in

flashes(
    rota_taken="C’est noté : on compte sur vous. Merci !",
    rota_released="C’est noté. Nous cherchons quelqu’un d’autre, et nous vous tenons au courant.",
    rota_kept="C’est noté : vous venez. Merci !",
    rota_stopped="C’est noté : ce jour de la semaine n’est plus à vous.",
    rota_covered="Merci ! On compte sur vous.",
    rota_declined="Merci d’avoir répondu. Nous demandons à quelqu’un d’autre.",
)
AT_MOST, WINDOW = 40, timedelta(hours=1)
BAD_DAY = "Rechargez la page, puis choisissez de nouveau."


class OnDay(Form):
    day: date
    weekly: bool = False


class RotaWeek(Controller):
    path = "/annonces/{listing_id:uuid}/semaine"
    guards = [signed_in]
    dependencies = {"ad": Provide(rota_of)}

    @get("/")
    async def show(self, ad: NamedDependency[Ad], request: Request, semaine: FromQuery[str] = "") -> Template:
        week = await week_of_rota(ad, request.user, semaine, dates.now())
        return page(request, "answers/rota/week.html", ad=ad, week=week)

    @post("/prise")
    async def take(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        form = await _read(request)
        take = take_every_week if form.weekly else take_once
        await take(ad.id, request.user.id, form.day, dates.now())
        return go(_shown(ad.id, form.day), done="rota_taken")

    @post("/absence")
    async def release(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        form = await _read(request)
        await release_day(ad.id, request.user.id, form.day, dates.now())
        return go(_shown(ad.id, form.day), done="rota_released")

    @post("/retour")
    async def take_back(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        form = await _read(request)
        await take_back(ad.id, request.user.id, form.day, dates.now())
        return go(_shown(ad.id, form.day), done="rota_kept")

    @post("/fin")
    async def stop(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        form = await _read(request)
        await stop(ad.id, request.user.id, form.day, dates.now())
        return go("/agenda", done="rota_stopped")


class DayToCover(Controller):
    path = "/creneaux/{release_id:uuid}"
    guards = [signed_in]
    dependencies = {"asked": Provide(asked_about)}

    @get("/")
    async def ask(self, asked: NamedDependency[Asked], request: Request) -> Template:
        return page(request, "answers/rota/to_cover.html", asked=asked, state=asked.state_for(request.user.id))

    @post("/oui")
    async def say_yes(self, asked: NamedDependency[Asked], request: Request) -> Redirect:
        await say_yes(asked.release, request.user.id, dates.now())
        return go(_after(asked), done="rota_covered")

    @post("/non")
    async def say_no(self, asked: NamedDependency[Asked], request: Request) -> Redirect:
        await say_no(asked.release, request.user.id, dates.now())
        return go(_after(asked), done="rota_declined")

    @post("/absence")
    async def stand_back(self, asked: NamedDependency[Asked], request: Request) -> Redirect:
        await release_day(asked.ad.id, request.user.id, asked.day, dates.now())
        return go(_after(asked), done="rota_released")


async def _read(request: Request) -> OnDay:
    """Every change tells several people: nobody makes them by the dozen."""
    await throttle("rota", str(request.user.id), limit=AT_MOST, every=WINDOW)
    form, _ = OnDay.read(await request.form())
    if form is None or not EARLIEST <= form.day < LATEST:
        raise Refused(BAD_DAY)
    return form


def _shown(listing: UUID, day: date) -> str:
    return f"{week_path(listing, day)}#jour-{day.isoformat()}"


def _after(asked: Asked) -> str:
    return _shown(asked.ad.id, asked.day) if asked.is_of_rota else call_path(asked.release)
