"""The addresses of an ad being written: a category, the form, what it will look like, sending."""

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app import paging
from app.forms import Errors, Form
from app.pages import flashes, go, page
from benefits.bridges.choosing import Bridge, bridges_for
from benefits.bridges.hiding import hidden_by
from listings.access import draft_to_delete, draft_to_write, own_draft, own_listing
from listings.ad import Ad
from listings.kinds import Category, Status
from listings.life.publishing import submit, waits
from listings.market.selling import advice_on_sales
from listings.own_ads import own_ads
from listings.paths import MY_ADS, MY_HOME
from listings.reading.shown import Shown
from listings.writing.advice import advice_before_sending
from listings.writing.changed import ChangedMeanwhile, words_of
from listings.writing.completeness import missing
from listings.writing.deleting import delete_draft
from listings.writing.drafting import start_draft
from listings.writing.form_page import form_context
from listings.writing.screening import screened
from listings.writing.sending_form import HEAVIEST_FORM, SMALL_FORM, asked, save_sent
from listings.writing.sent_back import words_of_moderator
from members.guards import signed_in
from moderation.rules.care import told

flashes(
    draft_saved="Brouillon enregistré. Vous le retrouvez dans « Mes annonces ».",
    draft_deleted="Brouillon supprimé.",
    ad_published="Votre annonce est en ligne. Merci !",
    ad_held="Votre annonce est envoyée. Une personne de l’équipe la lit, puis vous prévient.",
)


class NewListing(Controller):
    path = "/annonces/nouvelle"
    guards = [signed_in]
    request_max_body_size = SMALL_FORM

    @get("/")
    async def categories(self, request: Request) -> Template:
        asked = {"category": request.query_params.get("categorie", "")}
        return page(request, "listings/writing/new.html", sent=asked, errors={})

    @post("/")
    async def start(self, request: Request) -> Template | Redirect:
        form, errors = Start.read(await request.form())
        if form is None:
            return page(request, "listings/writing/new.html", 422, sent={}, errors=errors)
        if form.category is Category.home:
            return go(MY_HOME)
        return go(f"/annonces/{await start_draft(request.user, form.category)}/brouillon")


class Start(Form):
    category: Category

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"category": "Choisissez d’abord une catégorie."}


class Draft(Controller):
    path = "/annonces/{listing_id:uuid}"
    guards = [signed_in]
    dependencies = {"ad": Provide(own_draft)}
    request_max_body_size = SMALL_FORM

    @get("/brouillon", dependencies={"ad": Provide(own_listing)})
    async def write(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        return await _form(request, ad) if ad.status is Status.draft else go(f"/annonces/{ad.id}")

    @post("/brouillon", dependencies={"ad": Provide(draft_to_write)}, request_max_body_size=HEAVIEST_FORM)
    async def save(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        sent = await request.form()
        step = asked(sent).step
        try:
            saved, errors = await save_sent(ad, request.user, sent)
        except ChangedMeanwhile as changed:
            return await _form(request, await own_draft(ad.id, request), sent, changed=str(changed))
        if step == "preview":
            errors = missing(saved.content) | errors
        if errors or step == "dates":
            return await _form(request, saved, sent, errors)
        return _next_page(saved, step)

    @get("/apercu", dependencies={"ad": Provide(own_listing)})
    async def preview(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is not Status.draft:  # Back, once it was sent
            return go(f"/annonces/{ad.id}")
        errors = missing(ad.content)
        return await _form(request, ad, None, errors) if errors else await _preview(request, ad)

    @post("/suppression", dependencies={"ad": Provide(draft_to_delete)})
    async def delete(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await delete_draft(ad, request.user)
        return go(MY_ADS, done="draft_deleted")


class Sending(Controller):
    path = "/annonces/{listing_id:uuid}"
    guards = [signed_in]
    dependencies = {"ad": Provide(own_listing)}
    request_max_body_size = SMALL_FORM

    @post("/publication")
    async def send(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        became = await submit(ad.id, request.user)
        findings = (await screened(ad.content, request.user.id, ad.id)).findings
        if became is Status.published:
            return go(f"/annonces/{ad.id}", *told(findings, "ad_published"))
        return go(MY_ADS, *told(findings, "ad_held"))


class OwnListings(Controller):
    path = "/mes-annonces"
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template:
        after = paging.read(request.query_params.get("apres"))
        return page(
            request,
            "listings/writing/own.html",
            ads=await own_ads(request.user.id, after),
            sales=await advice_on_sales(request.user.id),
            is_first=after is None,
        )


async def _form(
    request: Request,
    ad: Ad,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    *,
    changed: str = "",
) -> Template:
    more = sent is not None and asked(sent).step == "dates"
    return page(
        request,
        "listings/writing/form.html",
        409 if changed else 422 if errors else 200,
        ad=ad,
        changed=changed,
        stamp=words_of(ad.content).stamp,
        words=await words_of_moderator(ad),
        bridges=await _bridges(request, ad),
        **form_context(ad.content, sent, errors, more),
    )


async def _preview(request: Request, ad: Ad) -> Template:
    advice = await advice_before_sending(ad.content, request.user.id, ad.id)
    return page(
        request,
        "listings/writing/preview.html",
        ad=ad,
        shown=Shown.of(ad.content),
        advice=advice,
        is_read_first=await waits(ad, request.user, advice.verdict),
        bridges=await _bridges(request, ad),
    )


async def _bridges(request: Request, ad: Ad) -> tuple[Bridge, ...]:
    """What may be there for whoever asks for this, unless they want none shown."""
    bridges = bridges_for(ad.content)
    return bridges if bridges and ad.content.category not in await hidden_by(request.user.id) else ()


def _next_page(ad: Ad, step: str) -> Redirect:
    if step == "preview":
        return go(f"/annonces/{ad.id}/apercu")
    here = f"/annonces/{ad.id}/brouillon"
    return go(here, done="draft_saved") if step == "save" else go(f"{here}#photos-here")
