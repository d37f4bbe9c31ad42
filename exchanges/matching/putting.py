"""What was found in rows, put as what is proposed: members, homes and days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from exchanges.kinds import Form
from exchanges.matching import ring
from exchanges.matching.entrants import Entrants
from exchanges.matching.fit import Calendar, judge
from exchanges.matching.offering import Offer
from exchanges.matching.weeks_of_stays import PlannedWeeks, one_way, weeks_of
from exchanges.swaps.proposing import Place, PlannedStay


@dataclass(frozen=True, slots=True)
class People:
    """Who the rows are, and their homes."""

    members: list[UUID]
    homes: list[UUID | None]


def of_exchange(
    e: Entrants, weeks: Calendar, people: People, rows: list[int], *, same: bool, known_at: datetime
) -> Offer:
    """A pair or a loop, each the guest of the next."""
    return Offer(
        form=Form.pair if len(rows) == 2 else Form.loop,
        places=tuple(Place(people.members[row], people.homes[row]) for row in rows),
        stays=_stays(people, weeks_of(e, weeks, rows, same=same)),
        score=_score(e, weeks, rows, [*rows[1:], rows[0]]),
        known_at=known_at,
    )


def of_hosting(e: Entrants, weeks: Calendar, people: People, guest: int, host: int, *, known_at: datetime) -> Offer:
    """One way: the guest lends nothing."""
    return Offer(
        form=Form.hospitality,
        places=(Place(people.members[guest], None), Place(people.members[host], people.homes[host])),
        stays=_stays(people, [one_way(e, weeks, guest, host)]),
        score=_score(e, weeks, [guest], [host]),
        known_at=known_at,
    )


def _stays(people: People, planned: list[PlannedWeeks]) -> tuple[PlannedStay, ...]:
    stays = []
    for guest, host, first, lasting in planned:
        home = people.homes[host]
        if home is None:
            raise LookupError("a host without a home")
        begins = ring.saturday(ring.first_week() + first)
        ends = begins + timedelta(weeks=lasting)
        stays.append(PlannedStay(people.members[guest], people.members[host], home, begins, ends))
    return tuple(stays)


def _score(e: Entrants, weeks: Calendar, guests: list[int], hosts: list[int]) -> int:
    return int(judge(e, weeks, np.array(guests), np.array(hosts)).score.mean())
