"""The administrators' directory: listed, added, corrected, hidden, deleted, given to an account."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.forms import Errors, Form
from app.pages import flashes, go, page
from contacts.directory import keeping
from contacts.directory.access import any_contact
from contacts.directory.form import LABELS, change_sent, read_form, shown, shown_again
from contacts.directory.linking import account_of, link, role_for
from contacts.directory.listing import Which, how_many_unchecked, shelf
from contacts.directory.reading import Contact
from contacts.directory.territory import in_words
from contacts.kinds import CONTACT, TOPIC
from members.guards import administrator
from members.roles import KIND as ROLE

PATH = "/administration/contacts"
flashes(
    contact_added="Le contact est ajouté.",
    contact_changed="La fiche est enregistrée.",
    contact_shown="Le contact est visible de tous.",
    contact_hidden="Le contact est masqué\u202f: sa page et la recherche ne le montrent plus.",
    contact_deleted="Le contact est supprimé.",
    contact_linked="Le compte qui répond de ce contact est noté.",
)


class Adding(Form):
    once: UUID | None = None


class ContactsOffice(Controller):
    path = PATH
    guards = [administrator]

    @get("/")
    async def list(
        self, request: Request, q: FromQuery[str] = "", voir: FromQuery[str] = "", apres: FromQuery[UUID | None] = None
    ) -> Template:
        named = " ".join(q.replace("\x00", "").split())[:120]
        which = next((one for one in Which if one.value == voir), Which.all)
        return page(
            request,
            "administration/contacts.html",
            shelf=await shelf(named, which, apres),
            unchecked=await how_many_unchecked(),
            q=named,
            which=which.value,
            is_first=apres is None,
            kinds=CONTACT,
            territory=in_words,
        )

    @get("/nouveau")
    async def ask(self, request: Request) -> Template:
        return await contact_form(request, None, shown(None))

    @post("/")
    async def add(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        content, errors = await read_form(sent)
        if content is None:
            return await contact_form(request, None, sent, errors)
        form, _ = Adding.read(sent)
        made = await keeping.add(content, request.user.id, once=form.once if form else None)
        return go(f"{PATH}/{made}", done="contact_added")


class OneContactInOffice(Controller):
    path = f"{PATH}/{{contact_id:uuid}}"
    guards = [administrator]

    @get("/")
    async def show(self, request: Request, contact_id: FromPath[UUID]) -> Template:
        contact = await any_contact(contact_id)
        return await contact_form(request, contact, shown(contact))

    @post("/")
    async def change(self, request: Request, contact_id: FromPath[UUID]) -> Template | Redirect:
        contact, sent = await any_contact(contact_id), await request.form()
        if errors := await change_sent(contact, sent, request.user.id):
            now = await any_contact(contact_id)
            return await contact_form(request, now, shown_again(sent, now), errors)
        return go(f"{PATH}/{contact_id}", done="contact_changed")

    @post("/masquage")
    async def hide(self, request: Request, contact_id: FromPath[UUID]) -> Redirect:
        await keeping.show(contact_id, False, request.user.id)
        return go(f"{PATH}/{contact_id}", done="contact_hidden")

    @post("/affichage")
    async def unhide(self, request: Request, contact_id: FromPath[UUID]) -> Redirect:
        await keeping.show(contact_id, True, request.user.id)
        return go(f"{PATH}/{contact_id}", done="contact_shown")

    @post("/suppression")
    async def delete(self, request: Request, contact_id: FromPath[UUID]) -> Redirect:
        await keeping.delete(contact_id, request.user.id)
        return go(PATH, done="contact_deleted")

    @post("/compte")
    async def link(self, request: Request, contact_id: FromPath[UUID]) -> Template | Redirect:
        contact, sent = await any_contact(contact_id), await request.form()
        typed = str(sent.get("email") or "")[:254]
        if errors := await link(contact_id, contact.kind, typed, request.user.id):
            return await contact_form(request, contact, shown(contact), errors, account=typed)
        return go(f"{PATH}/{contact_id}", done="contact_linked")


async def contact_form(
    request: Request, contact: Contact | None, sent: Any, errors: Errors | None = None, account: str | None = None
) -> Template:
    """A new contact, or one that stands there with all that can be done with it."""
    known = account if account is not None else await account_of(contact.member if contact else None)
    return page(
        request,
        "administration/contact.html",
        422 if errors else 200,
        contact=contact,
        sent=sent,
        errors=errors or {},
        labels_of=LABELS,
        kinds=[(kind.value, said) for kind, said in CONTACT.items()],
        topics=[(topic.value, said) for topic, said in TOPIC.items()],
        account={"email": known},
        role=ROLE[role_for(contact.kind)] if contact else "",
    )
