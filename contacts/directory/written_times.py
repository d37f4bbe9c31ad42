"""Permanences and closed days as people write them, one a line: `mardi 9 h - 12 h, sur rendez-vous`."""

import re
from collections.abc import Iterable
from datetime import date, time

from app.dates import DAYS
from contacts.directory.times import Closure, Meeting
from places.folding import fold

MOST = 40
"""Lines of either: nobody reads more."""
_HOUR = r"(\d{1,2}) ?(?:h|:) ?(\d{2})?"
_MEETING = re.compile(rf"(\w+?)s? *:? *(?:de )?{_HOUR} *(?:-|–|—|a|à|/) *{_HOUR}(.*)", re.IGNORECASE | re.DOTALL)
_APPOINTMENT = re.compile(r"\b(?:uniquement |seulement )?sur (?:rendez-vous|rdv)\b", re.IGNORECASE)
_DAY = r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})"
_CLOSURE = re.compile(rf"(?:du |le )?{_DAY}(?: *(?:au|-|–) *{_DAY})?(.*)", re.IGNORECASE | re.DOTALL)
_EDGES = " ,.:()-–\u00a0"


class Unreadable(ValueError):
    """A line nobody understands: the text says which, and how to write it."""


def meetings_of(typed: str) -> tuple[Meeting, ...]:
    """Raises Unreadable."""
    return tuple(sorted({_meeting(line) for line in _lines(typed, "permanences")}))


def closures_of(typed: str, since: date) -> tuple[Closure, ...]:
    """Those that are not over on the day `since`. Raises Unreadable."""
    found = {_closure(line) for line in _lines(typed, "fermetures")}
    return tuple(sorted(one for one in found if one.last >= since))


def meetings_text(meetings: Iterable[Meeting], between: str = "\n") -> str:
    return between.join(_meeting_text(one) for one in meetings)


def closures_text(closures: Iterable[Closure], between: str = "\n") -> str:
    return between.join(_closure_text(one) for one in closures)


def day_of(typed: str) -> date | None:
    """`24/12/2026` or `2026-12-24`; None when it is no day of a calendar."""
    try:
        parts = [int(part) for part in re.findall(r"\d+", typed)]
        return date(*parts) if "-" in typed else date(*reversed(parts))
    except (TypeError, ValueError, OverflowError):
        return None


def _lines(typed: str, what: str) -> list[str]:
    """With single spaces: a pattern that may skip twenty thousand of them in two ways takes seconds."""
    lines = [line for one in re.split(r"[\n;]+", typed) if (line := " ".join(one.split()))]
    if len(lines) > MOST:
        raise Unreadable(f"Écrivez au plus {MOST} {what}.")
    return lines


def _meeting(line: str) -> Meeting:
    parts = _MEETING.fullmatch(line)
    wrong = f"« {line[:60]} » n’est pas une permanence. Écrivez par exemple : mardi 9 h - 12 h, sur rendez-vous."
    if parts is None:
        raise Unreadable(wrong)
    weekday = {fold(name): number for number, name in enumerate(DAYS)}.get(fold(parts[1]))
    starts, ends = _time(parts[2], parts[3]), _time(parts[4], parts[5])
    if weekday is None or starts is None or ends is None:
        raise Unreadable(wrong)
    if starts >= ends:
        raise Unreadable(f"« {line[:60]} » finit avant de commencer.")
    place, appointments = _APPOINTMENT.subn("", parts[6])
    return Meeting(weekday, starts, ends, _tidy(place), appointments > 0)


def _time(hours: str, minutes: str | None) -> time | None:
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


def _closure(line: str) -> Closure:
    parts = _CLOSURE.fullmatch(line)
    first = day_of(parts[1]) if parts else None
    last = day_of(parts[2]) if parts and parts[2] else first
    if parts is None or first is None or last is None:
        raise Unreadable(f"« {line[:60]} » n’est pas une fermeture. Par exemple : 24/12/2026 au 02/01/2027, congés.")
    if first > last:
        raise Unreadable(f"« {line[:60]} » finit avant de commencer.")
    return Closure(first, last, _tidy(parts[3])[:120])


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(_EDGES)[:300]


def _meeting_text(one: Meeting) -> str:
    hours = f"{DAYS[one.weekday]} {_hour_text(one.starts)} - {_hour_text(one.ends)}"
    return ", ".join(filter(None, (hours, "sur rendez-vous" if one.by_appointment else "", one.place)))


def _hour_text(at: time) -> str:
    return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"


def _closure_text(one: Closure) -> str:
    days = f"{one.first:%d/%m/%Y}" + (f" au {one.last:%d/%m/%Y}" if one.last != one.first else "")
    return ", ".join(filter(None, (days, one.why)))
