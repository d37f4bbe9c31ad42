"""Asking for an exchange from the sheet of a home."""

from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.forms import Errors, Form
from app.pages import flashes, go, page
from app.refusals import Refused
from exchanges.homes.access import VisibleHome, visible_home
from exchanges.homes.own import OwnHome, own_home
from exchanges.kinds import Form as SwapForm
from exchanges.swaps.requesting import CLOSED, OWN_HOME, request_swap
from members.guards import signed_in

flashes(swap_requested="Votre demande est partie. La réponse arrive ici dans les quatre jours.")


class RequestForm(Form):
    """`form` is one of exchanges.kinds.Form but `loop`; `once` is drawn with the form."""

    form: SwapForm
    once: UUID


class SwapRequests(Controller):
    path = "/logements/{listing_id:uuid}/echange"
    guards = [signed_in]
    dependencies = {"home": Provide(visible_home)}

    @get("/")
    async def ask(self, home: NamedDependency[VisibleHome], request: Request) -> Template:
        _can_be_asked(home, request.user.id)
        return await _form(request, home)

    @post("/")
    async def send(self, home: NamedDependency[VisibleHome], request: Request) -> Template | Redirect:
        _can_be_asked(home, request.user.id)
        sent = await request.form()
        form, errors = RequestForm.read(sent)
        if form is None or form.form is SwapForm.loop:
            return await _form(request, home, sent, errors or {"form": "Choisissez une des réponses proposées."})
        swap = await request_swap(request.user, home.id, form.form, form.once)
        return go(f"/echanges/{swap}", done="swap_requested")


def _can_be_asked(home: VisibleHome, me: UUID) -> None:
    if home.host == me:
        raise Refused(OWN_HOME)
    if not home.is_online:
        raise Refused(CLOSED)


async def _form(
    request: Request, home: VisibleHome, sent: FormMultiDict | None = None, errors: Errors | None = None
) -> Template:
    own = await own_home(request.user.id)
    options = _options(home, own)
    return page(
        request,
        "exchanges/swaps/request.html",
        422 if errors else 200,
        home=home,
        options=options,
        lends=own is not None and own.is_online,
        sent=sent or {"form": options[0][0] if options else ""},
        errors=errors or {},
    )


def _options(home: VisibleHome, own: OwnHome | None) -> list[tuple[str, str, str, str]]:
    """As the `choice` macro takes them: only what this member can ask for."""
    pair = (SwapForm.pair.value, "Échanger nos logements", "Chacun séjourne chez l’autre, sans argent.", "repeat")
    guest = (SwapForm.hospitality.value, "Être accueilli", "Vous y séjournez, sans prêter le vôtre.", "hand-heart")
    room = (
        SwapForm.week_room.value,
        "Une chambre en semaine",
        "Du lundi au jeudi, en présence de l’hôte.",
        "calendar-days",
    )
    lends = own is not None and own.is_online
    return [*([pair] if lends else []), guest, *([room] if home.sheet.week_room else [])]
