"""A correspondent's own offers: where each stands, beginning one, confirming it again, withdrawing it."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.dates import in_words
from app.pages import flashes, go, page
from listings.ad import Ad
from listings.kinds import STATUS, Outcome, Status
from listings.life.closing import close_listing
from listings.life.publishing import take_back
from listings.life.renewing import Prolonged, renew, take_up
from listings.life.term import last_day
from listings.writing.sent_back import refused_edit, words_of_moderator
from listings.writing.waiting_edits import waiting_edit
from members.guards import correspondent
from members.me import Me
from members.roles import territory_of
from members.tables import RoleKind
from partners.access import offer_to_write_again, online_to_confirm, online_to_withdraw, own_offer
from partners.own import own_offers
from partners.sheet import OfferSheet, names_of
from partners.shown import OfferShown
from partners.territory import outside_of
from partners.writing.beginning import begin_offer
from partners.writing.pages import HERE
from partners.writing.sending import departments_of, lacking

flashes(
    offer_confirmed="Merci : l’offre est confirmée.",
    offer_confirming_held="Une personne de l’équipe relit l’offre avant de la prolonger, puis vous prévient.",
    offer_not_confirmed="Un passage ne convient plus : modifiez l’offre, puis confirmez-la.",
    offer_at_its_end="Elle est déjà visible jusqu’à sa dernière date. Pour la prolonger, changez d’abord sa date.",
    offer_withdrawn="L’offre n’est plus visible. Vous pourrez la reprendre.",
    offer_taken_up="L’offre est de nouveau un brouillon : relisez-la, puis envoyez-la.",
)
DONE = {
    Prolonged.renewed: "offer_confirmed",
    Prolonged.held: "offer_confirming_held",
    Prolonged.refused: "offer_not_confirmed",
    Prolonged.at_its_term: "offer_at_its_end",
}


class OwnOffers(Controller):
    path = HERE
    guards = [correspondent]

    @get("/")
    async def list(self, request: Request) -> Template:
        territory = await territory_of(request.user.id, RoleKind.correspondent) or ()
        offers = await own_offers(request.user.id)
        return page(request, "partners/writing/own.html", offers=offers, territory=names_of(territory))

    @post("/nouvelle")
    async def begin(self, request: Request) -> Redirect:
        return go(f"{HERE}/{await begin_offer(request.user)}/modification")


class OwnOffer(Controller):
    path = f"{HERE}/{{listing_id:uuid}}"
    guards = [correspondent]
    dependencies = {"ad": Provide(own_offer)}

    @get("/")
    async def show(self, ad: NamedDependency[Ad], request: Request) -> Template:
        return page(request, "partners/writing/one.html", ad=ad, **await _about(ad, request.user))

    @post("/confirmation", dependencies={"ad": Provide(online_to_confirm)})
    async def confirm(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        renewal = await renew(ad.id, ad.author)
        return go(f"{HERE}/{ad.id}", done=DONE[renewal.done])

    @get("/retrait")
    async def ask_to_withdraw(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is not Status.published:
            return go(f"{HERE}/{ad.id}")
        return page(request, "partners/writing/withdraw.html", ad=ad)

    @post("/retrait", dependencies={"ad": Provide(online_to_withdraw)})
    async def withdraw(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await close_listing(ad.id, request.user, Outcome.withdrawn)
        return go(f"{HERE}/{ad.id}", done="offer_withdrawn")

    @post("/reprise", dependencies={"ad": Provide(offer_to_write_again)})
    async def begin_again(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        if ad.status is Status.pending:
            await take_back(ad.id, request.user)
        else:
            await take_up(ad)
        return go(f"{HERE}/{ad.id}/modification", done="offer_taken_up")


async def _about(ad: Ad, me: Me) -> dict[str, Any]:
    """Where it stands and what may be done."""
    sheet, is_draft, is_online = ad.content.particulars, ad.status is Status.draft, ad.status is Status.published
    refused = await refused_edit(ad.id) if is_online else None
    return {
        "state": STATUS[ad.status],
        "shown": OfferShown.of(ad.content, sheet) if isinstance(sheet, OfferSheet) else None,
        "for_the_team": sheet.for_the_team() if sheet else [],
        "lacking": await lacking(ad.content, me) if is_draft else {},
        "outside": await outside_of(departments_of(ad.content), me.id) if is_online else "",
        "words": await words_of_moderator(ad) if is_draft else refused.words if refused else "",
        "is_being_edited": is_online and await waiting_edit(ad.id) is not None,
        "until": in_words(last_day(ad.expires_at, ad.department)) if ad.expires_at else "",
    }
