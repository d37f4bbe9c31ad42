"""The addresses of a file of offers: what it must look like, sending it, what became of each line."""

from litestar import Controller, Request, Response, get, post
from litestar.response import Template

from app.csv_reading import MOST_BYTES, NotAFile, file_sent, text_of
from app.csv_writing import download, spreadsheet
from app.pages import page
from members.guards import correspondent
from partners.importing.bringing_in import MOST, Fate, bring_in
from partners.importing.columns import COLUMNS


class ImportingOffers(Controller):
    path = "/correspondance/import"
    guards = [correspondent]

    @get("/")
    async def ask(self, request: Request) -> Template:
        return _form(request, "")

    @post("/", request_max_body_size=MOST_BYTES + 100_000)
    async def send(self, request: Request) -> Template:
        try:
            told = await bring_in(text_of(await file_sent(request)), request.user)
        except NotAFile as wrong:
            return _form(request, str(wrong))
        counts = {fate: sum(one.fate is fate for one in told) for fate in Fate}
        return page(request, "partners/importing/done.html", told=told, counts=counts)

    @get("/modele.csv", media_type="text/csv")
    async def template(self) -> Response[str]:
        return download(spreadsheet([[column.name for column in COLUMNS]]), "modele-offres.csv")


def _form(request: Request, problem: str) -> Template:
    errors = {"file": problem} if problem else {}
    status = 422 if problem else 200
    return page(request, "partners/importing/file.html", status, columns=COLUMNS, errors=errors, most=MOST)
