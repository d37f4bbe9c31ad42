"""Dates and times in French words, as people of the site read them (Europe/Paris)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.settings import PARIS

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return datetime.now(PARIS).date()


def in_words(day: date) -> str:
    """`mardi 3 mars`, with the year when it is not this one."""
    pattern = "EEEE d MMMM" if day.year == today().year else "EEEE d MMMM y"
    return format_date(day, pattern, locale="fr").replace(" 1 ", " 1er ")


def on_day(day: date) -> str:
    """`3 mars 2026`, as a document is dated."""
    return f"{'1er' if day.day == 1 else day.day} {format_date(day, 'MMMM y', locale='fr')}"


def hour(at: time) -> str:
    """`16 h 30`, `8 h`, never cut at the end of a line."""
    return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"


def moment(at: datetime, zone: ZoneInfo = PARIS) -> str:
    """`mardi 3 mars, 16 h 30`, on the clock of `zone`."""
    local = at.astimezone(zone)
    return f"{in_words(local.date())}, {hour(local.time())}"


def since(at: datetime) -> str:
    """`aujourd’hui`, `hier`, `il y a 5 jours`, then the date: changes once a day, so that pages may keep it."""
    day = at.astimezone(PARIS).date()
    days = (today() - day) // timedelta(days=1)
    if days <= 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    return f"il y a {days} jours" if days < 15 else f"le {format_date(day, 'd MMMM', locale='fr')}"


def hour_or_moment(at: datetime) -> str:
    """The hour today, else day and hour."""
    local = at.astimezone(PARIS)
    return hour(local.time()) if local.date() == today() else moment(at)


def lately(at: datetime) -> str:
    """The hour today, then as `since`."""
    local = at.astimezone(PARIS)
    return hour(local.time()) if local.date() == today() else since(at)
