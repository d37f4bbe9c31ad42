"""Pairs and loops of three or four among those who fit: enumerated, each once, within bounds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exchanges.kinds import Way
from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import Calendar, common, how_long, judge

PATHS = 20_000_000
"""Paths that are followed at most; beyond, each guest follows a share of the homes that fit."""
AT_ONCE = 500_000
MOST = 1200
"""No household adds more to the weight of an exchange (exchanges.matching.weighing)."""
Reaches = Callable[[Ints, Ints], NDArray[np.bool_]]


def anywhere(guest: Ints, host: Ints) -> NDArray[np.bool_]:
    return np.ones(len(guest), np.bool_)


@dataclass(frozen=True, slots=True)
class Arcs:
    """Who may stay with whom, as rows, sorted by guest then host."""

    guest: Ints
    host: Ints
    same: NDArray[np.bool_]
    score: Ints

    def __len__(self) -> int:
        return len(self.guest)

    def of(self, kept: Ints) -> "Arcs":
        return Arcs(self.guest[kept], self.host[kept], self.same[kept], self.score[kept])

    def find(self, guest: Ints, host: Ints, count: int) -> Ints:
        """Where each of these is, or -1. `count` is the number of rows of the entrants."""
        keys = self.guest.astype(np.int64) * count + self.host
        if not len(keys):
            return np.full(len(guest), -1)
        wanted = guest.astype(np.int64) * count + host
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[found] == wanted, found, -1)


@dataclass(frozen=True, slots=True)
class Exchanges:
    """`members` are rows, one exchange a line, guest before host, -1 where there is no third or fourth; `same` whether
    it is on the same weeks for all, `score` the mean of its fits."""

    members: Ints
    same: NDArray[np.bool_]
    score: Ints

    def __len__(self) -> int:
        return len(self.members)

    def of(self, kept: Ints) -> "Exchanges":
        return Exchanges(self.members[kept], self.same[kept], self.score[kept])

    @property
    def size(self) -> Ints:
        return (self.members >= 0).sum(axis=1)


def together(parts: list[Exchanges]) -> Exchanges:
    """All of them, those of fewer members with -1 in their last columns."""
    width = max(part.members.shape[1] for part in parts)
    return Exchanges(
        np.concatenate(
            [np.pad(p.members, ((0, 0), (0, width - p.members.shape[1])), constant_values=-1) for p in parts]
        ),
        np.concatenate([part.same for part in parts]),
        np.concatenate([part.score for part in parts]),
    )


def pairs(e: Entrants, weeks: Calendar, arcs: Arcs) -> Exchanges:
    once = np.flatnonzero(arcs.guest < arcs.host)
    back = arcs.find(arcs.host[once], arcs.guest[once], len(e))
    once, back = once[back >= 0], back[back >= 0]
    scores = [arcs.score[once], arcs.score[back]]
    return _agreed(e, weeks, [arcs.guest[once], arcs.host[once]], scores)


def loops(
    e: Entrants,
    weeks: Calendar,
    arcs: Arcs,
    size: int,
    *,
    prices: Ints | None = None,
    reaches: Reaches = anywhere,
    through: int | None = None,
) -> Exchanges:
    """Loops of three or four among who wants them, each beginning with its lowest row: all, unless they are too many.
    Or those `through` one row, which begin with it.

    The last fit of each, back to its beginning, is judged here, also when it is not among the `arcs`; `reaches` tells
    quickly of many that are none. With the `prices` of households only loops that may be worth more are followed.
    """
    wants = e.has_way(Way.loop)
    arcs = arcs.of(np.flatnonzero(wants[arcs.guest] & wants[arcs.host]))
    search = _Search(e, weeks, _thinned(arcs, len(e), size - 1, prices), size, prices, reaches, through)
    found = [Exchanges(np.empty((0, size), np.int32), np.empty(0, np.bool_), np.empty(0, np.int16))]
    return together(found + [search.beginning_with(share) for share in search.shares()])


@dataclass(frozen=True, slots=True)
class _Search:
    e: Entrants
    weeks: Calendar
    arcs: Arcs
    size: int
    prices: Ints | None
    reaches: Reaches
    through: int | None

    def shares(self) -> Iterator[Ints]:
        """First arcs, parted so that not too many paths begin with each part."""
        from_here = self.arcs.host > self.arcs.guest if self.through is None else self.arcs.guest == self.through
        first = np.flatnonzero(from_here)
        reach = np.cumsum(_paths(self.arcs, _begin(self.arcs, len(self.e)), self.size - 1)[first])
        whole = reach[-1] if len(reach) else 0
        yield from np.split(first, np.searchsorted(reach, np.arange(AT_ONCE, whole, AT_ONCE)))

    def beginning_with(self, first: Ints) -> Exchanges:
        begin = _begin(self.arcs, len(self.e))
        steps = [first]
        while len(steps) < self.size - 1:
            steps = self._further(begin, steps)
        guest, host = self.arcs.host[steps[-1]], self.arcs.guest[steps[0]]
        near = np.flatnonzero(self.reaches(guest, host))
        last = judge(self.e, self.weeks, guest[near], host[near])
        closed = near[last.fits]
        steps = [step[closed] for step in steps]
        members = [*(self.arcs.guest[step] for step in steps), guest[closed]]
        return _agreed(self.e, self.weeks, members, [*(self.arcs.score[step] for step in steps), last.score[last.fits]])

    def _further(self, begin: Ints, steps: list[Ints]) -> list[Ints]:
        """Each path one arc longer, in every way that may still become a loop."""
        at = self.arcs.host[steps[-1]]
        times = begin[at + 1] - begin[at]
        path = np.repeat(np.arange(len(at)), times)
        arc = np.arange(len(path)) - np.repeat(np.cumsum(times) - times, times) + np.repeat(begin[at], times)
        to = self.arcs.host[arc]
        origin = self.arcs.guest[steps[0]][path]
        keep = to > origin if self.through is None else to != origin
        for step in steps[1:]:
            keep &= to != self.arcs.guest[step][path]
        path, arc = path[keep], arc[keep]
        members = [*(self.arcs.guest[step[path]] for step in steps), self.arcs.guest[arc], self.arcs.host[arc]]
        keep = np.ones(len(path), np.bool_)
        if self.prices is not None:
            keep = sum(self.prices[one] for one in members) < self.size * MOST
        kept = np.flatnonzero(keep)
        members = [one[kept] for one in members]
        kept = kept[_same_weeks(self.e, self.weeks, members) | _other_weeks(self.e, members)]
        return [*(step[path[kept]] for step in steps), arc[kept]]


def _agreed(e: Entrants, weeks: Calendar, members: list[Ints], scores: list[Ints]) -> Exchanges:
    """Those of the closed paths that have weeks for all."""
    same = _same_weeks(e, weeks, members)
    kept = np.flatnonzero(same | _other_weeks(e, members))
    score = np.mean([score[kept] for score in scores], axis=0)
    return Exchanges(np.stack(members, axis=1)[kept].astype(np.int32), same[kept], score.astype(np.int16))


def _same_weeks(e: Entrants, weeks: Calendar, members: list[Ints]) -> NDArray[np.bool_]:
    lasting, able = how_long(e, *members)
    bits = weeks.wide_both[members[0]]
    for one in members[1:]:
        bits &= weeks.wide_both[one]
    return able & common(bits, lasting)


def _other_weeks(e: Entrants, members: list[Ints]) -> NDArray[np.bool_]:
    others = e.has_way(Way.other_weeks)
    return np.logical_and.reduce([others[one] for one in members])


def _begin(arcs: Arcs, count: int) -> Ints:
    return np.searchsorted(arcs.guest, np.arange(count + 1))


def _paths(arcs: Arcs, begin: Ints, length: int) -> Ints:
    """How many paths of `length` arcs begin with each arc."""
    ways = np.ones(len(arcs), np.float64)
    for _ in range(length - 1):
        after = np.concatenate([[0.0], np.cumsum(ways)])
        ways = (after[begin[1:]] - after[begin[:-1]])[arcs.host]
    return ways


def _thinned(arcs: Arcs, count: int, length: int, prices: Ints | None) -> Arcs:
    """So few arcs of each guest that there are no more than PATHS: to the cheapest homes first, which would be left
    over without, or to those that few others fit."""
    first = np.bincount(arcs.host, minlength=count) if prices is None else prices
    order = np.lexsort((-arcs.score, first[arcs.host], arcs.guest))
    place = np.empty(len(arcs), np.int64)
    place[order] = np.arange(len(arcs)) - _begin(arcs, count)[arcs.guest[order]]
    most = int(place.max(initial=0)) + 1
    while True:
        kept = arcs.of(np.flatnonzero(place < most))
        if most <= 2 or _paths(kept, _begin(kept, count), length).sum() <= PATHS:
            return kept
        most = min(most - 1, int(most * 0.8))
