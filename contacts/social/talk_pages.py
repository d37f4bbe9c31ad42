"""One conversation with the social service, as either of its two sides reads it."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter
from litestar.plugins.htmx import HTMXRequest
from litestar.response import Redirect, Stream, Template

from app.database import LARGEST_ID
from app.direct import told_of
from app.forms import Errors
from app.pages import flashes, go
from app.refusals import NotHere
from contacts.social.access import Talk, own_talk, talk
from contacts.social.attaching import HEAVIEST_FORM, MEDIA_TYPE, MOST, file_of
from contacts.social.caring import signs_of_distress
from contacts.social.closing import close
from contacts.social.coming_back import PATH, talk_of
from contacts.social.handing import colleagues
from contacts.social.packets import withdraw
from contacts.social.private import talk_page
from contacts.social.thread import latest, mark_read, since
from contacts.social.writing import MessageForm, write
from moderation.rules.care import Care, care_of

SMALL_FORM = 60_000
EarlierThan = Annotated[int | None, QueryParameter(ge=0, le=LARGEST_ID)]
AMessage = Annotated[int, QueryParameter(ge=0, le=LARGEST_ID)]

flashes(
    social_closed="La conversation est fermée. Elle sera effacée dans douze mois.",
    social_withdrawn="Ces résultats sont retirés et effacés.",
)


class SocialTalkPages(Controller):
    """Whoever is neither the person nor a worker it concerns finds nothing here."""

    path = f"{PATH}/conversations/{{talk_id:uuid}}"
    dependencies = {"talk": Provide(talk)}
    request_max_body_size = SMALL_FORM

    @get("/")
    async def read(self, talk: NamedDependency[Talk], request: Request, avant: EarlierThan = None) -> Template:
        return await _thread(request, talk, before=avant)

    @post("/", request_max_body_size=HEAVIEST_FORM, files_of_visitors=talk_of)
    async def write(self, talk: NamedDependency[Talk], request: HTMXRequest) -> Template | Redirect:
        sent = await request.form()
        errors = await write(talk, sent)
        care = care_of(signs_of_distress(str(sent.get("text") or ""))) if talk.is_person else None
        if errors or care or request.htmx:
            return await _answered(request, talk, sent, errors, care)
        return go(f"{talk.path}#thread-state")

    @get("/nouveaux")
    async def new(self, talk: NamedDependency[Talk], request: Request, apres: AMessage) -> Template:
        """For the open page: what came after the last message it shows. It asks by itself, so renews no cookie."""
        messages = await since(talk, apres)
        await mark_read(talk, messages)
        answer = talk_page(request, "_new", talk, messages=messages, after=apres)
        answer.cookies.clear()
        return answer

    @get("/direct")
    async def follow(self, talk: NamedDependency[Talk]) -> Stream:
        """For who has no account; the others are told by /direct."""
        if not (talk.is_person and talk.is_anonymous):
            raise NotHere
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return Stream(told_of(talk.id), media_type="text/event-stream", headers=headers)

    @get("/fichiers/{file:uuid}")
    async def photo(self, talk: NamedDependency[Talk], file: FromPath[UUID]) -> Response[bytes]:
        found = await file_of(talk.id, file)
        ascii_name = found.name.encode("ascii", "ignore").decode().strip() or "photo"
        headers = {"cache-control": "no-store", "content-disposition": f'inline; filename="{ascii_name}.webp"'}
        return Response(found.content, media_type=MEDIA_TYPE, headers=headers)

    @post("/fermeture")
    async def close(self, talk: NamedDependency[Talk], request: Request) -> Redirect:
        form, _ = MessageForm.read(await request.form())
        await close(talk, *((form.text, form.once) if form else ("", talk.id)))
        return go(talk.path, done="social_closed")

    @post("/resultats/{packet:uuid}/retrait", dependencies={"talk": Provide(own_talk)})
    async def withdraw(self, talk: NamedDependency[Talk], packet: FromPath[UUID]) -> Redirect:
        await withdraw(talk, packet)
        return go(talk.path, done="social_withdrawn")


async def _thread(
    request: Request,
    talk: Talk,
    *,
    before: int | None = None,
    sent: FormMultiDict | None = None,
    errors: Errors | None = None,
    care: Care | None = None,
) -> Template:
    messages = await latest(talk, before)
    if before is None:
        await mark_read(talk, messages)
    shown = {
        "messages": messages,
        "is_latest": before is None,
        "colleagues": await colleagues(talk, talk.reader) if talk.reader and talk.worker == talk.reader else [],
        "sent": sent or {},
        "errors": errors or {},
        "care": care,
        "most_files": MOST,
    }
    return talk_page(request, "talk", talk, 422 if errors else 200, **shown)


async def _answered(
    request: HTMXRequest, talk: Talk, sent: FormMultiDict, errors: Errors, care: Care | None
) -> Template:
    """What could not leave stays in the form. Sent, the message comes with the others that may have arrived."""
    kept = sent if errors else None
    if not request.htmx:
        return await _thread(request, talk, sent=kept, errors=errors, care=care)
    shown = {"sent": kept or {}, "errors": errors, "care": care, "is_latest": True, "most_files": MOST}
    form = talk_page(request, "_write", talk, 422 if errors else 200, **shown)
    if not errors:
        form.headers["hx-trigger"] = "entraide:sent"
    return form
