"""A week of a rota as one of its people sees it: each day, who comes, what is free, what is to take over."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from babel.dates import format_date

from answers.rota.held import held_for
from answers.rota.paths import week_path
from answers.rota.seats import Seat, SeatState, seats, what_was_agreed_goes_on
from answers.rota.waking import begins
from app.dates import hour, in_words
from listings.ad import Ad
from listings.kinds import Status
from listings.schedules.holidays import is_known, public_holidays, school_holidays
from listings.schedules.occurrences import Occurrence, occurrences, wanted_days, week_of
from listings.schedules.schedule import Weekly
from members.me import Me
from places.zones import zone_of

EARLIEST, LATEST = date(2020, 1, 6), date(2100, 1, 1)
SOMEBODY = "Quelqu’un"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One seat of a day. `name` is « Vous » for the reader; `is_theirs`: the reader's, also when they released it."""

    state: SeatState
    name: str
    instead_of: str
    is_mine: bool
    is_theirs: bool
    is_weekly: bool
    release: UUID | None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day with places, or one left out and why. `is_over` once its hour has come."""

    day: date
    words: str
    hours: str
    places: tuple[Place, ...]
    left_out: str
    is_today: bool
    is_over: bool
    i_am_there: bool

    @property
    def free(self) -> int:
        return sum(place.state is SeatState.free for place in self.places)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """`counts` are the first names and how many days they came, or come, in the month `month` speaks of."""

    days: tuple[Day, ...]
    title: str
    previous: str
    next: str
    is_present: bool
    is_weekly: bool
    is_open: bool
    has_ended: bool
    month: str
    counts: tuple[tuple[str, int], ...]
    unknown: str


def monday_of(asked: str, today: date) -> date:
    """Of `2026-W43`; of the present week for anything else."""
    year, _, week = asked.partition("-W")
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        monday = EARLIEST
    return monday if EARLIEST < monday < LATEST else week_of(today)[0]


async def week_of_rota(ad: Ad, me: Me, asked: str, now: datetime) -> Week:
    """One query. `asked` is an ISO week, as in `monday_of`; empty, the week people plan now."""
    zone = zone_of(ad.department)
    today = now.astimezone(zone).date()
    present = _present(ad, now)
    monday = monday_of(asked, today) if asked else present
    month = _month_of(monday + timedelta(days=3))
    first, last = min(monday, month[0]), max(monday + timedelta(days=6), month[1])
    schedule = ad.content.schedule
    weekly = schedule.weekly if schedule else None
    taken = seats(
        occurrences(schedule, zone, first, last),
        await held_for(ad.id, first, last),
        ad.content.quantity,
        goes_on=what_was_agreed_goes_on(ad.status, ad.outcome),
    )
    in_month = [seat for seat in taken if month[0] <= seat.occurrence.day <= month[1]]
    return Week(
        days=tuple(_days(ad, me, monday, taken, now)),
        title=_title(monday),
        previous=week_path(ad.id, monday - timedelta(days=7)),
        next=week_path(ad.id, monday + timedelta(days=7)),
        is_present=monday == present,
        is_weekly=weekly is not None,
        is_open=ad.status is Status.published,
        has_ended=ad.status is Status.closed,
        month="Ce mois-ci" if month[0] <= today <= month[1] else _in_month(month[0]),
        counts=_counts(in_month, me),
        unknown=_unknown(weekly, monday + timedelta(days=6)),
    )


def _present(ad: Ad, now: datetime) -> date:
    """The Monday of this week, or of the next one when nothing more is to come in this one: people plan on Sundays."""
    zone = zone_of(ad.department)
    today = now.astimezone(zone).date()
    monday, sunday = week_of(today)
    to_come = [
        one for one in occurrences(ad.content.schedule, zone, today, sunday) if begins(one.day, one.starts, zone) > now
    ]
    return monday if to_come else monday + timedelta(days=7)


def _days(ad: Ad, me: Me, monday: date, taken: Sequence[Seat], now: datetime) -> list[Day]:
    weekly = ad.content.schedule.weekly if ad.content.schedule else None
    by_occurrence: dict[Occurrence, list[Seat]] = {}
    for seat in taken:
        if monday <= seat.occurrence.day <= monday + timedelta(days=6):
            by_occurrence.setdefault(seat.occurrence, []).append(seat)
    shown = [_day(ad, me, occurrence, of_day, now) for occurrence, of_day in by_occurrence.items()]
    there = {day.day for day in shown}
    wanted = wanted_days(weekly, monday, monday + timedelta(days=6)) if weekly else []
    left_out = [_left_out(weekly, day) for day in wanted if weekly and day not in there]
    return sorted([*shown, *left_out], key=lambda day: day.day)


def _day(ad: Ad, me: Me, occurrence: Occurrence, of_day: Sequence[Seat], now: datetime) -> Day:
    zone = zone_of(ad.department)
    places = tuple(_place(seat, me) for seat in of_day)
    return Day(
        day=occurrence.day,
        words=in_words(occurrence.day),
        hours=_hours(occurrence),
        places=places,
        left_out="",
        is_today=occurrence.day == now.astimezone(zone).date(),
        is_over=begins(occurrence.day, occurrence.starts, zone) <= now,
        i_am_there=any(place.is_mine or place.is_theirs for place in places),
    )


def _place(seat: Seat, me: Me) -> Place:
    holder = seat.held.helper if seat.held else None
    stands_in = seat.state is SeatState.covered and seat.held is not None
    return Place(
        state=seat.state,
        name=_name(seat.who, seat.name, me) if seat.who else "",
        instead_of=_name(holder, seat.held.helper_name, me) if stands_in and seat.held else "",
        is_mine=seat.who == me.id,
        is_theirs=holder == me.id,
        is_weekly=seat.held is not None
        and not seat.held.has_ended
        and seat.held.slot == str(seat.occurrence.day.weekday()),
        release=seat.release.id if seat.release else None,
    )


def _name(member: UUID | None, name: str, me: Me) -> str:
    """Two members one of whom blocked the other do not meet here either."""
    if member == me.id:
        return "Vous"
    return SOMEBODY if member in me.hidden else name


def _left_out(weekly: Weekly, day: date) -> Day:
    return Day(
        day=day,
        words=in_words(day),
        hours="",
        places=(),
        left_out=_why(weekly, day),
        is_today=False,
        is_over=True,
        i_am_there=False,
    )


def _why(weekly: Weekly, day: date) -> str:
    """`vacances de la Toussaint, zone B`, `jour férié (Armistice)`."""
    if weekly.except_holidays:
        for holiday in school_holidays(weekly.except_holidays, day, day):
            return f"{holiday.name}, {weekly.except_holidays.words}"
    name = public_holidays(weekly.department, day.year).get(day)
    return f"jour férié ({name})" if name else "pas ce jour-là"


def _unknown(weekly: Weekly | None, last: date) -> str:
    zone = weekly.except_holidays if weekly else None
    if zone is None or is_known(zone, last):
        return ""
    return f"Les vacances ({zone.words}) ne sont pas encore connues pour cette semaine : vérifiez entre vous."


def _counts(taken: Sequence[Seat], me: Me) -> tuple[tuple[str, int], ...]:
    """The most first, then by name."""
    names = {seat.who: _name(seat.who, seat.name, me) for seat in taken if seat.who}
    days = Counter(seat.who for seat in taken if seat.who)
    return tuple(sorted(((names[who], number) for who, number in days.items()), key=lambda one: (-one[1], one[0])))


def _month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _in_month(first: date) -> str:
    return f"En {format_date(first, 'MMMM y', locale='fr')}"


def _title(monday: date) -> str:
    """`Du lundi 19 au dimanche 25 octobre 2026`."""
    sunday = monday + timedelta(days=6)
    begins = "d MMMM" if monday.month != sunday.month else "d"
    first, last = format_date(monday, begins, locale="fr"), format_date(sunday, "d MMMM y", locale="fr")
    return f"Du lundi {_first(first)} au dimanche {_first(last)}"


def _first(day: str) -> str:
    return f"1er{day[1:]}" if day.split(" ")[0] == "1" else day


def _hours(occurrence: Occurrence) -> str:
    if not occurrence.starts:
        return ""
    starts = hour(occurrence.starts.timetz())
    return f"{starts} – {hour(occurrence.ends.timetz())}" if occurrence.ends else starts
