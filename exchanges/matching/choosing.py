"""Which exchanges to propose, nobody in two: the heaviest set, by HiGHS, exactly where that fits the time.

First as if exchanges could be had in part, which is quick, gives a bound no choice exceeds, and is whole for nearly all
already. Then in whole numbers: all of them when they are not many, otherwise those that could belong to a choice near
that bound, beginning with one that is whole.
"""

from dataclasses import dataclass
from time import monotonic
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from exchanges.matching.entrants import Ints
from exchanges.matching.weighing import HOUSEHOLD

FEW = 10_000
"""Exchanges that are solved in one piece."""
NEAR = 40.0
"""How much less than its households are worth an exchange may weigh and still be chosen: a household is 1000."""

OF_EACH = 5
"""How many exchanges of each household are priced at a time."""
ENOUGH = 1.5
"""Seconds after which the others are gone through no more."""
PATIENCE = 30.0
"""Seconds for one price of everything; without it the former stands, and its bound."""
ROOM = 120_000
"""Exchanges priced at once before some make room."""
FAR = 200.0
"""How much less than its households a line may weigh and still be priced again."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Lines of what was given. No choice weighs more than `bound`; `exact` when none weighs more than this one."""

    chosen: Ints
    bound: float
    exact: bool


class Prices:
    """What each household is worth, `of`, when exchanges may be had in part.

    Lines are added as they are found: those that came to nothing make room for them.
    """

    def __init__(self, count: int) -> None:
        self.of = np.zeros(count)
        self._members = np.empty((0, 4), np.int32)
        self._weights = np.empty(0)
        self._parts = np.empty(0)

    def left(self, members: Ints, weights: Ints) -> NDArray[np.float64]:
        """What each line weighs beyond its households."""
        return weights - np.where(members >= 0, self.of[members], 0).sum(axis=1)

    def bound(self, members: Ints, weights: Ints) -> float:
        """What no choice among these lines exceeds, whether they were priced or not."""
        # A line that weighs more than its households is made up for by a higher price of its first one.
        more = np.zeros(len(self.of))
        np.maximum.at(more, members[:, 0], self.left(members, weights))
        return float(self.of.sum() + more.sum())

    def had(self, members: Ints) -> NDArray[np.float64]:
        """How much of each line is had, 0 for those that were not priced."""
        some = {_key(self._members[place]): self._parts[place] for place in np.flatnonzero(self._parts > 0.001)}
        return np.array([some.get(_key(line), 0.0) for line in members])

    def nearest(self, members: Ints, weights: Ints, far: float) -> Ints:
        """Lines that weigh at most so much less than their households, a few of each."""
        left = self.left(members, weights)
        near = np.flatnonzero(left > -far)
        return near[best_of_each(members[near], left[near], len(self.of), OF_EACH)]

    def take(self, members: Ints, weights: Ints) -> Ints:
        """Prices these lines too: those that matter, by way of the best few of each household. Answers which."""
        looked = np.zeros(len(members), np.bool_)
        left = self.left(members, weights)
        few = OF_EACH if len(self._members) < ROOM / 2 else 1
        ends = monotonic() + ENOUGH
        while len(missing := np.flatnonzero(~looked & (left > 1e-6))):
            each = left[missing] / (members[missing] >= 0).sum(axis=1)
            best = missing[best_of_each(members[missing], each, len(self.of), few)]
            if not self._add(members[best], weights[best]):
                break
            looked[best] = True
            if monotonic() > ends:
                break
            left = self.left(members, weights)
        return np.flatnonzero(looked)

    def _add(self, members: Ints, weights: Ints) -> bool:
        """Whether there was time to price them."""
        kept = np.arange(len(self._members))
        if len(kept) + len(members) > ROOM:
            kept = self.nearest(self._members, self._weights, FAR)
        width = ((0, 0), (0, 4 - members.shape[1]))
        every = np.concatenate([self._members[kept], np.pad(members, width, constant_values=-1)])
        weighs = np.concatenate([self._weights[kept], weights])
        solver = _solver(every, weighs, PATIENCE, whole=False)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        solution = solver.getSolution()
        self._members, self._weights, self._parts = every, weighs, np.array(solution.col_value)
        self.of = np.zeros(len(self.of))
        self.of[np.unique(incidence(every)[1])] = np.maximum(np.array(solution.row_dual), 0)
        return True


