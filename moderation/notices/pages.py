"""The form for legal notices, open to everyone, and where each is followed."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.client import address
from app.forms import Errors
from app.pages import back_to, flashes, go, page
from members.guards import signed_in
from moderation.notices.braking import TRAP, brake_member, brake_visitor, opened_now, too_fast_or_old
from moderation.notices.following import followed_by_link, followed_by_number, number_of, path_of
from moderation.notices.kinds import KINDS
from moderation.notices.sending import NoticeForm, OwnWords, send_notice

flashes(notice_received="Votre signalement est bien reçu.")


class Notices(Controller):
    path = "/signaler-un-contenu-illicite"

    @get()
    async def ask(self, request: Request, ou: FromQuery[str] = "") -> Template:
        return _form(request, sent={"where": back_to(ou, "")[:500]})

    @post()
    async def send(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = NoticeForm.read_from(sent, request.user)
        if (errors := errors | _suspicious(request, sent)) or form is None:
            return _form(request, 422, sent, errors)
        await _brake(request)
        try:
            notice = await send_notice(form, request.user)
        except OwnWords as refusal:
            return _form(request, 422, sent, {"where": str(refusal)})
        to = f"/signaler-un-contenu-illicite/{await number_of(notice)}" if request.user else path_of(notice)
        return go(to, done="notice_received")

    @get("/suivi/{token:str}")
    async def follow(self, request: Request, token: FromPath[str]) -> Template:
        return page(request, "moderation/notices/followed.html", notice=await followed_by_link(token))

    @get("/{number:str}", guards=[signed_in])
    async def own(self, request: Request, number: FromPath[str]) -> Template:
        notice = await followed_by_number(number, request.user.id)
        return page(request, "moderation/notices/followed.html", notice=notice)


def _suspicious(request: Request, sent: Any) -> Errors:
    """Of visitors only: members are known."""
    if request.user:
        return {}
    wrong = {"website": TRAP} if sent.get("website") else {}
    if why := too_fast_or_old(sent.get("opened")):
        wrong["opened"] = why
    return wrong


async def _brake(request: Request) -> None:
    if request.user:
        await brake_member(str(request.user.id))
    else:
        await brake_visitor(address(request))


def _form(request: Request, status: int = 200, sent: Any = None, errors: Any = None) -> Template:
    return page(
        request,
        "moderation/notices/form.html",
        status,
        kinds=[(kind.value, said.label, said.hint) for kind, said in KINDS.items()],
        opened=opened_now(),
        sent=sent or {},
        errors=errors or {},
    )
