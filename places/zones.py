"""The clock people of a department live by (IANA time zones): overseas, « today » is not the mainland's."""

from datetime import date
from zoneinfo import ZoneInfo

from app import dates

MAINLAND = ZoneInfo("Europe/Paris")
_OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
WESTERNMOST = "987"


def zone_of(department: str | None) -> ZoneInfo:
    """Europe/Paris for the mainland, Corsica, and where nothing is known."""
    name = _OVERSEAS.get(department or "")
    return ZoneInfo(name) if name else MAINLAND


def overseas() -> dict[str, ZoneInfo]:
    """The departments that live by another clock than the mainland's."""
    return {department: ZoneInfo(name) for department, name in _OVERSEAS.items()}


def today_in(department: str | None) -> date:
    return dates.now().astimezone(zone_of(department)).date()


def earliest_day() -> date:
    """Today where the day begins last: no earlier date is to come anywhere."""
    return today_in(WESTERNMOST)
