"""When help is needed, as it was typed: some dates, or days of every week."""

from datetime import date, time
from typing import Any

from litestar.datastructures import FormMultiDict

from app.dates import today
from app.forms import Errors
from listings.kinds import Category
from listings.schedules.schedule import Schedule, Slot, Weekly
from listings.writing.asked import MOST_SLOTS
from listings.writing.completeness import AHEAD, FAR, wrong_day
from listings.writing.written_values import clock, day
from places.communes import Place
from places.school_zones import school_zone
from places.zones import earliest_day

BAD_DAY = "Indiquez une date, par exemple 31/05/2027."
BAD_HOUR = "Indiquez une heure, par exemple 16 h 30."
ENDS_FIRST = "La fin doit venir après le début."
NO_ZONE = "Indiquez une commune : les dates des vacances en dépendent."
NO_START = "Indiquez aussi l’heure de début."


def read_schedule(sent: FormMultiDict, place: Place | None) -> tuple[Schedule | None, Errors]:
    """None and no message when nothing is fixed yet. `place` is the one whose holidays may be left out."""
    when = sent.get("when")
    if when == "dates":
        return _slots(sent)
    return _weekly(sent, place) if when == "weekly" else (None, {})


def _slots(sent: FormMultiDict) -> tuple[Schedule | None, Errors]:
    slots, errors = [], Errors()
    for number in range(1, MOST_SLOTS + 1):
        on = _day(sent, f"on-{number}", errors)
        starts, ends = _hours(sent, f"starts-{number}", f"ends-{number}", errors)
        if on and (wrong := wrong_day(on, earliest_day())):
            errors[f"on-{number}"] = wrong
        elif on:
            slots.append(Slot(on=on, starts=starts, ends=ends))
        elif (starts or ends) and f"on-{number}" not in errors:
            errors[f"on-{number}"] = "Indiquez le jour de ces horaires."
    if not slots and not errors:
        errors["on-1"] = "Indiquez au moins une date, ou choisissez « À convenir ensemble »."
    slots.sort(key=lambda slot: (slot.on, slot.starts or time.min))
    return (None, errors) if errors else (Schedule(slots=tuple(dict.fromkeys(slots))), errors)


def _weekly(sent: FormMultiDict, place: Place | None) -> tuple[Schedule | None, Errors]:
    errors = Errors()
    days = tuple(sorted({int(typed) for typed in sent.getall("days", []) if typed in tuple("0123456")}))
    starts, ends = _hours(sent, "starts", "ends", errors)
    since, until = _day(sent, "since", errors), _day(sent, "until", errors)
    if not days:
        errors["days"] = "Cochez au moins un jour."
    if since and since > today() + AHEAD:
        errors["since"] = FAR
    if until and (wrong := wrong_day(until, earliest_day())):
        errors["until"] = wrong
    elif since and until and until < since:
        errors["until"] = ENDS_FIRST
    weekly = Weekly(days=days, starts=starts, ends=ends, since=since, until=until, **_left_out(sent, place, errors))
    return (None, errors) if errors else (Schedule(weekly=weekly), errors)


def _left_out(sent: FormMultiDict, place: Place | None, errors: Errors) -> dict[str, Any]:
    ticked = sent.getall("except", [])
    zone = school_zone(place.department) if place and "school" in ticked else None
    if "school" in ticked and zone is None:
        errors["except"] = NO_ZONE
    public = place.department if place and "public" in ticked else None
    return {"except_holidays": zone, "except_public_holidays": "public" in ticked, "department": public}


def _day(sent: FormMultiDict, name: str, errors: Errors) -> date | None:
    typed = sent.get(name)
    try:
        return day(typed) if isinstance(typed, str) and typed.strip() else None
    except ValueError:
        errors[name] = BAD_DAY
        return None


def _hours(sent: FormMultiDict, first: str, last: str, errors: Errors) -> tuple[time | None, time | None]:
    starts, ends = _hour(sent, first, errors), _hour(sent, last, errors)
    if ends and not starts and first not in errors:
        errors[first] = NO_START
    if starts and ends and ends <= starts:
        errors[last] = ENDS_FIRST
    return starts, ends


def _hour(sent: FormMultiDict, name: str, errors: Errors) -> time | None:
    typed = sent.get(name)
    try:
        return clock(typed) if isinstance(typed, str) and typed.strip() else None
    except ValueError:
        errors[name] = BAD_HOUR
        return None


def schedule_typed_again(schedule: Schedule | None, category: Category) -> dict[str, Any]:
    """Without a weekly schedule yet, pauses are ticked beforehand where nearly everybody wants them."""
    usual = {"except": ["school", "public"]} if category is Category.school_run else {}
    if schedule is None:
        return {"when": "none", **usual}
    if schedule.weekly is None:
        rows = enumerate(schedule.slots, start=1)
        return {"when": "dates", **usual} | {
            name: said for number, slot in rows for name, said in _slot_typed(number, slot).items()
        }
    weekly = schedule.weekly
    return {
        "when": "weekly",
        "except": [name for name, is_left_out in _pauses(weekly) if is_left_out],
        "days": [str(one) for one in weekly.days],
        "starts": _said(weekly.starts),
        "ends": _said(weekly.ends),
        "since": weekly.since.isoformat() if weekly.since else "",
        "until": weekly.until.isoformat() if weekly.until else "",
    }


def _pauses(weekly: Weekly) -> list[tuple[str, bool]]:
    return [("school", weekly.except_holidays is not None), ("public", weekly.except_public_holidays)]


def _slot_typed(number: int, slot: Slot) -> dict[str, str]:
    return {
        f"on-{number}": slot.on.isoformat(),
        f"starts-{number}": _said(slot.starts),
        f"ends-{number}": _said(slot.ends),
    }


def _said(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""
