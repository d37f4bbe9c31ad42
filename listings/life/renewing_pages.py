"""The addresses where an author prolongs an ad, takes a waiting one back, or an ended one up again."""

from litestar import Controller, Request, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.dates import in_words
from app.pages import flashes, go, page
from listings.access import ad_to_prolong, ad_to_write_again
from listings.ad import Ad
from listings.kinds import Status
from listings.life.publishing import take_back
from listings.life.renewing import Prolonged, renew, take_up
from listings.life.term import last_day
from members.guards import signed_in

flashes(
    ad_prolonged="Votre annonce est prolongée.",
    ad_renewal_held="Une personne de l’équipe relit votre annonce avant qu’elle soit prolongée, puis vous prévient.",
    ad_taken_back="Votre annonce est de nouveau un brouillon.",
    ad_taken_up="Votre annonce est de nouveau un brouillon : relisez-la, puis publiez-la.",
)
DONE = {Prolonged.renewed: "ad_prolonged", Prolonged.held: "ad_renewal_held"}


class Prolonging(Controller):
    path = "/annonces/{listing_id:uuid}/prolongation"
    guards = [signed_in]
    dependencies = {"ad": Provide(ad_to_prolong)}

    @post("/")
    async def prolong(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        renewal = await renew(ad.id, ad.author)
        if renewal.done in DONE:
            return go(f"/annonces/{ad.id}", done=DONE[renewal.done])
        until = in_words(last_day(renewal.until, ad.department))
        return page(request, "listings/life/not_prolonged.html", 409, ad=ad, renewal=renewal, until=until)


class BeginningAgain(Controller):
    path = "/annonces/{listing_id:uuid}/reprise"
    guards = [signed_in]
    dependencies = {"ad": Provide(ad_to_write_again)}

    @post("/")
    async def begin_again(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        if ad.status is Status.closed:
            await take_up(ad)
            return go(f"/annonces/{ad.id}/brouillon", done="ad_taken_up")
        await take_back(ad.id, request.user)
        return go(f"/annonces/{ad.id}/brouillon", done="ad_taken_back")
