"""The administrators' page of offers whose correspondent left."""

from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms import Form
from app.pages import flashes, go, page
from app.refusals import Refused
from members.guards import administrator
from partners.handing_over import HERE, hand_over, orphans, withdraw_offer

NOBODY = "Choisissez d’abord à qui confier cette offre."
flashes(
    offer_handed_over="L’offre est confiée à cette personne.",
    offer_taken_off="L’offre n’est plus visible.",
)


class OffersLeft(Controller):
    path = HERE
    guards = [administrator]

    @get("/")
    async def list(self, request: Request) -> Template:
        return page(request, "administration/offers.html", orphans=await orphans())

    @post("/{listing_id:uuid}/correspondant")
    async def hand_over(self, listing_id: FromPath[UUID], request: Request) -> Redirect:
        form, _ = Taker.read(await request.form())
        if form is None:
            raise Refused(NOBODY)
        await hand_over(listing_id, form.to, request.user.id)
        return go(HERE, done="offer_handed_over")

    @post("/{listing_id:uuid}/retrait")
    async def withdraw(self, listing_id: FromPath[UUID], request: Request) -> Redirect:
        await withdraw_offer(listing_id, request.user.id)
        return go(HERE, done="offer_taken_off")


class Taker(Form):
    to: UUID
