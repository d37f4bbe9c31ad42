"""The pages of rights, for anyone: nothing of who reads them is kept."""

from litestar import Controller, Request, get
from litestar.params import FromPath
from litestar.response import Template

from app.dates import today
from app.pages import page
from app.refusals import NotHere
from benefits.catalogue.finding import find_rights
from benefits.catalogue.neighbours import help_beside
from benefits.catalogue.reading import Guide, Sheet, guides, sheets
from benefits.catalogue.showing import event_page, first_page, rubric_page, sheet_page
from benefits.counting import opened
from benefits.kinds import Event, Rubric
from listings.reading.filters import Filters


class Rights(Controller):
    path = "/droits"

    @get("/")
    async def home(self, request: Request) -> Template:
        return page(request, "benefits/home.html", kept=today(), **first_page())

    @get("/rubriques/{rubric:str}")
    async def rubric(self, request: Request, rubric: FromPath[str]) -> Template:
        if rubric not in list(Rubric):
            raise NotHere
        return page(request, "benefits/rubric.html", kept=(rubric, today()), **rubric_page(Rubric(rubric)))

    @get("/prestations/{sheet_id:str}")
    async def sheet(self, request: Request, sheet_id: FromPath[str]) -> Template:
        shown = _sheet(sheet_id)
        jinja = request.app.template_engine.engine  # type: ignore[union-attr]
        neighbours = await help_beside(jinja, shown.facts.neighbours, request.user)
        opened(request, f"prestation/{shown.id}")
        kept = (shown.id, today(), neighbours)
        return page(request, "benefits/sheet.html", kept=kept, neighbours=neighbours, **sheet_page(shown, today()))

    @get("/evenements/{event:str}")
    async def event(self, request: Request, event: FromPath[str]) -> Template:
        shown = _guide(event)
        opened(request, f"evenement/{shown.event}")
        return page(request, "benefits/event.html", kept=(event, today()), **event_page(shown))

    @get("/recherche")
    async def search(self, request: Request) -> Template:
        words = Filters(q=Filters.of(request.query_params).q).q
        found = await find_rights(words) if words else None
        return page(request, "benefits/search.html", kept=(words, found), q=words, found=found, **first_page())


def _sheet(id: str) -> Sheet:
    if id not in sheets():
        raise NotHere
    return sheets()[id]


def _guide(event: str) -> Guide:
    if event not in guides():
        raise NotHere
    return guides()[Event(event)]
