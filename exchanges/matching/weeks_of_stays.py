"""In which weeks the stays of an exchange take place."""

from typing import NamedTuple

import numpy as np

from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import Calendar, how_long
from exchanges.matching.ring import Weeks, starts, unpacked


class PlannedWeeks(NamedTuple):
    """Rows of the entrants, and weeks counted from the first that is of use."""

    guest: int
    host: int
    first: int
    weeks: int


def weeks_of(e: Entrants, weeks: Calendar, members: list[int], *, same: bool) -> list[PlannedWeeks]:
    """Each the guest of the next, the last of the first. Weeks as noted before adjusted ones, then the longest stay
    all want, then the soonest."""
    around = [*members[1:], members[0]]
    if same:
        every = np.array(members)
        both = (np.bitwise_and.reduce(weeks.both[every]), np.bitwise_and.reduce(weeks.wide_both[every]))
        first, lasting = _run(e, every, *both)
        return [PlannedWeeks(guest, host, first, lasting) for guest, host in zip(members, around, strict=True)]
    return [one_way(e, weeks, guest, host) for guest, host in zip(members, around, strict=True)]


def one_way(e: Entrants, weeks: Calendar, guest: int, host: int) -> PlannedWeeks:
    noted, wide = weeks.away[guest] & weeks.free[host], weeks.wide_away[guest] & weeks.wide_free[host]
    return PlannedWeeks(guest, host, *_run(e, np.array([guest, host]), noted, wide))


def _run(e: Entrants, members: Ints, noted: Weeks, wide: Weeks) -> tuple[int, int]:
    """First week and length. Raises LookupError when they have none in common: they do not fit."""
    least, _ = how_long(e, *members[:, None])
    for bits in (noted, wide):
        for lasting in range(int(e.most[members].min()), int(least[0]) - 1, -1):
            begins = np.flatnonzero(unpacked(starts(bits[None], np.array([lasting]))))
            if len(begins):
                return int(begins[0]), lasting
    raise LookupError("no weeks in common")
