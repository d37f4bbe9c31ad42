"""The page of an ad, and what is said under it."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from app.database import LARGEST_ID
from app.forms import Errors
from app.pages import flashes, go, page
from listings.access import visible_listing
from listings.ad import Ad
from listings.reading.showing import ReadElsewhere, ad_page
from listings.replies.saying import ReplyForm, reply, screened
from listings.replies.thread import FIRST, Place
from members.guards import signed_in
from moderation.rules.advice import refusal
from moderation.rules.care import told

flashes(
    said="Votre message est publié sous l’annonce.",
    said_later="Votre message est envoyé. Un modérateur le relit avant qu’il soit visible.",
)
AReply = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID)]


class AdPages(Controller):
    path = "/annonces/{listing_id:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(
        self, listing_id: FromPath[UUID], request: Request, avant: AReply = None, depuis: AReply = None
    ) -> Template | Redirect:
        try:
            return await _shown(request, listing_id, place=Place(avant, depuis))
        except ReadElsewhere as other:
            return go(str(other))

    @post("/reponses", dependencies={"ad": Provide(visible_listing)})
    async def say(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = ReplyForm.read(sent)
        if form is None:
            return await _shown(request, ad.id, sent, errors)
        verdict = await screened(ad, form.body, request.user)
        if verdict.is_refused:
            return await _shown(request, ad.id, sent, {"body": refusal(verdict)})
        done = await reply(ad, request.user, form, verdict)
        return go(f"/annonces/{ad.id}#reponses", *told(verdict.findings, "said" if done.is_visible else "said_later"))


async def _shown(
    request: Request, listing: UUID, sent: object = None, errors: Errors | None = None, place: Place = FIRST
) -> Template:
    jinja = request.app.template_engine.engine  # type: ignore[union-attr]
    seen = await ad_page(jinja, listing, request.user, place)
    return page(
        request,
        "listings/show.html",
        422 if errors else 200,
        kept=None if errors else seen.key,
        seen=seen,
        sent=sent or {},
        errors=errors or {},
    )
