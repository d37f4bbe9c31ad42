"""Whom to ask: found by commune and question, each contact on its page. Read by anybody, without a cookie."""

from uuid import UUID

from litestar import Controller, Request, get
from litestar.params import FromPath
from litestar.response import Template

from app.dates import now
from app.pages import page
from benefits.counting import count
from benefits.tables import Use
from contacts.directory.access import shown_contact
from contacts.directory.asking import Asked, answers, social_service
from contacts.kinds import CONTACT_ICON, ContactKind

WORKER = ContactKind.social_worker


class Directory(Controller):
    @get("/contacts")
    async def list(self, request: Request) -> Template:
        asked = Asked.of(request.query_params)
        found = await answers(asked, request.user)
        return page(request, "contacts/list.html", asked=asked, answers=found, icons=CONTACT_ICON, worker=WORKER)

    @get("/contacts/{contact_id:uuid}")
    async def show(self, request: Request, contact_id: FromPath[UUID]) -> Template:
        contact = await shown_contact(contact_id)
        count(Use.contacted, "contact")
        writes_to = social_service(contact.department or "") if contact.kind is WORKER else ""
        return page(request, "contacts/show.html", contact=contact, next=contact.next_after(now()), writes_to=writes_to)
