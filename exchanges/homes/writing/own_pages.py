"""One's own home: where it stands, beginning it, prolonging it, taking it back, withdrawing it."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.dates import in_words
from app.pages import flashes, go, page
from exchanges.homes.own import (
    NONE,
    NotSoNow,
    OwnHome,
    guard_written_again,
    last_home,
    my_home,
    my_home_to_prolong,
    my_home_to_withdraw,
    own_home,
)
from exchanges.homes.sheet import OCCUPANCY
from exchanges.homes.writing.asked import Part
from exchanges.homes.writing.beginning import begin_home
from exchanges.homes.writing.completeness import missing
from exchanges.homes.writing.form_page import HERE, steps_of
from listings.ad import Ad
from listings.kinds import Outcome, Status
from listings.life.closing import close_listing
from listings.life.publishing import take_back
from listings.life.renewing import Prolonged, is_worth_prolonging, renew, take_up
from listings.life.term import last_day
from listings.photos.files import Size, photo_url
from listings.writing.sent_back import refused_edit, words_of_moderator
from listings.writing.waiting_edits import waiting_edit
from members.guards import signed_in

FIRST_STEP = f"{HERE}/etape/{Part.home}"
flashes(
    home_prolonged="Votre logement reste en ligne un an de plus.",
    home_renewal_held="Une personne de l’équipe relit votre fiche avant qu’elle soit prolongée, puis vous prévient.",
    home_withdrawn="Votre logement n’est plus visible. Vous pourrez reprendre sa fiche quand vous voudrez.",
    home_taken_back="Votre fiche est de nouveau un brouillon.",
    home_taken_up="Votre fiche est de nouveau un brouillon : relisez-la, puis envoyez-la.",
)
DONE = {Prolonged.renewed: "home_prolonged", Prolonged.held: "home_renewal_held"}


class MyHome(Controller):
    path = HERE
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        home = await own_home(request.user.id)
        if home is None:
            return page(request, "exchanges/homes/writing/none.html", last=await last_home(request.user.id))
        return page(request, "exchanges/homes/writing/own.html", **await _about(home))

    @post("/")
    async def begin(self, request: Request) -> Redirect:
        await begin_home(request.user)
        return go(FIRST_STEP)

    @post("/prolongation", dependencies={"ad": Provide(my_home_to_prolong)})
    async def prolong(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        renewal = await renew(ad.id, ad.author)
        if renewal.done in DONE:
            return go(HERE, done=DONE[renewal.done])
        until = in_words(last_day(renewal.until, ad.department))
        return page(request, "exchanges/homes/writing/not_prolonged.html", 409, renewal=renewal, until=until)

    @get("/retrait", dependencies={"ad": Provide(my_home)})
    async def ask_to_withdraw(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is not Status.published:
            return go(HERE)
        return page(request, "exchanges/homes/writing/withdraw.html", ad=ad)

    @post("/retrait", dependencies={"ad": Provide(my_home_to_withdraw)})
    async def withdraw(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await close_listing(ad.id, request.user, Outcome.withdrawn)
        return go(HERE, done="home_withdrawn")

    @post("/reprise")
    async def begin_again(self, request: Request) -> Redirect:
        home = await own_home(request.user.id)
        if home:
            await guard_written_again(home, request.user.id, FIRST_STEP)
            await take_back(home.id, request.user)
            return go(FIRST_STEP, done="home_taken_back")
        last = await last_home(request.user.id)
        if last is None:
            raise NotSoNow(NONE)
        await take_up(last)
        return go(FIRST_STEP, done="home_taken_up")


async def _about(home: OwnHome) -> dict[str, Any]:
    """Where it stands and what may be done. 3 queries at most."""
    ad = home.ad
    is_draft, is_online = home.status is Status.draft, home.is_online
    refused = await refused_edit(ad.id) if is_online else None
    first = ad.content.photos[0] if ad.content.photos else None
    return {
        "home": home,
        "ad": ad,
        "photo": photo_url(first, Size.thumb) if first else "",
        "occupancy": OCCUPANCY[home.sheet.occupancy] if home.sheet else "",
        "steps": steps_of(ad.content, "") if is_draft else [],
        "is_complete": not missing(ad.content),
        "words": await words_of_moderator(ad) if is_draft else refused.words if refused else "",
        "is_being_edited": is_online and await waiting_edit(ad.id) is not None,
        "until": in_words(last_day(ad.expires_at, ad.department)) if ad.expires_at else "",
        "may_prolong": is_worth_prolonging(ad),
    }
