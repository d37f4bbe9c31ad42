"""The pages of a move: where to and since when, and what there is to do."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.dates import today
from app.forms import Errors, Form
from app.pages import flashes, go, page
from members.guards import signed_in
from members.home_commune import as_choices, meant, trouble
from moving.declaring import arrive, declare, declared_by, take_back
from moving.places import places_of
from moving.seasons import Since, coming
from moving.steps import Step, list_for, steps_done, tick
from places.communes import Place

flashes(
    moving_declared="C’est noté. Personne d’autre ne le voit.",
    moving_taken_back="Votre deuxième commune est oubliée.",
    moving_arrived="Bienvenue chez vous ! C’est maintenant votre commune.",
)
AT_HOME = "C’est déjà votre commune. Indiquez celle où vous irez."


class Declaration(Form):
    commune: Annotated[str, msgspec.Meta(max_length=120)]
    since: Annotated[str, msgspec.Meta(max_length=20)]
    commune_code: Annotated[str, msgspec.Meta(max_length=5)] = ""

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"commune": "Indiquez la commune où vous irez.", "since": "Choisissez une saison."}


class Arrival(Form):
    commune: Annotated[str, msgspec.Meta(max_length=5)] = ""


class Tick(Form):
    done: bool = False


class MovingPages(Controller):
    path = "/mutation"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return await _page(request)

    @post("/")
    async def declare(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = Declaration.read(sent)
        if form is None:
            return await _page(request, 422, sent=sent, errors=errors)
        place, since, errors, candidates = _read(form, request.user)
        if place is None or since is None or errors:
            return await _page(request, 422, sent=sent, errors=errors, choices=as_choices(candidates))
        await declare(request.user, place, since)
        return go("/mutation", done="moving_declared")

    @post("/suppression")
    async def take_back(self, request: Request) -> Redirect:
        await take_back(request.user.id)
        return go("/mutation", done="moving_taken_back")

    @post("/arrivee")
    async def arrive(self, request: Request) -> Redirect:
        form, _ = Arrival.read(await request.form())
        await arrive(request.user, form.commune if form else "")
        return go("/mutation", done="moving_arrived")

    @post("/etapes/{step:str}")
    async def tick(self, request: Request, step: FromPath[str]) -> Redirect:
        form, _ = Tick.read(await request.form())
        await tick(request.user.id, step, done=form is not None and form.done)
        return go(f"/mutation#{Step(step)}")


def _read(form: Declaration, me: Any) -> tuple[Place | None, Since | None, Errors, list[Place]]:
    """What was meant, what does not fit, and the communes it may be."""
    place, candidates = meant(form.commune, form.commune_code)
    since = next((one for one in coming(today()) if one.key == form.since), None)
    errors = {} if since else {"since": Declaration.messages()["since"]}
    if place is None:
        errors["commune"] = trouble(candidates)
    elif place.commune == me.place.commune:
        errors["commune"] = AT_HOME
    return place, since, errors, candidates


async def _page(request: Request, status: int = 200, **typed: Any) -> Template:
    me, declared = request.user, await declared_by(request.user.id)
    given = {"commune": declared.place.label, "since": declared.since.key} if declared else {}
    seasons = [(one.key, one.name) for one in coming(today())]
    lines = list_for(places_of(me), await steps_done(me.id))
    context = {"sent": given, "errors": {}, "choices": [], **typed}
    return page(request, "moving/page.html", status, declared=declared, seasons=seasons, parts=lines, **context)
