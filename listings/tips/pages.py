"""The addresses of a tip: its best answer, and whether it still holds."""

from litestar import Controller, Request, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect

from app.pages import flashes, go
from app.refusals import Refused
from listings.ad import Ad
from listings.tips.access import checkable_tip, tip_in_hand
from listings.tips.best import GONE, BestForm, mark_best, mark_none
from listings.tips.checking import CheckForm, Still, check
from members.guards import signed_in

flashes(
    tip_still_true="Merci : les autres sauront que c’est toujours vrai.",
    tip_no_longer="Merci : nous en tenons compte.",
    best_marked="La meilleure réponse est mise en avant.",
    best_unmarked="Plus aucune réponse n’est mise en avant.",
)


class BestAnswer(Controller):
    path = "/annonces/{listing_id:uuid}/meilleure-reponse"
    guards = [signed_in]
    dependencies = {"ad": Provide(tip_in_hand)}

    @post("/")
    async def mark(self, request: Request, ad: NamedDependency[Ad]) -> Redirect:
        form, _ = BestForm.read(await request.form())
        if form is None:
            raise Refused(GONE)
        await mark_best(ad, form.reply, request.user)
        return go(f"/annonces/{ad.id}#meilleure-reponse", done="best_marked")

    @post("/retrait")
    async def unmark(self, request: Request, ad: NamedDependency[Ad]) -> Redirect:
        await mark_none(ad, request.user)
        return go(f"/annonces/{ad.id}#reponses", done="best_unmarked")


class Checks(Controller):
    path = "/annonces/{listing_id:uuid}/verification"
    guards = [signed_in]
    dependencies = {"ad": Provide(checkable_tip)}

    @post("/")
    async def check(self, request: Request, ad: NamedDependency[Ad]) -> Redirect:
        form, errors = CheckForm.read(await request.form())
        if form is None:
            raise Refused(errors["still"])
        await check(ad, request.user, form.still)
        return go(f"/annonces/{ad.id}#toujours-vrai", "tip_still_true" if form.still is Still.yes else "tip_no_longer")
