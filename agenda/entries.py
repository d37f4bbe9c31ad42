"""What a member's agenda shows of each day: who helps whom, at what hour, and where to read more."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from agenda.stays import StayDay, stay_days
from agenda.ways import Ways, ways_of
from answers.rota.duties import Duty, duties_of
from app.dates import hour, in_words
from listings.kinds import CATEGORY, Category
from members.me import Me
from places.communes import commune

STATE = {"released": "On cherche quelqu’un", "covered": "Remplacement"}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a day. `other` is whom it is with, if anybody; `others` all their names when they are several.

    `role` says in words who helps, `role_icon` the same; `state` is empty when all is settled."""

    listing: UUID
    day: date
    hours: str
    starts: str
    role: str
    role_icon: str
    other: str
    others: str = ""
    i_help: bool
    state: str
    is_unsure: bool
    title: str
    category: str
    place: str
    ways: Ways
    file_url: str

    @property
    def day_in_words(self) -> str:
        return in_words(self.day)


async def entries_of(me: Me, first: date, last: date) -> list[Entry]:
    """In the order of time, stays of exchanges first on their days. Four queries at most."""
    duties = await duties_met(me.id, me.hidden, first, last)
    ways = await ways_of(me.id, duties)
    stays = [_stay(stay) for stay in await stay_days(me.id, first, last)]
    entries = [*stays, *(_entry(me, duty, way) for duty, way in zip(duties, ways, strict=True))]
    return sorted(entries, key=lambda entry: entry.day)  # the order within a day stays


async def duties_met(member: UUID, hidden: Sequence[UUID], first: date, last: date) -> list[Duty]:
    """The duties of `member` with nobody they must not meet."""
    found = await duties_of(member, first, last)
    return [duty for duty in found if duty.author not in hidden and duty.helper not in hidden]


def _entry(me: Me, duty: Duty, ways: Ways) -> Entry:
    other = _other(me, duty)
    role, icon = _role(me, duty, other)
    place = commune(duty.commune)
    return Entry(
        listing=duty.listing,
        day=duty.day,
        hours=hours(duty.starts, duty.ends),
        starts=hour(duty.starts.time()) if duty.starts else "",
        role=role,
        role_icon=icon,
        other=other,
        i_help=duty.i_help,
        state=STATE.get(duty.state, ""),
        is_unsure=duty.state == "released",
        title=duty.title,
        category=duty.category,
        place=place.label if place else "",
        ways=ways,
        file_url=f"/agenda/{duty.commitment}/{duty.day}.ics",
    )


def _stay(stay: StayDay) -> Entry:
    talk = f"/messages/{stay.conversation}" if stay.conversation else None
    return Entry(
        listing=stay.home,
        day=stay.day,
        hours=stay.moment,
        starts=stay.moment if stay.moment != "Séjour" else "",
        role=stay.role,
        role_icon="house",
        other=stay.other,
        i_help=False,
        state="",
        is_unsure=False,
        title=stay.title,
        category=stay.category,
        place=stay.place,
        ways=Ways(ad=f"/echanges/{stay.swap}", day=None, talk=talk),
        file_url=f"/echanges/{stay.swap}/dates.ics",
    )


def _other(me: Me, duty: Duty) -> str:
    if duty.state == "released" or duty.helper == duty.author:
        return ""
    return duty.helper_name if duty.author == me.id else duty.author_name


def _role(me: Me, duty: Duty, other: str) -> tuple[str, str]:
    """In words, and the icon that says the same."""
    if duty.state == "released":
        return (
            ("Vous ne venez pas", "calendar-x") if duty.helper == me.id else ("Personne pour l’instant", "calendar-x")
        )
    if duty.helper == duty.author:
        return "C’est votre tour", "hand-heart"
    if duty.i_help:
        return f"Vous aidez {other}", "hand-heart"
    return f"{other} vous aide", "hand-helping"


def hours(starts: datetime | None, ends: datetime | None) -> str:
    """`16 h 30 – 18 h`, where it happens; nothing for a whole day."""
    if starts is None:
        return ""
    return hour(starts.time()) + (f" – {hour(ends.time())}" if ends else "")


def summary_of(duty: Duty) -> str:
    """What a calendar shows, to whoever looks at it: the kind of thing, and nobody's name."""
    unsure = " (à confirmer)" if duty.state == "released" else ""
    return f"Entraide : {CATEGORY[Category(duty.category)].lower()}{unsure}"
