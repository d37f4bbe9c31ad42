"""How the site is moderated, for anybody: any days of the last year, and the frozen report of each year."""

from datetime import timedelta
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from app.client import address
from app.forms import Errors
from app.pages import page
from app.refusals import TooOften
from app.throttle import throttle
from moderation.figures.durations import in_hours
from moderation.figures.keeping import KeptFigures
from moderation.figures.periods import Period
from moderation.figures.transparency.asking import PeriodForm, earliest, period_of
from moderation.figures.transparency.files import as_csv, as_json
from moderation.figures.transparency.freezing import frozen, frozen_years
from moderation.figures.transparency.making import make_report
from moderation.figures.transparency.report import Report, without_small_numbers

live = KeptFigures[Report]()
PAGE = "moderation/figures/transparency.html"
CSV, JSON = "text/csv", "application/json"
UNPROCESSABLE = 422
LAST_YEAR = 9999
AT_MOST, WINDOW = 30, timedelta(minutes=10)
TOO_MANY = (
    "Beaucoup de périodes différentes viennent d’être demandées depuis votre connexion. Patientez dix minutes\u202f:"
    " les rapports annuels restent ouverts."
)


class Transparency(Controller):
    path = "/transparence"

    @get("/")
    async def live(self, request: Request) -> Template:
        period, errors = _asked(request)
        return page(
            request,
            PAGE,
            UNPROCESSABLE if errors else 200,
            report=await _report_of(period, request),
            year=None,
            years=await frozen_years(),
            errors=errors,
            sent=request.query_params if errors else {"du": period.first, "au": period.last},
            earliest=earliest(),
            hours=in_hours,
        )

    @get("/{year:int}")
    async def of_year(self, request: Request, year: FromPath[int]) -> Template:
        report, years = await _frozen(year), await frozen_years()
        return page(request, PAGE, report=report, year=year, years=years, errors={}, sent={}, hours=in_hours)

    @get("/{year:int}/rapport.csv")
    async def year_as_csv(self, year: FromPath[int]) -> Response[str]:
        return _file(as_csv(await _frozen(year)), CSV, f"transparence-{year}.csv")

    @get("/{year:int}/rapport.json")
    async def year_as_json(self, year: FromPath[int]) -> Response[bytes]:
        return _file(as_json(await _frozen(year)), JSON, f"transparence-{year}.json")


class TransparencyFiles(Controller):
    @get("/transparence.csv")
    async def csv(self, request: Request) -> Response[Any]:
        period, errors = _asked(request)
        if errors:
            return Response("\n".join(errors.values()), media_type="text/plain", status_code=UNPROCESSABLE)
        return _file(as_csv(await _report_of(period, request)), CSV, _name(period, "csv"))

    @get("/transparence.json")
    async def json(self, request: Request) -> Response[Any]:
        period, errors = _asked(request)
        if errors:
            return Response({"errors": errors}, status_code=UNPROCESSABLE)
        return _file(as_json(await _report_of(period, request)), JSON, _name(period, "json"))


def _asked(request: Request) -> tuple[Period, Errors]:
    return period_of(*PeriodForm.read(request.query_params))  # type: ignore[arg-type]


async def _report_of(period: Period, request: Request) -> Report:
    async def count() -> Report:
        await _brake(request)
        return without_small_numbers(await make_report(period))

    return await live.get(period, count)


async def _brake(request: Request) -> None:
    """Of what is counted anew only: each count reads much, and a machine could ask for every day there is."""
    try:
        await throttle("transparency", address(request), limit=AT_MOST, every=WINDOW)
    except TooOften:
        raise TooOften(TOO_MANY) from None


async def _frozen(year: int) -> Report:
    """Raises NotFoundException for a year without a report, one no database knows too."""
    report = await frozen(year) if 0 < year <= LAST_YEAR else None
    if report is None:
        raise NotFoundException
    return report


def _name(period: Period, kind: str) -> str:
    return f"transparence-{period.first}-{period.last}.{kind}"


def _file(content: Any, media_type: str, name: str) -> Response[Any]:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    return Response(content, media_type=media_type, headers=headers)
