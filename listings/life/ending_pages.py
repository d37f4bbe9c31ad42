"""The addresses where an author ends an ad and says who helped."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from listings.access import ad_to_end, own_listing
from listings.ad import Ad
from listings.kinds import OUTCOME, Outcome, Status
from listings.life.ending import Advised, Ending, end, may_name_helpers, name_helpers, question
from listings.writing.sending_form import SMALL_FORM
from members.guards import signed_in
from thanks.candidates import Candidates, candidates
from thanks.helping import SERVICES

flashes(
    ad_closed="Votre annonce est terminée. Merci d’avoir donné des nouvelles !",
    helpers_named="C’est noté, merci !",
    ad_closed_word_held="Votre annonce est terminée. Un modérateur relit votre mot avant qu’il soit lu.",
    helpers_named_word_held="C’est noté. Un modérateur relit votre mot avant qu’il soit lu.",
)
OUTCOMES = [(one.value, OUTCOME[one]) for one in (Outcome.fulfilled, Outcome.withdrawn)]


class Closing(Controller):
    path = "/annonces/{listing_id:uuid}/cloture"
    guards = [signed_in]
    dependencies = {"ad": Provide(ad_to_end)}
    request_max_body_size = SMALL_FORM

    @get("/", dependencies={"ad": Provide(own_listing)})
    async def ask(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is not Status.published:  # Back, once it has ended
            return go(f"/annonces/{ad.id}")
        return _form(request, ad, await candidates(ad.id, request.user))

    @post("/")
    async def close(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        sent, those = await request.form(), await candidates(ad.id, request.user)
        ending, errors, advised = await Ending.read(sent, ad, those)
        if ending is None:
            return _form(request, ad, those, sent, errors, advised)
        is_held = await end(ad, request.user, ending)
        return go("/mes-annonces", done="ad_closed_word_held" if is_held else "ad_closed")


class Helpers(Controller):
    path = "/annonces/{listing_id:uuid}/aide"
    guards = [signed_in]
    dependencies = {"ad": Provide(own_listing)}
    request_max_body_size = SMALL_FORM

    @get("/")
    async def ask(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if not may_name_helpers(ad):
            return go(f"/annonces/{ad.id}")
        return _form(request, ad, await candidates(ad.id, request.user), is_closed=True)

    @post("/")
    async def name(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        sent, those = await request.form(), await candidates(ad.id, request.user)
        fulfilled = FormMultiDict([*sent.multi_items(), ("outcome", "fulfilled")])
        ending, errors, advised = await Ending.read(fulfilled, ad, those)
        if ending is None:
            return _form(request, ad, those, sent, errors, advised, is_closed=True)
        is_held = await name_helpers(ad, request.user, ending)
        return go("/mercis", done="helpers_named_word_held" if is_held else "helpers_named")


def _form(
    request: Request,
    ad: Ad,
    those: Candidates,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    advised: Advised | None = None,
    is_closed: bool = False,
) -> Template:
    return page(
        request,
        "listings/ending/close.html",
        422 if errors or advised else 200,
        ad=ad,
        those=those,
        outcomes=OUTCOMES,
        who=question(ad),
        is_service=ad.content.category in SERVICES,
        names=_field_names(those),
        is_closed=is_closed,
        sent=_preselected(those) if sent is None else sent,
        errors=errors or {},
        advice=advised or {},
    )


def _field_names(those: Candidates) -> dict[str, str]:
    """What the summary of errors calls each field."""
    words = {f"word-{one.id}": f"Votre mot pour {one.name}" for one in those.with_a_word}
    lines = {f"line-{one.id}": "Ligne aux modérateurs" for one in those.with_a_word}
    return {"outcome": "Fin de l’annonce", "helped": "Qui était de l’échange", **words, **lines}


def _preselected(those: Candidates) -> dict[str, Any]:
    """With a chosen helper, one click is enough."""
    chosen = [str(one.id) for one in those.chosen]
    return {"outcome": Outcome.fulfilled.value if chosen else "", "helped": chosen}
