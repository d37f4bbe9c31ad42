"""How soon a member hears of what a saved search finds."""

import enum
from datetime import datetime, time, timedelta

from app.settings import PARIS

AT = time(7, 30)
"""Of the digests, on the clock of Paris: before the day begins."""
MONDAY = 0


class Pace(enum.StrEnum):
    at_once = "at_once"
    daily = "daily"
    weekly = "weekly"
    paused = "paused"


PACE = {
    Pace.at_once: "Aussitôt",
    Pace.daily: "Une fois par jour",
    Pace.weekly: "Une fois par semaine",
    Pace.paused: "En pause",
}
PACE_HINT = {
    Pace.at_once: "Dès qu’une annonce paraît",
    Pace.daily: "Le matin, ce qui a paru depuis la veille",
    Pace.weekly: "Le lundi matin, ce qui a paru dans la semaine",
    Pace.paused: "La recherche est gardée, sans rien vous dire",
}


def due(pace: Pace, found_at: datetime) -> datetime | None:
    """When something found at that moment is told; None for never."""
    match pace:
        case Pace.at_once:
            return found_at
        case Pace.daily:
            return _next_morning(found_at)
        case Pace.weekly:
            morning = _next_morning(found_at)
            return _on_day(morning, (MONDAY - morning.astimezone(PARIS).weekday()) % 7)
        case Pace.paused:
            return None


def _next_morning(after: datetime) -> datetime:
    local = after.astimezone(PARIS)
    morning = datetime.combine(local.date(), AT, PARIS)
    return morning if morning > local else _on_day(morning, 1)


def _on_day(morning: datetime, days: int) -> datetime:
    """The same hour so many days later, also over the change of the clocks."""
    return datetime.combine(morning.astimezone(PARIS).date() + timedelta(days=days), AT, PARIS)
