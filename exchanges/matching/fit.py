"""The rules of fit: who may stay in whose home, and how well. Arithmetic on columns, nothing is read or written.

A guest fits a home when they wish for where it is, it sleeps them all and has what they need, and they can travel
while it is free, for as long as both want. Rows are those of exchanges.matching.entrants.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exchanges.kinds import Scope, Way
from exchanges.matching.entrants import SCOPES, Entrants, Ints
from exchanges.matching.ring import Weeks, some, starts, widened

MOST_WISHES = 12
UNWISHED = 99
BASE, FIRST_WISH, AS_NOTED, SAME_WEEKS, ANOTHER_REGION, RIGHT_SIZE = 40, 20, 15, 10, 10, 5
"""What a score is made of, a hundred in all. Each wish after the first counts two less."""
DISLIKED = 20
NOT_TOO_LARGE = 3
"""A home with at most so many places more than guests is the right size: a larger one may serve a larger party."""


@dataclass(frozen=True, slots=True)
class Fits:
    """Of pairs of a guest and a host: `fits` whether the guest may stay there in some weeks, `same` whether both are
    away with both homes free in a common run of weeks, `score` how well, 0 to 100."""

    fits: NDArray[np.bool_]
    same: NDArray[np.bool_]
    score: Ints


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks of each row: as noted, and with what they may be earlier or later. `both` are those in which the member
    is away and the home free."""

    free: Weeks
    away: Weeks
    both: Weeks
    wide_free: Weeks
    wide_away: Weeks
    wide_both: Weeks


def calendar(e: Entrants) -> Calendar:
    free, away = widened(e.free, e.give), widened(e.away, e.give)
    return Calendar(e.free, e.away, e.free & e.away, free, away, free & away)


def judge(e: Entrants, weeks: Calendar, guest: Ints, host: Ints) -> Fits:
    """Each guest with the host beside it: rows, two columns of the same length."""
    lasting, able = how_long(e, guest, host)
    able &= e.has_home[host] & (guest != host)
    able &= (e.party[guest] <= e.sleeps[host]) & ((e.needs[guest] & ~e.allows[host]) == 0)
    wish = np.full(len(guest), UNWISHED, np.int8)
    wish[able] = wish_met(e, guest[able], host[able])
    able &= wish < UNWISHED
    fits = able & common(weeks.wide_away[guest] & weeks.wide_free[host], lasting)
    same = fits & e.has_home[guest] & common(weeks.wide_both[guest] & weeks.wide_both[host], lasting)
    as_noted = np.where(
        same,
        common(weeks.both[guest] & weeks.both[host], lasting),
        common(weeks.away[guest] & weeks.free[host], lasting),
    )
    score = (
        BASE
        + np.where(wish < MOST_WISHES, np.maximum(FIRST_WISH - 2 * wish.astype(np.int16), 0), 0)
        + AS_NOTED * as_noted
        + SAME_WEEKS * same
        + ANOTHER_REGION * (e.region[guest] != e.region[host])
        + RIGHT_SIZE * (e.sleeps[host] - e.party[guest] <= NOT_TOO_LARGE)
    )
    return Fits(fits, same, np.where(fits, score, 0).astype(np.int16))


def lowered(e: Entrants, guest: Ints, host: Ints, score: Ints, dislikes: Ints) -> Ints:
    """Scores, less by DISLIKED for each thing a guest said when they declined another home. `dislikes` are lines of a
    guest, a department they do not want to go to, or -1, and places for sleeping that were not enough, or 0."""
    for who, department, sleeps in dislikes.tolist():
        alike = (guest == who) & ((e.department[host] == department) | (e.sleeps[host] <= sleeps))
        score = np.where(alike, np.maximum(score - DISLIKED, 0), score)
    return score.astype(np.int16)


def how_long(e: Entrants, *members: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Weeks that a stay of all of them lasts at least, and whether none of them finds that too long."""
    least = np.max([e.least[one] for one in members], axis=0)
    return least, least <= np.min([e.most[one] for one in members], axis=0)


def common(bits: Weeks, lasting: Ints) -> NDArray[np.bool_]:
    return some(starts(bits, lasting))


def wish_met(e: Entrants, guest: Ints, host: Ints) -> NDArray[np.int8]:
    """The place, from 0, of the guest's first wish that the home of the host is in; UNWISHED for none."""
    met = np.full(len(guest), UNWISHED, np.int8)
    left = np.arange(len(guest))
    for place in range(MOST_WISHES):
        left = left[e.wishes_from[guest[left]] + place < e.wishes_from[guest[left] + 1]]
        if not len(left):
            break
        wish = e.wishes_from[guest[left]] + place
        here = covers(e, wish, host[left])
        met[left[here]] = place
        left = left[~here]
    return met


def covers(e: Entrants, wish: Ints, host: Ints) -> NDArray[np.bool_]:
    """Each wish with the home beside it."""
    scope, area = e.wish_scope[wish], e.wish_area[wish]
    here = scope == SCOPES.index(Scope.anywhere)
    here |= (scope == SCOPES.index(Scope.region)) & (area == e.region[host])
    here |= (scope == SCOPES.index(Scope.department)) & (area == e.department[host])
    here |= (scope == SCOPES.index(Scope.overseas)) & e.overseas[host]
    around = np.flatnonzero(scope == SCOPES.index(Scope.commune))
    here[around] = is_near(e.wish_at[wish[around]], e.at[host[around]], e.wish_reach[wish[around]])
    setting = e.wish_setting[wish]
    return here & e.has_home[host] & ((setting == 0) | ((setting & e.settings[host]) != 0))


def is_near(one: Ints, other: Ints, reach: Ints) -> NDArray[np.bool_]:
    return ((one - other) ** 2).sum(axis=-1) <= reach


def may_exchange(e: Entrants, guest: Ints, host: Ints, same: Ints) -> NDArray[np.bool_]:
    """Of fits: those of use in a pair or a loop, on the same weeks or on others where both want that."""
    others = e.has_way(Way.other_weeks)
    return e.has_home[guest] & (same | (others[guest] & others[host]))


def may_host(e: Entrants, guest: Ints, host: Ints) -> NDArray[np.bool_]:
    """Of fits: those of use one way."""
    return e.has_way(Way.hosted)[guest] & e.has_way(Way.hosting)[host]
