"""Which exchanges to propose, nobody in two: the heaviest set, by HiGHS, exactly where that fits the time.

First as if exchanges could be had in part, which is quick, gives a bound no choice exceeds, and is whole for nearly all
already. Then in whole numbers: all of them when they are not many, otherwise those that could belong to a choice near
that bound, beginning with one that is whole.
"""

from dataclasses import dataclass
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

OF_EACH, ROUNDS = 6, 4
"""How many exchanges of each household are priced at a time, and how often the others are gone through."""
PRIMAL = 4
"""The method of HiGHS that goes on from a choice to which lines were added."""
PATIENCE = 30.0
"""Seconds for one price of everything."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Lines of what was given. No choice weighs more than `bound`; `exact` when none weighs more than this one."""

    chosen: Ints
    bound: float
    exact: bool


class Prices:
    """What each household is worth, `of`, when exchanges may be had in part.

    Lines may be added later: what was found so far is where the next search begins, which is much quicker than anew.
    """

    def __init__(self, count: int) -> None:
        self.of = np.zeros(count)
        self._lines: list[bytes] = []
        self._parts = np.zeros(0)
        self._solver = _quiet(PATIENCE)
        nothing = np.empty(0, np.int32)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._solver.addRows(
            count, np.full(count, -highspy.kHighsInf), np.ones(count), 0, nothing, nothing, np.empty(0)
        )
        self._solver.setOptionValue("solver", "simplex")

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
        some = {self._lines[place]: self._parts[place] for place in np.flatnonzero(self._parts > 0.001)}
        return np.array([some.get(_key(line), 0.0) for line in members])

    def take(self, members: Ints, weights: Ints) -> Ints:
        """Prices these lines too: those that matter, by way of the heaviest of each household. Answers which."""
        looked = np.zeros(len(members), np.bool_)
        left = self.left(members, weights)
        for _ in range(ROUNDS):
            missing = np.flatnonzero(~looked & (left > 1e-6))
            if not len(missing):
                break
            best = missing[heaviest_of_each(members[missing], left[missing], len(self.of), OF_EACH)]
            looked[best] = True
            self._add(members[best], weights[best])
            left = self.left(members, weights)
        return np.flatnonzero(looked)

    def _add(self, members: Ints, weights: Ints) -> None:
        count = len(members)
        line, who = incidence(members)
        begin = np.searchsorted(line, np.arange(count)).astype(np.int32)
        free = np.full(count, highspy.kHighsInf)
        ones = np.ones(len(who))
        self._solver.addCols(
            count, weights.astype(float), np.zeros(count), free, len(who), begin, who.astype(np.int32), ones
        )
        if self._lines:
            self._solver.setOptionValue("simplex_strategy", PRIMAL)
        self._solver.run()
        solution = self._solver.getSolution()
        self._lines += map(_key, members)
        self.of, self._parts = np.maximum(np.array(solution.row_dual), 0), np.array(solution.col_value)


def choose(members: Ints, weights: Ints, prices: Prices, seconds: float) -> Choice:
    """The heaviest exchanges without a member in two. `members` are rows, -1 for nobody; `prices` know the lines."""
    if not len(members):
        return Choice(np.empty(0, np.int64), 0.0, True)
    bound = prices.bound(members, weights)
    left = prices.left(members, weights)
    near = np.flatnonzero((left > -NEAR) | (len(members) <= FEW))
    start = _whole(members[near], weights[near], prices.had(members[near]), len(prices.of))
    solver = _solver(members[near], weights[near], seconds)
    values = np.zeros(len(near))
    values[start] = 1
    begin = highspy.HighsSolution()
    begin.col_value = values.tolist()
    solver.setSolution(begin)
    solver.run()
    found = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
    if not len(found) or weights[near[found]].sum() < weights[near[start]].sum():
        found = start
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal and len(near) == len(members):
        bound = min(bound, float(solver.getInfo().mip_dual_bound))
    weight = float(weights[near[found]].sum())
    return Choice(np.sort(near[found]), max(bound, weight), bound - weight < 1)


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


def heaviest_of_each(members: Ints, weights: Ints, count: int, most: int) -> Ints:
    """The lines that are among the `most` heaviest of one of their members, by what they weigh for each."""
    line, who = incidence(members)
    each = -(weights / (members >= 0).sum(axis=1))
    order = np.lexsort((each[line], who))
    place = np.arange(len(order)) - np.searchsorted(who[order], np.arange(count))[who[order]]
    kept = np.zeros(len(members), np.bool_)
    kept[line[order][place < most]] = True
    return np.flatnonzero(kept)


def incidence(members: Ints) -> tuple[Ints, Ints]:
    """Each line with each of its members."""
    line, column = np.nonzero(members >= 0)
    return line, members[line, column]


def _quiet(seconds: float) -> Any:
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("time_limit", seconds), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    return solver


def _solver(members: Ints, weights: Ints, seconds: float) -> Any:
    """One whole number for each line, 0 or 1, and nobody more than once."""
    line, who = incidence(members)
    rows, row = np.unique(who, return_inverse=True)
    matrix = csc_array((np.ones(len(line)), (row, line)), (len(rows), len(members)))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(members), len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = weights.astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(len(members)), np.ones(len(members))
    model.row_lower_, model.row_upper_ = np.full(len(rows), -highspy.kHighsInf), np.ones(len(rows))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(members)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver = _quiet(seconds)
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
