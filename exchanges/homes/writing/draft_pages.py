"""The addresses of a home being written: its steps, what it will look like, sending it."""

from functools import partial

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms import Errors, Form
from app.pages import flashes, go, page
from app.refusals import NotHere
from exchanges.homes.legal import REMINDER
from exchanges.homes.own import OwnHome, my_draft, my_draft_to_delete, my_draft_to_write, my_home
from exchanges.homes.reading.shown import HomeShown
from exchanges.homes.sheet import Occupancy
from exchanges.homes.writing.asked import ASKED, LABELS, PREVIEW, Part, next_part, part_of
from exchanges.homes.writing.completeness import missing, missing_in, needs_agreement
from exchanges.homes.writing.form_page import HERE, form_context, steps_of
from exchanges.homes.writing.written import agreed, asked_in, read
from listings.ad import Ad
from listings.kinds import Status
from listings.life.publishing import submit, waits
from listings.writing.advice import advice_before_sending
from listings.writing.changed import ChangedMeanwhile
from listings.writing.deleting import delete_draft
from listings.writing.drafting import save_draft
from listings.writing.screening import screened
from listings.writing.sending_form import HEAVIEST_FORM, SMALL_FORM, asked, save_sent
from listings.writing.sent_back import words_of_moderator
from members.guards import signed_in
from moderation.rules.care import told

AGREEMENT = f"{HERE}/accord"
flashes(
    home_saved="Votre fiche est enregistrée. Vous la reprendrez quand vous voudrez.",
    home_deleted="La fiche de votre logement est supprimée.",
    home_published="Votre logement est en ligne. Notez maintenant vos semaines et vos souhaits : personne ne les voit.",
    home_held="Votre fiche est envoyée. Une personne de l’équipe la lit, puis vous prévient.",
)


class HomeDraft(Controller):
    path = HERE
    guards = [signed_in]
    dependencies = {"ad": Provide(my_draft)}
    request_max_body_size = SMALL_FORM

    @get("/etape/{name:str}")
    async def write(self, name: FromPath[str], request: Request) -> Template | Redirect:
        part, ad = _part(name), await my_home(request)
        return await _step(request, ad, part) if ad.status is Status.draft else go(HERE)

    @post("/etape/{name:str}", request_max_body_size=HEAVIEST_FORM)
    async def save(self, name: FromPath[str], request: Request) -> Template | Redirect:
        part, ad, sent = _part(name), await my_draft_to_write(request), await request.form()
        about = partial(asked_in, part)
        try:
            saved, errors = await save_sent(ad, request.user, sent, partial(read, asked=ASKED[part]), about)
        except ChangedMeanwhile as changed:
            return await _step(request, await my_draft(request), part, sent, changed=str(changed))
        wish = asked(sent)
        if wish.step == "next":
            errors = missing_in(saved.content, part) | errors
        if errors:
            return await _step(request, saved, part, sent, errors)
        return _after(saved, part, wish.step)

    @get("/accord", dependencies={"ad": Provide(my_home)})
    async def ask_agreement(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        is_asked = ad.status is Status.draft and needs_agreement(ad.content)
        return _agreement(request, {}) if is_asked else go(HERE)

    @post("/accord")
    async def agree(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        form, _ = Agreement.read(await request.form())
        if form is None or not form.agreement:
            return _agreement(request, {"agreement": "Cochez la case si vous avez cet accord, par écrit."})
        await save_draft(ad, agreed(ad.content))
        return go(f"{HERE}/apercu")

    @get("/apercu", dependencies={"ad": Provide(my_home)})
    async def preview(self, ad: NamedDependency[Ad], request: Request) -> Template | Redirect:
        if ad.status is not Status.draft:  # Back, once it was sent
            return go(HERE)
        sheet = OwnHome(ad).sheet
        advice = await advice_before_sending(ad.content, request.user.id, ad.id)
        return page(
            request,
            "exchanges/homes/writing/preview.html",
            ad=ad,
            shown=HomeShown.of(ad.content, sheet) if sheet else None,
            steps=steps_of(ad.content, PREVIEW),
            lacking=[(LABELS[field], message, _where(field)) for field, message in missing(ad.content).items()],
            advice=advice,
            is_read_first=await waits(ad, request.user, advice.verdict),
        )

    @post("/publication", dependencies={"ad": Provide(my_home)})
    async def send(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        became = await submit(ad.id, request.user)
        findings = (await screened(ad.content, request.user.id, ad.id)).findings
        return go(HERE, *told(findings, "home_published" if became is Status.published else "home_held"))

    @post("/suppression", dependencies={"ad": Provide(my_draft_to_delete)})
    async def delete(self, ad: NamedDependency[Ad], request: Request) -> Redirect:
        await delete_draft(ad, request.user)
        return go(HERE, done="home_deleted")


class Agreement(Form):
    agreement: bool = False


def _part(name: str) -> Part:
    """Raises NotHere for no step of ours."""
    try:
        return Part(name)
    except ValueError:
        raise NotHere from None


def _where(field: str) -> str:
    return AGREEMENT if field == "agreement" else f"{HERE}/etape/{part_of(field)}#{field}"


async def _step(
    request: Request,
    ad: Ad,
    part: Part,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    *,
    changed: str = "",
) -> Template:
    return page(
        request,
        "exchanges/homes/writing/step.html",
        409 if changed else 422 if errors else 200,
        ad=ad,
        changed=changed,
        stamp=asked_in(part, ad.content).stamp,
        part=part.value,
        steps=steps_of(ad.content, part),
        words=await words_of_moderator(ad),
        **form_context(ad.content, sent, errors),
    )


def _after(saved: Ad, part: Part, step: str) -> Redirect:
    here = f"{HERE}/etape/{part}"
    if step == "save":
        return go(here, done="home_saved")
    if step != "next":
        return go(f"{here}#photos-here")
    if part is Part.occupancy and needs_agreement(saved.content):
        return go(AGREEMENT)
    following = next_part(part)
    return go(f"{HERE}/etape/{following}" if following else f"{HERE}/apercu")


def _agreement(request: Request, errors: Errors) -> Template:
    return page(
        request,
        "exchanges/homes/writing/agreement.html",
        422 if errors else 200,
        reminder=REMINDER[Occupancy.service_housing],
        sent={},
        errors=errors,
    )
