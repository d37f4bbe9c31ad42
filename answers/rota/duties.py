"""The days a member is expected somewhere, or somebody at theirs: what an agenda shows."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import msgspec

from answers.rota.held import HELD, IN_FORCE, STANDS, held
from answers.rota.seats import Seat, SeatState, seats, what_was_agreed_goes_on
from app import database
from listings.kinds import Kind
from listings.schedules.occurrences import occurrences
from listings.schedules.schedule import Schedule
from members.visibility import not_blocked
from places.zones import zone_of

MOST = 3000
"""Rows of commitments and releases read for one agenda."""


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One seat of one day. `state` is `sure`, `released` (nobody comes yet) or `covered` (`helper` stands in).

    `starts` and `ends` are aware, in the ad's zone. `helper` comes for `author`'s ad; `i_help` tells whether the
    member asked for is the one who gives a hand: the author of an offer, the helper of a request.
    """

    listing: UUID
    commitment: UUID
    title: str
    category: str
    commune: str
    department: str
    day: date
    starts: datetime | None
    ends: datetime | None
    slot: str
    helper: UUID
    helper_name: str
    author: UUID
    author_name: str
    state: str
    i_help: bool


async def duties_of(member: UUID, first: date, last: date) -> list[Duty]:
    """What `member` does for others, stands in for, or is helped with, from `first` to `last`, in the order of time.

    One query. A day given away is no longer a duty of who gave it; one nobody has taken stays theirs, `released`.
    """
    rows = await database.rows(_DUTIES, member, first, last, MOST)
    duties = [duty for _, ad in groupby(rows, itemgetter("listing")) for duty in _of_ad(list(ad), member, first, last)]
    return sorted(duties, key=_by_time)


def _by_time(duty: Duty) -> tuple[date, float, str]:
    return duty.day, duty.starts.timestamp() if duty.starts else 0.0, duty.title


_MINE = f"""
WITH mine AS (
    SELECT k.listing FROM commitment k WHERE k.helper = $1 AND {IN_FORCE.format(first="$2", last="$3")}
    UNION
    SELECT k.listing FROM slot_release r JOIN commitment k ON k.id = r.commitment
    WHERE r.covered_by = $1 AND r.day BETWEEN $2 AND $3
    UNION
    SELECT k.listing FROM listing l JOIN commitment k ON k.listing = l.id
    WHERE l.author = $1 AND {STANDS} AND k.since <= $3
)"""
_DUTIES = f"""{_MINE}
SELECT l.id AS listing, l.title, l.category, l.kind, l.status, l.outcome, l.commune, l.department, l.schedule,
    l.quantity, l.author, a.first_name AS author_name, {HELD}
JOIN member a ON a.id = l.author
WHERE l.id IN (SELECT listing FROM mine) AND {STANDS} AND l.schedule IS NOT NULL
    AND {not_blocked("l.author", "$1")} AND (l.author <> $1 OR {not_blocked("k.helper", "$1")})
ORDER BY l.id, k.id, r.day LIMIT $4
"""


def _of_ad(rows: list[Any], member: UUID, first: date, last: date) -> Iterator[Duty]:
    ad = rows[0]
    schedule = msgspec.json.decode(ad["schedule"], type=Schedule)
    days = occurrences(schedule, zone_of(ad["department"]), first, last)
    goes_on = what_was_agreed_goes_on(ad["status"], ad["outcome"])
    for seat in seats(days, held(rows), ad["quantity"], goes_on=goes_on):
        if seat.held and member in (ad["author"], seat.who if seat.who else seat.held.helper):
            yield _duty(ad, seat, seat.held.id, member)


def _duty(ad: Any, seat: Seat, commitment: UUID, member: UUID) -> Duty:
    comes, name = (seat.who, seat.name) if seat.who else (seat.held.helper, seat.held.helper_name)  # type: ignore[union-attr]
    return Duty(
        listing=ad["listing"],
        commitment=commitment,
        title=ad["title"],
        category=ad["category"],
        commune=ad["commune"],
        department=ad["department"],
        day=seat.occurrence.day,
        starts=seat.occurrence.starts,
        ends=seat.occurrence.ends,
        slot=seat.occurrence.slot,
        helper=comes,
        helper_name=name,
        author=ad["author"],
        author_name=ad["author_name"],
        state=SeatState(seat.state).value,
        i_help=(member == comes) != (ad["kind"] == Kind.offer and comes != ad["author"]),
    )
