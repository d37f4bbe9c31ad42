"""The page of the calendar: eighteen months of weeks, what is ticked, the shortcuts, the length of a stay."""

from datetime import date
from itertools import groupby
from typing import Annotated, Any

import msgspec
from babel.dates import format_date

from app import database
from app.forms import Errors, Form
from exchanges.calendar.exchanger import ExchangerView, Length
from exchanges.calendar.school_weeks import Slot, known_until, slots, zones
from exchanges.calendar.ticking import MARK, Mark, Ticked
from exchanges.calendar.weeks import WEEK, coming
from exchanges.calendar.words import GIVE_OR_TAKE, week_in_words
from members.me import Me
from places.school_zones import SchoolZone, school_zone
from places.zones import today_in

LARGEST_VERSION = 2**31 - 1
SAVE = "save"


class YearForm(Form):
    """`do` saves, or is a shortcut that only ticks (exchanges.calendar.ticking.meant_by)."""

    least_weeks: Annotated[int, msgspec.Meta(ge=1, le=8)]
    most_weeks: Annotated[int, msgspec.Meta(ge=1, le=8)]
    home: list[str] = []
    away: list[str] = []
    give_or_take: Annotated[int, msgspec.Meta(ge=0, le=2)] = 0
    version: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_VERSION)] = 1
    mark: Mark = Mark.both
    zone: SchoolZone | None = None
    do: str = SAVE

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "least_weeks": "Choisissez une durée, d’une à huit semaines.",
            "most_weeks": "Choisissez une durée, d’une à huit semaines.",
            "give_or_take": "Choisissez une des réponses proposées.",
            "version": "Cette page a été abîmée en route. Relisez-la, puis enregistrez-la.",
            "mark": "Choisissez ce que les raccourcis cochent.",
            "zone": "Choisissez une des zones proposées.",
        }

    @property
    def length(self) -> Length:
        return Length(least_weeks=self.least_weeks, most_weeks=self.most_weeks, give_or_take=self.give_or_take)

    @property
    def saves(self) -> bool:
        return self.do == SAVE

    @property
    def troubles(self) -> Errors:
        if self.saves and self.least_weeks > self.most_weeks:
            return {"most_weeks": "Mettez au moins autant que la durée la plus courte."}
        return {}


class Line(msgspec.Struct, frozen=True):
    """A week on the page; `note` says what it falls on."""

    saturday: date
    home: bool
    away: bool
    note: str

    @property
    def words(self) -> str:
        return week_in_words(self.saturday)


class Month(msgspec.Struct, frozen=True):
    key: str
    name: str
    lines: list[Line]


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """`own_zone_unknown` is where the member lives, when its calendar is not known to us."""

    months: list[Month]
    slots: list[Slot]
    zone: SchoolZone
    own_zone_unknown: SchoolZone | None
    known_until: date | None

    marks = list(MARK.items())
    lengths = [(n, f"{n} semaine{'s' if n > 1 else ''}") for n in range(1, 9)]
    flexibilities = list(enumerate(GIVE_OR_TAKE))

    @property
    def zones(self) -> list[tuple[str, str]]:
        return [(zone.value, zone.words[0].upper() + zone.words[1:]) for zone in zones()]


def saturdays_of(me: Me) -> list[date]:
    return coming(today_in(me.place.department))


def zone_of(me: Me, typed: SchoolZone | None) -> SchoolZone:
    """The zone chosen, or the one people live in; zone A where no calendar is known."""
    known, own = zones(), school_zone(me.place.department)
    return next((zone for zone in (typed, own) if zone in known and zone), SchoolZone.a)


async def year_of(me: Me, kept: ExchangerView | None, ticked: Ticked, given: Any) -> Year:
    """The weeks to come with what is ticked; `given` may say whose holidays to show."""
    typed, saturdays, own = given.get("zone"), saturdays_of(me), school_zone(me.place.department)
    zone = zone_of(me, SchoolZone(typed) if typed in set(SchoolZone) else None)
    holidays, until = slots(zone, saturdays), known_until(zone)
    notes = {day: "vacances" for slot in holidays for day in slot.saturdays}
    notes |= dict.fromkeys(await _engaged(kept, saturdays), "échange convenu")
    lines = [Line(day, day in ticked.home, day in ticked.away, notes.get(day, "")) for day in saturdays]
    return Year(
        months=[
            Month(key, str(format_date(date.fromisoformat(f"{key}-01"), "MMMM y", locale="fr")), list(those))
            for key, those in groupby(lines, lambda line: f"{line.saturday:%Y-%m}")
        ],
        slots=holidays,
        zone=zone,
        own_zone_unknown=own if own and own not in zones() else None,
        known_until=until if until and until < saturdays[-1] else None,
    )


def as_ticked(kept: ExchangerView | None) -> dict[str, Any]:
    """What the form holds before anything is typed."""
    return {**msgspec.structs.asdict(kept.length if kept else Length()), "mark": Mark.both.value}


async def _engaged(kept: ExchangerView | None, saturdays: list[date]) -> list[date]:
    """The weeks that touch days held by an exchange of theirs."""
    if kept is None:
        return []
    held = await database.rows(
        "SELECT first, last FROM engagement WHERE exchanger = $1 AND last > $2", kept.id, saturdays[0]
    )
    spans = [(one["first"], one["last"]) for one in held]
    return [day for day in saturdays if any(first < day + WEEK and day < last for first, last in spans)]
