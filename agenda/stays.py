"""The days of confirmed exchanges in a member's own agenda: where they arrive and leave, who does at theirs.

On the agenda's pages only. A feed is read without signing in and shared with others: a stay says that a home is empty,
so that no feed holds one; a member may take the days of one exchange as a file, which says neither where nor who.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from app import database
from app.french import at
from exchanges.stays.spans import days, spans
from listings.kinds import Category
from members.visibility import not_blocked
from places.communes import commune


class StayDay(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a stay, in words. `moment` is Arrivée, Départ, or Séjour between the two."""

    swap: UUID
    home: UUID
    conversation: UUID | None
    day: date
    moment: str
    role: str
    other: str
    title: str
    place: str
    category: str = Category.home.value


async def stay_days(member: UUID, first: date, last: date) -> list[StayDay]:
    """From `first` to `last`, in the order of days. Between arrival and departure, who is a guest of an exchange is not
    told again that somebody is at theirs. One query."""
    rows = await database.rows(_STAYS, member, first, last)
    found = [(row, one) for row in rows for one in _days_of(row, member, first, last)]
    away = {(one.swap, one.day) for row, one in found if row["guest"] == member}
    told = [
        one for row, one in found if row["guest"] == member or one.moment != "Séjour" or (one.swap, one.day) not in away
    ]
    return sorted(told, key=lambda one: (one.day, one.moment != "Départ", one.role))


def _days_of(row: Any, member: UUID, first: date, last: date) -> Iterator[StayDay]:
    for starts, ends in spans(row["first"], row["last"], row["days"]):
        for day in days(max(starts, first), min(ends, last)):
            moment = "Arrivée" if day == starts else "Départ" if day == ends else "Séjour"
            yield _day(row, member, day, moment)


def _day(row: Any, member: UUID, day: date, moment: str) -> StayDay:
    is_guest = row["guest"] == member
    other = row["host_name"] if is_guest else row["guest_name"]
    place = commune(row["commune"] or "")
    return StayDay(
        swap=row["swap"],
        home=row["home"],
        conversation=row["conversation"],
        day=day,
        moment=moment,
        role=(AS_GUEST if is_guest else AS_HOST)[moment].format(other),
        other=other,
        title=(f"Séjour {at(place.name)}" if place else "Séjour") if is_guest else "Chez vous",
        place=place.label if place else "",
    )


AS_GUEST = {
    "Arrivée": "Vous arrivez chez {}",
    "Séjour": "Vous êtes chez {}",
    "Départ": "Vous repartez de chez {}",
}
AS_HOST = {
    "Arrivée": "{} arrive chez vous",
    "Séjour": "{} est chez vous",
    "Départ": "{} repart de chez vous",
}
_STAYS = f"""
SELECT w.id AS swap, s.home, s.guest, s.conversation, s.first, s.last, s.days, l.commune, h.first_name AS host_name,
    g.first_name AS guest_name
FROM stay s JOIN swap w ON w.id = s.swap AND w.state IN ('confirmed', 'done') JOIN listing l ON l.id = s.home
JOIN member h ON h.id = s.host JOIN member g ON g.id = s.guest
WHERE $1 IN (s.guest, s.host) AND s.first <= $3 AND s.last >= $2 AND {not_blocked("s.guest", "s.host")}
ORDER BY s.first, s.id
"""
