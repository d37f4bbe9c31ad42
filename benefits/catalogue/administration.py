"""For administrators: what is wrong with the catalogue, and what is used of it."""

from typing import Any

from litestar import Controller, Request, get
from litestar.response import Template

from app.dates import today
from app.pages import page
from benefits.catalogue.checking import BENIGN, FAULT, findings
from benefits.catalogue.reading import sheets
from benefits.figures import uses_of_late
from members.guards import administrator


class CatalogueCheck(Controller):
    path = "/administration/prestations"
    guards = [administrator]

    @get("/")
    async def show(self, request: Request) -> Template:
        found, uses = findings(today()), await uses_of_late()
        wrong = [one for one in found if one.fault not in BENIGN]
        alone = [one for one in found if one.fault in BENIGN]
        context: dict[str, Any] = {"wrong": wrong, "alone": alone, "names": FAULT, "uses": uses}
        return page(request, "administration/benefits.html", benefits=len(sheets()), **context)
