"""The next days of an ad, and what keeps away between them, in the words of its page."""

from datetime import date, timedelta

from babel.dates import format_date

from app.dates import in_words
from listings.content import Content
from listings.kinds import Category
from listings.schedules.holidays import school_calendar
from listings.schedules.occurrences import kept_days
from listings.schedules.pauses import Pause, pauses
from listings.schedules.schedule import Schedule, Weekly, hours_in_words

MOST = 4
AHEAD, NEAR = timedelta(days=120), timedelta(days=28)
NOUN = {
    Category.childcare: "garde",
    Category.pet_care: "garde",
    Category.school_run: "trajet",
    Category.rides: "trajet",
}


def next_dates(content: Content, today: date) -> list[tuple[str, str]]:
    """Lines of the page: the next dates, what is left out soon, where the school calendar ends.

    `today` is the day where the ad is.
    """
    schedule = content.schedule
    if schedule is None:
        return []
    if schedule.weekly is None:
        return _of_dates(schedule, today)
    return _of_week(schedule.weekly, NOUN.get(content.category, "rendez-vous"), today)


def _of_dates(schedule: Schedule, today: date) -> list[tuple[str, str]]:
    """Only when the words of the schedule do not name them all."""
    coming = [
        f"{_whole(in_words(slot.on))}{hours_in_words(slot.starts, slot.ends)}"
        for slot in schedule.slots
        if slot.on >= today
    ]
    return [("Dates à venir", " ; ".join(coming))] if len(schedule.slots) > schedule.NAMED and coming else []


def _of_week(weekly: Weekly, noun: str, today: date) -> list[tuple[str, str]]:
    first = max(today, weekly.since or today)
    last = min(first + AHEAD, weekly.until or first + AHEAD)
    known = _known_until(weekly, first)
    days = kept_days(weekly, first, last if known is None else min(last, known))[:MOST]
    end = min(last, max([first + NEAR, *days]))
    return [
        *_line("Prochaines dates", ", ".join(_whole(in_words(day)) for day in days)),
        *_line(f"Pas de {noun}", " ; ".join(_pause(one) for one in pauses(weekly, first, end))),
        *_line("Vacances scolaires", _unknown(first, known) if known is not None and end > known else ""),
    ]


def _line(label: str, value: str) -> list[tuple[str, str]]:
    return [(label, value)] if value else []


def _known_until(weekly: Weekly, first: date) -> date | None:
    """The last day dates can be said for without guessing; None when nothing limits them."""
    if weekly.except_holidays is None:
        return None
    calendar = school_calendar(weekly.except_holidays)
    return calendar.until if calendar else first - timedelta(days=1)


def _unknown(first: date, known: date) -> str:
    after = f" après le {in_words(known)}" if known >= first else ""
    return f"calendrier pas encore connu{after} : convenez ensemble des dates"


def _pause(one: Pause) -> str:
    if one.first == one.last:
        return f"le {_whole(in_words(one.first))} : {one.why}"
    first = _day(one.first, "d" if one.first.month == one.last.month else "d MMMM")
    return f"du {_whole(first)} au {_whole(_day(one.last, 'd MMMM'))} : {one.why}"


def _whole(said: str) -> str:
    """Never cut at the end of a line."""
    return said.replace(" ", "\xa0")


def _day(day: date, pattern: str) -> str:
    said = format_date(day, pattern, locale="fr")
    return f"1er{said.removeprefix('1')}" if day.day == 1 else said
