"""The addresses of a stay: one's contact card and booklet; of a confirmed swap its agreement, its days as a file, what
is prepared and shared; for a guest the door and the booklet."""

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from agenda.feeds import CALENDAR
from app.forms import Form
from app.pages import flashes, go, page
from app.refusals import Refused
from exchanges.stays.access import ConfirmedSwap, OneStay, confirmed_swap, own_stay
from exchanges.stays.agreement import agreement_of, agreement_pdf
from exchanges.stays.booklet import (
    STARTER,
    BookletForm,
    erase_booklet,
    home_of,
    keep_booklet,
    read_booklet,
    rendered,
    words_of,
)
from exchanges.stays.contact_card import Card, CardForm, erase_card, keep_card, own_card
from exchanges.stays.dates_file import dates_file
from exchanges.stays.door import read_door
from exchanges.stays.kinds import Part
from exchanges.stays.preparing import PreparingForm, tick
from exchanges.stays.withholding import share_again, withhold
from members.guards import signed_in

flashes(
    card_kept="Vos coordonnées sont enregistrées.",
    card_erased="Vos coordonnées sont effacées.",
    booklet_kept="Votre livret d’accueil est enregistré.",
    booklet_erased="Votre livret d’accueil est effacé.",
    prepared="Votre liste est à jour.",
    withheld="C’est repris : les autres ne le voient plus.",
    shared_again="C’est de nouveau partagé.",
)


ODD = "Cette demande est incomplète. Rechargez la page de l’échange, puis recommencez."


class OwnCard(Controller):
    path = "/moi/echanges/coordonnees"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        card = await own_card(request.user.id)
        return page(request, "exchanges/stays/card.html", sent=_as_sent(card), is_kept=card is not None, errors={})

    @post("/")
    async def keep(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = CardForm.read(sent)
        errors = errors or (await form.objections() if form else {})
        if form is None or errors:
            return page(request, "exchanges/stays/card.html", 422, sent=sent, is_kept=False, errors=errors)
        await keep_card(request.user, form)
        return go("/moi/echanges/coordonnees", done="card_kept")

    @post("/suppression")
    async def erase(self, request: Request) -> Redirect:
        await erase_card(request.user)
        return go("/moi/echanges/coordonnees", done="card_erased")


class OwnBooklet(Controller):
    path = "/moi/echanges/livret"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        words = await words_of(await home_of(request.user))
        preview = rendered(words) if words else None
        sent = {"words": words or STARTER}
        return page(request, "exchanges/stays/own_booklet.html", sent=sent, preview=preview, errors={})

    @post("/")
    async def keep(self, request: Request) -> Template | Redirect:
        home, sent = await home_of(request.user), await request.form()
        form, errors = BookletForm.read(sent)
        errors = errors or (await form.objections() if form else {})
        if form is None or errors:
            return page(request, "exchanges/stays/own_booklet.html", 422, sent=sent, preview=None, errors=errors)
        await keep_booklet(home, form)
        return go("/moi/echanges/livret", done="booklet_kept")

    @post("/suppression")
    async def erase(self, request: Request) -> Redirect:
        await erase_booklet(await home_of(request.user))
        return go("/moi/echanges/livret", done="booklet_erased")


class SharingForm(Form):
    """`part` of the card, shared with the others of this swap or taken back."""

    part: Part
    shared: bool = False


class ConfirmedPapers(Controller):
    path = "/echanges/{swap_id:uuid}"
    guards = [signed_in]
    dependencies = {"swap": Provide(confirmed_swap)}

    @get("/convention")
    async def agreement(self, swap: NamedDependency[ConfirmedSwap], request: Request) -> Template:
        return page(request, "exchanges/stays/agreement.html", swap=swap, agreement=await agreement_of(swap))

    @get("/convention.pdf")
    async def agreement_file(self, swap: NamedDependency[ConfirmedSwap]) -> Response[bytes]:
        return _file(await agreement_pdf(swap), "application/pdf", "accord-entraide.pdf")

    @get("/dates.ics")
    async def dates(self, swap: NamedDependency[ConfirmedSwap]) -> Response[bytes]:
        return _file(dates_file(swap), CALENDAR, "entraide.ics")

    @post("/preparatifs")
    async def prepare(self, swap: NamedDependency[ConfirmedSwap], request: Request) -> Redirect:
        form, _ = PreparingForm.read(await request.form())
        if form is None:
            raise Refused(ODD)
        await tick(swap, form)
        return go(f"{swap.path}#preparatifs", done="prepared")

    @post("/partage")
    async def share(self, swap: NamedDependency[ConfirmedSwap], request: Request) -> Redirect:
        form, _ = SharingForm.read(await request.form())
        if form is None:
            raise Refused(ODD)
        await (share_again if form.shared else withhold)(swap, form.part)
        return go(f"{swap.path}#partage", done="shared_again" if form.shared else "withheld")


class OneVisit(Controller):
    path = "/echanges/{swap_id:uuid}/sejours/{stay_id:uuid}"
    guards = [signed_in]
    dependencies = {"stay": Provide(own_stay)}

    @get("/adresse")
    async def door(self, stay: NamedDependency[OneStay], request: Request) -> Template:
        return page(request, "exchanges/stays/door.html", stay=stay, door=await read_door(stay))

    @get("/livret")
    async def booklet(self, stay: NamedDependency[OneStay], request: Request) -> Template:
        return page(request, "exchanges/stays/booklet.html", stay=stay, booklet=await read_booklet(stay))


def _as_sent(card: Card | None) -> dict[str, str]:
    if card is None:
        return {}
    return {**msgspec.structs.asdict(card), "telephone": card.telephone_text if card.telephone else ""}


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    attached = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=media_type, headers=attached)