def choose(members: Ints, weights: Ints, prices: Prices, seconds: float) -> Choice:
    """The heaviest exchanges without a member in two. `members` are rows, -1 for nobody; `prices` know the lines."""
    if not len(members):
        return Choice(np.empty(0, np.int64), 0.0, True)
    ends = monotonic() + seconds
    bound = prices.bound(members, weights)
    near = np.flatnonzero((prices.left(members, weights) > -NEAR) | (len(members) <= FEW))
    parts = prices.had(members[near])
    start = _whole(members[near], weights[near], parts, len(prices.of))
    if len(members) > FEW:
        start = _around_the_whole(members[near], weights[near], parts, start, seconds / 2)
    found, proved = _solved(members[near], weights[near], start, max(ends - monotonic(), 1.0))
    if len(near) == len(members):
        bound = min(bound, proved)
    weight = float(weights[near[found]].sum())
    return Choice(np.sort(near[found]), max(bound, weight), bound - weight < 1)


def _around_the_whole(members: Ints, weights: Ints, parts: NDArray[np.float64], start: Ints, seconds: float) -> Ints:
    """What is had whole stays; the best for the households that leaves, which are few."""
    count = int(members.max()) + 1
    taken = np.zeros(count + 1, np.bool_)
    taken[members[parts > 0.99]] = True
    taken[-1] = False
    rest = np.flatnonzero(~taken[members].any(axis=1))
    if not len(rest):
        return start
    found, _ = _solved(members[rest], weights[rest], np.flatnonzero(np.isin(rest, start)), seconds)
    better = np.concatenate([np.flatnonzero(parts > 0.99), rest[found]])
    return better if weights[better].sum() > weights[start].sum() else start


def _solved(members: Ints, weights: Ints, start: Ints, seconds: float) -> tuple[Ints, float]:
    """The best lines HiGHS finds in that time, never less than `start`, and what it proved none exceeds."""
    solver = _solver(members, weights, seconds)
    values = np.zeros(len(members))
    values[start] = 1
    begin = highspy.HighsSolution()
    begin.col_value = values.tolist()
    solver.setSolution(begin)
    solver.run()
    found = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
    if not len(found) or weights[found].sum() < weights[start].sum():
        found = start
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return found, float(solver.getInfo().mip_dual_bound) if optimal else np.inf


def priced(members: Ints, weights: Ints, count: int) -> Prices:
    prices = Prices(count)
    prices.take(members, weights)
    return prices


def most_households(members: Ints, weights: Ints, count: int) -> int:
    """How many no choice among these lines serves more than. What they weigh beyond that parts those that serve alike,
    which is quicker, and can only raise the answer, by a hundredth of it."""
    size = (members >= 0).sum(axis=1)
    beyond = size * HOUSEHOLD + np.maximum(weights - size * HOUSEHOLD, 0) / 100
    return int(priced(members, beyond, count).bound(members, beyond) / HOUSEHOLD + 1e-6)


def best_of_each(members: Ints, worth: NDArray[np.float64], count: int, most: int) -> Ints:
    """The lines that are among the `most` of highest worth of one of their members."""
    line, who = incidence(members)
    order = np.lexsort((-worth[line], who))
    place = np.arange(len(order)) - np.searchsorted(who[order], np.arange(count))[who[order]]
    kept = np.zeros(len(members), np.bool_)
    kept[line[order][place < most]] = True
    return np.flatnonzero(kept)


def incidence(members: Ints) -> tuple[Ints, Ints]:
    """Each line with each of its members."""
    line, column = np.nonzero(members >= 0)
    return line, members[line, column]


def _solver(members: Ints, weights: Ints, seconds: float, *, whole: bool = True) -> Any:
    """One variable for each line, from 0 to 1 and `whole` or not, and nobody more than once."""
    line, who = incidence(members)
    rows, row = np.unique(who, return_inverse=True)
    matrix = csc_array((np.ones(len(line)), (row, line)), (len(rows), len(members)))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(members), len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = weights.astype(float)
    # In parts nobody needs to be told not to have more than all of a line, and prices are then those of households.
    most = 1.0 if whole else highspy.kHighsInf
    model.col_lower_, model.col_upper_ = np.zeros(len(members)), np.full(len(members), most)
    model.row_lower_, model.row_upper_ = np.full(len(rows), -highspy.kHighsInf), np.ones(len(rows))
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(members)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("time_limit", seconds), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    if not whole:
        solver.setOptionValue("solver", "simplex")
    solver.passModel(model)
    return solver


def _key(members: Ints) -> bytes:
    """Of one line: its members in their order."""
    return members[members >= 0].astype(np.int32).tobytes()


def _whole(members: Ints, weights: Ints, parts: NDArray[np.float64], count: int) -> Ints:
    """A choice in whole numbers near one in parts: what is had most of first, then what weighs most."""
    order = np.lexsort((-(weights / (members >= 0).sum(axis=1)), -np.round(parts, 3)))
    taken = bytearray(count)
    chosen = []
    for at, those in zip(order.tolist(), members[order].tolist(), strict=True):
        if not any(one >= 0 and taken[one] for one in those):
            chosen.append(at)
            for one in those:
                if one >= 0:
                    taken[one] = 1
    return np.array(chosen, np.int64)
