"""The calendar and the wishes of a member. Nothing of them is ever in an address."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.response import Redirect, Template

from app.forms import Errors
from app.pages import flashes, go, page
from app.refusals import Refused
from exchanges.calendar.exchanger import ExchangerView, exchanger_of
from exchanges.calendar.saving import ChangedMeanwhile, note_weeks, note_wishes
from exchanges.calendar.ticking import Ticked, meant_by
from exchanges.calendar.wishing import CHOICES, WishesForm, Written, added, as_given, moved, read_all
from exchanges.calendar.year import YearForm, as_ticked, saturdays_of, year_of, zone_of
from members.guards import signed_in
from members.home_commune import as_choices
from places.communes import Place

flashes(
    weeks_noted="C’est noté. Personne d’autre ne voit vos semaines.",
    wishes_noted="C’est noté. Personne d’autre ne voit vos souhaits.",
)
HUB = "/moi/echanges"


class PlannedYear(Controller):
    path = HUB + "/calendrier"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return await _year(request)

    @post("/")
    async def note(self, request: Request) -> Template | Redirect:
        sent, saturdays = await request.form(), saturdays_of(request.user)
        ticked = Ticked.read(sent.getall("home", []), sent.getall("away", []), saturdays)
        form, errors = YearForm.read(sent)
        if form is None or (errors := form.troubles):
            return await _year(request, ticked, sent, errors, 422)
        if not form.saves:
            meant = meant_by(form.do, zone_of(request.user, form.zone), saturdays)
            return await _year(request, ticked.noting(meant, form.mark), sent)
        try:
            await note_weeks(request.user.id, ticked.weeks, form.length, form.version)
        except Refused as refused:
            return await _year(request, ticked, sent, _said(refused), refused.status)
        return go(HUB, done="weeks_noted")


class OwnWishes(Controller):
    path = HUB + "/souhaits"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return await _wishes(request)

    @post("/")
    async def note(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = WishesForm.read(sent)
        if form is None:
            return await _wishes(request, Written(read_all(sent.getall("wish", [])), errors), sent)
        written = added(form) if form.adds else Written(moved(read_all(form.wish), form.do))
        if written.errors or not form.saves:
            return await _wishes(request, written, sent)
        try:
            await note_wishes(request.user.id, form.household, written.wishes, form.version)
        except Refused as refused:
            return await _wishes(request, written._replace(errors=_said(refused)), sent, refused.status)
        return go(HUB, done="wishes_noted")


def _said(refused: Refused) -> Errors:
    return {"version" if isinstance(refused, ChangedMeanwhile) else "cap": str(refused)}


def _version(kept: ExchangerView | None, sent: Any, errors: Errors) -> int:
    """That of the page one is on; of what is kept once one was told that it changed."""
    typed = sent.get("version") if sent else None
    if isinstance(typed, str) and typed.isdecimal() and len(typed) < 10 and "version" not in errors:
        return int(typed)
    return kept.version if kept else 1


async def _year(
    request: Request, ticked: Ticked | None = None, sent: Any = None, errors: Errors | None = None, status: int = 200
) -> Template:
    kept, errors = await exchanger_of(request.user.id), errors or {}
    given = as_ticked(kept) if sent is None else sent
    year = await year_of(request.user, kept, Ticked.of(kept.weeks if kept else ()) if ticked is None else ticked, given)
    version = _version(kept, sent, errors)
    return page(
        request,
        "exchanges/calendar/year.html",
        status,
        year=year,
        version=version,
        unsaved=sent is not None,
        sent=given,
        errors=errors,
    )


async def _wishes(request: Request, written: Written | None = None, sent: Any = None, status: int = 200) -> Template:
    kept = await exchanger_of(request.user.id)
    found = written or Written(list(kept.wishes) if kept else [])
    candidates: list[Place] = found.candidates
    return page(
        request,
        "exchanges/calendar/wishes.html",
        422 if found.errors and status == 200 else status,
        written=found,
        version=_version(kept, sent, found.errors),
        unsaved=sent is not None,
        sent=as_given(kept, sent, found),
        errors=found.errors,
        communes=as_choices(candidates),
        choices=CHOICES,
    )
