"""An ad in the words of its page: the same for its readers, its author's preview and the moderator's desk."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

import msgspec

from app.dates import DAYS, hour, in_words, since
from exchanges.homes.sheet import ROOM, Room
from listings.content import Content
from listings.kinds import Category, Kind
from listings.reading.cards import price
from listings.schedules.next_dates import next_dates
from listings.schedules.schedule import Schedule
from listings.writing.completeness import first_day
from places.communes import commune
from places.distance import nearness

SHORT_DAYS = tuple(day[:3] for day in DAYS)


class Picture(msgspec.Struct, frozen=True):
    large: str
    thumb: str
    alt: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the macro `ad` of templates/listings/_ad.html prints."""

    category: Category
    kind: Kind | None
    title: str
    body: str
    facts: list[tuple[str, str]]
    week: list[tuple[str, str, list[str]]]
    pictures: list[Picture]
    since_text: str

    @classmethod
    def of(
        cls,
        content: Content,
        *,
        home: str | None = None,
        published_at: datetime | None = None,
        has_ended: bool = False,
    ) -> Self:
        """`home` is the INSEE code distances are counted from; without it no distance is said. An ad that `has_ended`
        has no next dates."""
        return cls(
            category=content.category,
            kind=content.kind,
            title=content.title or "Annonce sans titre",
            body=content.body,
            facts=list(_facts(content, home, has_ended)),
            week=_week(content.schedule),
            pictures=pictures(content.photos, content.details.get("rooms", {})),
            since_text=f"publiée {since(published_at)}" if published_at else "",
        )


def pictures(photos: Sequence[UUID], rooms: Mapping[str, str]) -> list[Picture]:
    """`rooms` says what a photo of a home shows, by its id."""
    return [
        Picture(f"/photos/{photo}/large", f"/photos/{photo}/thumb", _alt(number, rooms.get(str(photo))))
        for number, photo in enumerate(photos, 1)
    ]


def _alt(number: int, room: str | None) -> str:
    return f"{ROOM[Room(room)]}, photo {number}" if room else f"Photo {number} de l’annonce"


def _facts(content: Content, home: str | None, has_ended: bool) -> list[tuple[str, str]]:
    particulars = content.particulars
    said = [
        ("Prix" if content.price_cents else "Proposition", _deal(content)),
        ("Où", _where(content.commune, home)),
        ("Quand", _when(content.schedule) if content.schedule else ""),
        *([] if has_ended else next_dates(content, first_day(content.commune))),
        ("Au plus tard", _day(content.wanted_by)),
        ("Nombre", str(content.quantity) if content.quantity > 1 else ""),
        *(particulars.facts() if particulars else []),
    ]
    return [(label, value[0].upper() + value[1:]) for label, value in said if value]


def _when(schedule: Schedule) -> str:
    """Many dates are counted here: the line below names them."""
    return schedule.in_brief() if len(schedule.slots) > schedule.NAMED else schedule.in_words()


def _deal(content: Content) -> str:
    return price(content.price_cents, content.deal) if content.deal else ""


def _where(code: str | None, home: str | None) -> str:
    there, here = commune(code) if code else None, commune(home) if home else None
    if there is None:
        return ""
    return f"{there.label}, {nearness(here, there)}" if here else there.label


def _day(day: date | None) -> str:
    return in_words(day) if day else ""


def _week(schedule: Schedule | None) -> list[tuple[str, str, list[str]]]:
    """Seven days with their hours, for what comes back every week; nothing for single dates."""
    if schedule is None or schedule.weekly is None:
        return []
    weekly = schedule.weekly
    hours = " – ".join(hour(at) for at in (weekly.starts, weekly.ends) if at) or "dans la journée"
    return [
        (name.capitalize(), SHORT_DAYS[day], [hours] if day in weekly.days else []) for day, name in enumerate(DAYS)
    ]
