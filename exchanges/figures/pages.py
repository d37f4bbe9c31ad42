"""How fairly exchanges are found, for administrators: the figures of the last night, and the same in a file."""

from litestar import Controller, Request, Response, get
from litestar.response import Template

from app.pages import page
from app.refusals import NotHere
from exchanges.figures.files import as_csv
from exchanges.figures.making import latest
from exchanges.figures.words import months_in_words
from members.guards import administrator

NOT_YET = "Il n’y a pas encore de chiffres\u202f: les premiers sont prêts dans l’heure."


class ExchangeFiguresPages(Controller):
    path = "/administration/echanges"
    guards = [administrator]

    @get("/")
    async def show(self, request: Request) -> Template:
        report = await latest()
        return page(request, "administration/exchanges.html", report=report, months=months_in_words(report))

    @get("/chiffres.csv", media_type="text/csv")
    async def file(self, request: Request) -> Response[str]:
        report = await latest()
        if report is None:
            raise NotHere(NOT_YET)
        name = f"echanges-{report.day.isoformat()}.csv"
        return Response(
            as_csv(report),
            media_type="text/csv",
            headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
        )
