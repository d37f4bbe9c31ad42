"""The addresses of an offer being written: a draft, or a change of one that is online."""

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from app.refusals import AlreadyDone
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Status
from listings.writing.advice import Advice, advice_before_sending, advice_on
from listings.writing.changed import ChangedMeanwhile
from listings.writing.deleting import delete_draft
from listings.writing.drafting import save_draft
from listings.writing.editing import Edited, withdraw_edit
from listings.writing.given_back import giving_back
from listings.writing.sending_form import asked, shown_stamp
from listings.writing.sent_back import refused_edit, words_of_moderator
from listings.writing.waiting_edits import waiting_edit
from members.guards import correspondent
from partners.access import draft_to_delete, offer_to_write, own_draft, own_offer, own_online
from partners.links import follows
from partners.writing.form_page import form_context
from partners.writing.sending import change_offer, lacking, send_offer
from partners.writing.written import read

HERE = "/correspondance"
flashes(
    offer_saved="Le brouillon est enregistré.",
    offer_saved_clean="Le brouillon est enregistré. De l’adresse, nous avons retiré ce qui suit les visiteurs.",
    offer_sent="L’offre est envoyée. Une personne de l’équipe la lit, puis vous prévient.",
    offer_changed="L’offre est à jour.",
    offer_change_sent="La modification est envoyée. D’ici sa lecture, l’offre reste comme elle était.",
    offer_change_withdrawn="La modification est retirée : l’offre reste comme elle est.",
    offer_deleted="Le brouillon est supprimé.",
)


class WritingOffer(Controller):
    path = f"{HERE}/{{listing_id:uuid}}"
    guards = [correspondent]

    @get("/modification", dependencies={"ad": Provide(own_offer)})
    async def write(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is Status.draft:
            return _form(request, ad, ad.content, words=await words_of_moderator(ad))
        if ad.status is not Status.published:
            return go(f"{HERE}/{ad.id}")
        waiting, refused = await waiting_edit(ad.id), await refused_edit(ad.id)
        content = waiting or (refused.content if refused else ad.content)
        words = refused.words if refused else ""
        return _form(request, ad, content, words=words, is_waiting=waiting is not None)

    @post("/modification", dependencies={"ad": Provide(offer_to_write)})
    async def send(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is Status.published:
            return await _change(request, ad)
        if ad.status is Status.pending and _says(await request.form(), ad):
            raise AlreadyDone(f"{HERE}/{ad.id}")
        return await _draft(request, await giving_back(request, own_draft(ad.id, request)))

    @post("/modification/retrait", dependencies={"ad": Provide(own_online)})
    async def withdraw_change(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await withdraw_edit(ad.id, request.user)
        return go(f"{HERE}/{ad.id}", done="offer_change_withdrawn")

    @post("/suppression", dependencies={"ad": Provide(draft_to_delete)})
    async def delete(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await delete_draft(ad, request.user)
        return go(HERE, done="offer_deleted")


def _says(sent: FormMultiDict, ad: Ad) -> bool:
    """Whether it is what was sent: by the first of two clicks."""
    content, errors = read(sent, ad.content)
    return asked(sent).step == "send" and not errors and content == ad.content


async def _draft(request: Request, ad: Ad) -> Template | Redirect:
    sent = await request.form()
    content, errors = read(sent, ad.content)
    try:
        saved = await save_draft(ad, content, shown=shown_stamp(sent))
    except ChangedMeanwhile as changed:
        return _form(request, await own_draft(ad.id, request), content, sent=sent, changed=str(changed))
    is_sending = asked(sent).step == "send"
    if is_sending:
        errors = await lacking(content, request.user) | errors
    if errors:
        return _form(request, saved, content, sent=sent, errors=errors)
    if not is_sending:
        return go(f"{HERE}/{ad.id}", done="offer_saved_clean" if _was_followed(sent) else "offer_saved")
    advice = await advice_before_sending(content, request.user.id, ad.id)
    if advice.is_refused:
        return _form(request, saved, content, sent=sent, advice=advice)
    await send_offer(saved, request.user)
    return go(f"{HERE}/{ad.id}", done="offer_sent")


async def _change(request: Request, ad: Ad) -> Template | Redirect:
    sent = await request.form()
    content, errors = read(sent, ad.content)
    if errors := await lacking(content, request.user) | errors:
        return _form(request, ad, content, sent=sent, errors=errors)
    advice = await advice_on(content, request.user.id, ad.id)
    if advice.is_refused:
        return _form(request, ad, content, sent=sent, advice=advice)
    try:
        done = await change_offer(ad, request.user, content, shown_stamp(sent))
    except ChangedMeanwhile as changed:
        return _form(request, ad, content, sent=sent, changed=str(changed))
    return go(f"{HERE}/{ad.id}", done="offer_changed" if done is Edited.applied else "offer_change_sent")


def _was_followed(sent: FormMultiDict) -> bool:
    typed = str(sent.get("url") or "").strip()
    return bool(typed) and follows(typed)


def _form(
    request: Request,
    ad: Ad,
    content: Content,
    *,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    advice: Advice | None = None,
    words: str = "",
    is_waiting: bool = False,
    changed: str = "",
) -> Template:
    return page(
        request,
        "partners/writing/form.html",
        409 if changed else 422 if errors or advice else 200,
        ad=ad,
        advice=advice,
        words=words,
        is_waiting=is_waiting,
        changed=changed,
        **form_context(content, sent, errors),
    )
