"""Answering a public reply, changing or deleting one's own: a small page each, or a form in its place with scripts."""

from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from app.requests import Request
from listings.replies.access import Reply, answerable_reply, own_reply, own_reply_online
from listings.replies.deleting import delete_reply
from listings.replies.editing import EditForm, edit_reply
from listings.replies.saying import ReplyForm, reply, screened
from listings.writing.changed import ChangedMeanwhile
from listings.writing.editing import Edited
from members.guards import signed_in
from moderation.rules import Verdict
from moderation.rules.advice import refusal
from moderation.rules.care import told

flashes(
    reply_edited="Votre message est modifié.",
    reply_edit_held="Votre modification attend une relecture. D’ici là, l’ancien texte reste visible.",
    reply_deleted="Votre message est supprimé.",
)


class Answers(Controller):
    path = "/reponses/{reply_id:int}/reponse"
    guards = [signed_in]
    dependencies = {"to": Provide(answerable_reply)}

    @get("/")
    async def write(self, request: Request, to: NamedDependency[Reply], citer: FromQuery[str] = "") -> Template:
        return _form(request, "answer", to, {"quote": "on"} if citer else {})

    @post("/")
    async def say(self, request: Request, to: NamedDependency[Reply]) -> Template | Redirect:
        sent = await request.form()
        form, errors = ReplyForm.read(sent)
        if form is None:
            return _form(request, "answer", to, sent, errors)
        verdict = await screened(to.ad, form.body, request.user)
        if verdict.is_refused:
            return _form(request, "answer", to, sent, {"body": refusal(verdict)})
        done = await reply(to.ad, request.user, form, verdict, under=to)
        return _back(to, done.id, verdict, "said" if done.is_visible else "said_later")


class Edits(Controller):
    path = "/reponses/{reply_id:int}/modification"
    guards = [signed_in]
    dependencies = {"own": Provide(own_reply_online)}

    @get("/")
    async def write(self, request: Request, own: NamedDependency[Reply]) -> Template:
        return _form(request, "edit", own, {"body": own.waiting_body or own.refused_body or own.body})

    @post("/")
    async def send(self, request: Request, own: NamedDependency[Reply]) -> Template | Redirect:
        sent = await request.form()
        form, errors = EditForm.read(sent)
        if form is None:
            return _form(request, "edit", own, sent, errors)
        verdict = await screened(own.ad, form.body, request.user)
        if verdict.is_refused:
            return _form(request, "edit", own, sent, {"body": refusal(verdict)})
        try:
            done = await edit_reply(own, request.user, form, verdict)
        except ChangedMeanwhile as changed:
            return _form(request, "edit", own, sent, changed=str(changed))
        return _back(own, own.id, verdict, "reply_edited" if done is Edited.applied else "reply_edit_held")


class Deletions(Controller):
    path = "/reponses/{reply_id:int}/suppression"
    guards = [signed_in]
    dependencies = {"own": Provide(own_reply)}

    @get("/")
    async def ask(self, request: Request, own: NamedDependency[Reply]) -> Template:
        return _form(request, "delete", own, {})

    @post("/")
    async def delete(self, request: Request, own: NamedDependency[Reply]) -> Redirect:
        await delete_reply(own, request.user)
        return go(f"/annonces/{own.ad.id}#reponses", done="reply_deleted")


def _back(reply: Reply, shown: int, verdict: Verdict, done: str) -> Redirect:
    """To the page of its thread, where what was just written stands."""
    return go(f"/annonces/{reply.ad.id}?depuis={reply.thread}#reponse-{shown}", *told(verdict.findings, done))


def _form(
    request: Request, name: str, reply: Reply, sent: Any, errors: Errors | None = None, changed: str = ""
) -> Template:
    """Of a page that is open only the form is asked."""
    status = 409 if changed else 422 if errors else 200
    template = f"listings/replies/{'_' if request.htmx else ''}{name}.html"
    return page(request, template, status, reply=reply, sent=sent, errors=errors or {}, changed=changed)
