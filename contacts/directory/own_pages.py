"""What a correspondent or a social worker corrects themselves: the contact their account answers for."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import go, page
from contacts.directory.access import own_contact, own_contacts
from contacts.directory.form import LABELS, change_sent, shown, shown_again
from contacts.directory.reading import Contact
from contacts.kinds import TOPIC
from members.guards import signed_in

PATH = "/correspondance/contact"


class OwnContacts(Controller):
    path = PATH
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template | Redirect:
        mine = await own_contacts(request.user)
        if len(mine) == 1:
            return go(f"{PATH}/{mine[0].id}")
        return page(request, "contacts/own_list.html", contacts=mine)

    @get("/{contact_id:uuid}")
    async def show(self, request: Request, contact_id: FromPath[UUID]) -> Template:
        contact = await own_contact(contact_id, request.user)
        return _form(request, contact, shown(contact))

    @post("/{contact_id:uuid}")
    async def change(self, request: Request, contact_id: FromPath[UUID]) -> Template | Redirect:
        contact, sent = await own_contact(contact_id, request.user), await request.form()
        if errors := await change_sent(contact, sent, request.user.id, is_own=True):
            now = await own_contact(contact_id, request.user)
            return _form(request, now, shown_again(sent, now), errors)
        return go(f"{PATH}/{contact_id}", done="contact_changed")


def _form(request: Request, contact: Contact, sent: Any, errors: Errors | None = None) -> Template:
    return page(
        request,
        "contacts/own.html",
        422 if errors else 200,
        contact=contact,
        sent=sent,
        errors=errors or {},
        labels_of=LABELS,
        topics=[(topic.value, said) for topic, said in TOPIC.items()],
    )
