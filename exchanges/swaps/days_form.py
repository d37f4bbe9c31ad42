"""The form in which days are proposed: one stay or two, or the weekdays of a room in the week."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from dateutil.relativedelta import relativedelta
from litestar.datastructures import FormMultiDict

from app.dates import DAYS, today
from app.forms import MISSING, Errors, Form
from exchanges.kinds import Form as SwapForm
from exchanges.swaps.access import OwnSwap, StaySeen
from exchanges.swaps.agreeing import Span

LONGEST = timedelta(weeks=8)
LONGEST_OF_ROOMS = relativedelta(years=1)
AHEAD = relativedelta(months=24)
WEEKDAYS = tuple((number, DAYS[number]) for number in range(4))
"""Of a room in the week: its nights are those from Monday to Thursday."""

TO_COME = "Choisissez un jour à venir."
TOO_FAR = "C’est trop loin\u202f: choisissez un jour dans les deux ans."
AFTER = "Le départ vient après l’arrivée."
TOO_LONG = "Un séjour dure au plus huit semaines."
TOO_LONG_A_PERIOD = "Choisissez une période d’un an au plus."
WHICH_DAYS = "Cochez au moins un jour de la semaine."


class DaysForm(Form):
    """`as_guest…` are one's own stay, `as_host…` that of who comes; without the second, both are on the same days."""

    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    guest_first: date | None = None
    guest_last: date | None = None
    host_first: date | None = None
    host_last: date | None = None
    days: list[Annotated[int, msgspec.Meta(ge=0, le=3)]] = []


def untouched(own: OwnSwap) -> dict[str, Any]:
    """What the form holds before anybody typed: the latest days."""
    sent: dict[str, Any] = {"version": own.version, "days": []}
    for name, stay in (("guest", own.as_guest), ("host", own.as_host)):
        if stay and (span := stay.latest):
            sent |= {f"{name}_first": span.first.isoformat(), f"{name}_last": span.last.isoformat()}
            sent["days"] = [str(day) for day in span.days]
    return sent


def written_days(sent: FormMultiDict, own: OwnSwap) -> tuple[dict[UUID, Span], int, Errors]:
    """The days by stay and the version they answer to; or a message for each field that does not fit."""
    form, errors = DaysForm.read(sent)
    if form is None:
        return {}, 0, errors
    is_room = own.form is SwapForm.week_room
    weekdays = tuple(sorted(set(form.days))) if is_room else ()
    if is_room and not weekdays:
        errors["days"] = WHICH_DAYS
    both = own.as_guest is not None and own.as_host is not None
    spans: dict[UUID, Span] = {}
    typed = {"guest": (form.guest_first, form.guest_last), "host": (form.host_first, form.host_last)}
    if both and not any(typed["host"]):
        typed["host"] = typed["guest"]
    for name, stay in (("guest", own.as_guest), ("host", own.as_host)):
        if stay and (span := _span(name, typed[name], weekdays, stay, errors, is_room)):
            spans[stay.id] = span
    return ({} if errors else spans), form.version, errors


def _span(
    name: str,
    typed: tuple[date | None, date | None],
    weekdays: tuple[int, ...],
    stay: StaySeen,
    errors: Errors,
    is_room: bool,
) -> Span | None:
    first, last = typed
    wrong = {
        f"{name}_first": _wrong_first(first, stay),
        f"{name}_last": _wrong_last(first, last, is_room),
    }
    errors |= {field: why for field, why in wrong.items() if why and field not in errors}
    if first is None or last is None or any(wrong.values()):
        return None
    return Span(first, last, weekdays)


def _wrong_first(first: date | None, stay: StaySeen) -> str:
    if first is None:
        return MISSING
    if first <= today() and not (stay.stands and stay.stands.first == first):
        return TO_COME
    return TOO_FAR if first > today() + AHEAD else ""


def _wrong_last(first: date | None, last: date | None, is_room: bool) -> str:
    if last is None:
        return MISSING
    if first is None or last <= first:
        return AFTER if first else ""
    if is_room:
        return TOO_LONG_A_PERIOD if last > first + LONGEST_OF_ROOMS else ""
    return TOO_LONG if last - first > LONGEST else ""
