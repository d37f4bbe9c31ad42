"""The social service's own page: who reads, what is kept, a first word; and the code by which one comes back."""

from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go
from contacts.social.caring import signs_of_distress
from contacts.social.codes import in_groups
from contacts.social.coming_back import PATH, cookie_for, no_cookie, open_by_code
from contacts.social.opening import NOBODY, TOPICS, Opened, Opening, asked, open_talk
from contacts.social.own import own_talks, proposed
from contacts.social.packets import carried, read_carried
from contacts.social.private import private_page
from moderation.rules.care import care_of, told

flashes(
    social_sent="C’est envoyé. Le service social de votre département vous répond ici.",
    social_left="Vous avez quitté la conversation : il faut de nouveau le code pour l’ouvrir ici.",
)


class SocialService(Controller):
    """Read by whoever needs it, with or without an account."""

    path = PATH

    @get("/")
    async def show(self, request: Request) -> Template:
        return await _service(request)

    @post("/")
    async def open(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, department, errors = await asked(sent)
        if form is None:
            return await _service(request, sent, errors)
        return _after(request, form, await open_talk(form, department, request))

    @get("/reprendre")
    async def ask_code(self, request: Request) -> Template:
        return private_page(request, "come_back", errors={})

    @post("/reprendre")
    async def come_back(self, request: Request) -> Template | Redirect:
        talk, errors = await open_by_code(str((await request.form()).get("code") or "")[:60], request)
        if talk is None:
            return private_page(request, "come_back", 422, errors=errors)
        return go(f"{PATH}/conversations/{talk}", cookies=[cookie_for(talk)])

    @post("/quitter")
    async def leave(self, request: Request) -> Redirect:
        return go(PATH, done="social_left", cookies=[no_cookie()])


async def _service(request: Request, sent: FormMultiDict | None = None, errors: Errors | None = None) -> Template:
    """What was typed stays; a member's commune is proposed."""
    errors, packet = errors or {}, read_carried(sent.get("packet")) if sent else None
    return private_page(
        request,
        "service",
        422 if errors else 200,
        topics=TOPICS,
        talks=await own_talks(request),
        carried=carried(packet) if packet else "",
        packet=packet,
        sent=sent or proposed(request.user, request.query_params),
        errors=errors,
        nobody=NOBODY in errors.get("commune", ""),
    )


def _after(request: Request, form: Opening, opened: Opened) -> Template | Redirect:
    """With an account, the conversation; without, the code, this once."""
    path, findings = f"{PATH}/conversations/{opened.talk}", signs_of_distress(form.text)
    if opened.is_named:
        return go(path, *told(findings, "social_sent"))
    if opened.code is None:
        return go(f"{PATH}/reprendre")
    code, care = in_groups(opened.code), care_of(findings)
    return private_page(request, "code", opens=opened.talk, code=code, path_of_talk=path, care=care)
