"""Contacts from a file: sent, looked at before anything changes, brought in, and the report."""

from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.csv_reading import MOST_BYTES, NotAFile, file_sent
from app.csv_writing import download
from app.pages import flashes, go, page
from contacts.directory.importing import files
from contacts.directory.importing.bringing_in import bring_in, keep_file, looked_at
from contacts.directory.importing.columns import COLUMNS
from contacts.directory.importing.comparing import FATE, Fate
from members.guards import administrator

PATH = "/administration/contacts/import"
SHOWN = 50
"""Lines of each fate on the page; the file of the report has them all."""
HEAVIEST_FORM = MOST_BYTES + 100_000

flashes(contacts_imported="L’import est fait.")


class ContactImports(Controller):
    path = PATH
    guards = [administrator]

    @get("/")
    async def ask(self, request: Request) -> Template:
        return _form(request, "")

    @post("/", request_max_body_size=HEAVIEST_FORM)
    async def send(self, request: Request) -> Template | Redirect:
        try:
            made = await keep_file(await file_sent(request), request.user.id)
        except NotAFile as wrong:
            return _form(request, str(wrong))
        return go(f"{PATH}/{made}")

    @get("/modele.csv", media_type="text/csv")
    async def template(self) -> Response[str]:
        return download(files.template(), "modele-contacts.csv")

    @get("/{import_id:uuid}")
    async def show(self, request: Request, import_id: FromPath[UUID]) -> Template:
        seen = await looked_at(import_id)
        told = [(fate, FATE[fate], [one for one in seen.told if one.fate is fate][:SHOWN]) for fate in (*Fate,)[::-1]]
        return page(request, "administration/contacts_import.html", seen=seen, told=told, fates=FATE)

    @post("/{import_id:uuid}")
    async def apply(self, request: Request, import_id: FromPath[UUID]) -> Redirect:
        await bring_in(import_id, request.user.id)
        return go(f"{PATH}/{import_id}", done="contacts_imported")

    @get("/{import_id:uuid}/rapport.csv", media_type="text/csv")
    async def report(self, import_id: FromPath[UUID]) -> Response[str]:
        seen = await looked_at(import_id)
        return download(files.report(seen.told), f"import-contacts-{seen.sent_at:%Y-%m-%d}.csv")


def _form(request: Request, problem: str) -> Template:
    errors = {"file": problem} if problem else {}
    return page(request, "administration/contacts_file.html", 422 if problem else 200, columns=COLUMNS, errors=errors)
