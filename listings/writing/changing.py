"""The addresses of an ad that is online: changing its words."""

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from listings.access import own_listing, own_published, published_to_change
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Status
from listings.life.promised_places import PlacesPromised
from listings.writing.advice import Advice, advice_on
from listings.writing.changed import ChangedMeanwhile
from listings.writing.completeness import missing
from listings.writing.editing import Edited, edit, withdraw_edit
from listings.writing.form_page import form_context
from listings.writing.sending_form import HEAVIEST_FORM, SMALL_FORM, asked, read_sent, shown_stamp
from listings.writing.sent_back import refused_edit
from listings.writing.waiting_edits import waiting_edit
from members.guards import signed_in
from moderation.rules.care import told

flashes(
    ad_edited="Votre modification est en ligne.",
    edit_held="Votre modification attend une relecture. D’ici là, l’ancien texte reste visible.",
    edit_withdrawn="Votre modification est retirée : l’annonce reste comme elle est.",
)


class Changing(Controller):
    path = "/annonces/{listing_id:uuid}/modification"
    guards = [signed_in]
    dependencies = {"ad": Provide(own_published)}
    request_max_body_size = SMALL_FORM

    @get("/", dependencies={"ad": Provide(own_listing)})
    async def write(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is not Status.published:
            return go(f"/annonces/{ad.id}")
        waiting, refused = await waiting_edit(ad.id), await refused_edit(ad.id)
        content = waiting or (refused.content if refused else ad.content)
        words = refused.words if refused else ""
        return _form(request, ad, content, is_waiting=waiting is not None, words=words)

    @post("/", dependencies={"ad": Provide(published_to_change)}, request_max_body_size=HEAVIEST_FORM)
    async def send(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        sent = await request.form()
        content, errors = await read_sent(ad, request.user, sent)
        if asked(sent).stays or (errors := missing(content) | errors):
            return _form(request, ad, content, sent=sent, errors=errors)
        advice = await advice_on(content, request.user.id, ad.id)
        if advice.is_refused or (advice.is_only_advice and asked(sent).step != "anyway"):
            return _form(request, ad, content, sent=sent, advice=advice)
        try:
            done = await edit(ad.id, request.user, content, shown_stamp(sent))
        except ChangedMeanwhile as changed:
            return _form(request, ad, content, sent=sent, changed=str(changed))
        except PlacesPromised as promised:
            return _form(request, ad, content, sent=sent, errors=promised.errors)
        return _next_page(ad, done, advice)

    @post("/retrait")
    async def withdraw(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await withdraw_edit(ad.id, request.user)
        return go("/mes-annonces", done="edit_withdrawn")


def _next_page(ad: Ad, done: Edited, advice: Advice) -> Redirect:
    if done is Edited.applied:
        return go(f"/annonces/{ad.id}", "ad_edited")
    return go("/mes-annonces", *told(advice.findings, "edit_held"))


def _form(
    request: Request,
    ad: Ad,
    content: Content,
    *,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    advice: Advice | None = None,
    is_waiting: bool = False,
    words: str = "",
    changed: str = "",
) -> Template:
    more = sent is not None and asked(sent).step == "dates"
    return page(
        request,
        "listings/writing/edit.html",
        409 if changed else 422 if errors or advice else 200,
        ad=ad,
        changed=changed,
        advice=advice,
        is_waiting=is_waiting,
        words=words,
        **form_context(content, sent, errors, more),
    )
