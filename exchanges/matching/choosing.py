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

FEW = 20_000
"""Exchanges that are solved in one piece."""
NEAR = 40.0
"""How much less than its households are worth an exchange may weigh and still be chosen: a household is 1000."""
FAR = 400.0
"""The same for loops, before the choice is made of which they are a part."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Lines of what was given. No choice weighs more than `bound`; `exact` when none weighs more than this one."""

    chosen: Ints
    bound: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Prices:
    """What each household is worth when exchanges may be had in part; `parts` says how much of each line is had."""

    of: NDArray[np.float64]
    parts: NDArray[np.float64]

    def left(self, members: Ints, weights: Ints) -> NDArray[np.float64]:
        """What each line weighs beyond its households."""
        return weights - np.where(members >= 0, self.of[members], 0).sum(axis=1)

    def bound(self, members: Ints, weights: Ints) -> float:
        """What no choice among these lines exceeds, whether they were priced or not."""
        # A line that weighs more than its households is made up for by a higher price of its first one.
        more = np.zeros(len(self.of))
        np.maximum.at(more, members[:, 0], self.left(members, weights))
        return float(self.of.sum() + more.sum())


def choose(members: Ints, weights: Ints, count: int, seconds: float) -> Choice:
    """The heaviest exchanges without a member in two. `members` are rows below `count`, -1 for nobody."""
    ends = monotonic() + seconds
    if not len(members):
        return Choice(np.empty(0, np.int64), 0.0, True)
    prices = price(members, weights, count)
    bound = prices.bound(members, weights)
    near = np.flatnonzero((prices.left(members, weights) > -NEAR) | (len(members) <= FEW))
    start = _whole(members[near], weights[near], prices.parts[near], count)
    solver = _solver(members[near], weights[near], max(ends - monotonic(), 1.0))
    solver.changeColsIntegrality(
        len(near), np.arange(len(near), dtype=np.int32), np.full(len(near), highspy.HighsVarType.kInteger)
    )
    values = np.zeros(len(near))
    values[start] = 1
    begin = highspy.HighsSolution()
    begin.col_value = values.tolist()
    solver.setSolution(begin)
    solver.run()
    found = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
    if not len(found) or weights[near[found]].sum() < weights[near[start]].sum():
        found = start
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if optimal and len(near) == len(members):
        bound = min(bound, float(solver.getInfo().mip_dual_bound))
    weight = float(weights[near[found]].sum())
    return Choice(np.sort(near[found]), max(bound, weight), bound - weight < 1)


def price(members: Ints, weights: Ints, count: int, seconds: float = 120.0) -> Prices:
    """The best choice in parts. The bound of its prices holds even where the time was too short for it."""
    solver = _solver(members, weights, seconds)
    solver.setOptionValue("solver", "simplex")
    solver.run()
    solution = solver.getSolution()
    of = np.zeros(count)
    of[np.unique(incidence(members)[1])] = np.maximum(np.array(solution.row_dual), 0)
    return Prices(of, np.array(solution.col_value))


def most_households(members: Ints, weights: Ints, count: int) -> int:
    """How many no choice among these lines serves more than. What they weigh beyond that parts those that serve alike,
    which is quicker, and can only raise the answer, by a hundredth of it."""
    size = (members >= 0).sum(axis=1)
    beyond = size * HOUSEHOLD + np.maximum(weights - size * HOUSEHOLD, 0) / 100
    return int(price(members, beyond, count).bound(members, beyond) / HOUSEHOLD + 1e-6)


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


def _solver(members: Ints, weights: Ints, seconds: float) -> Any:
    """One variable for each line from 0 to 1, and nobody more than once."""
    line, who = incidence(members)
    rows, row = np.unique(who, return_inverse=True)
    matrix = csc_array((np.ones(len(line)), (row, line)), (len(rows), len(members)))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(members), len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = weights.astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(len(members)), np.full(len(members), highspy.kHighsInf)
    model.row_lower_, model.row_upper_ = np.full(len(rows), -highspy.kHighsInf), np.ones(len(rows))
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("time_limit", seconds), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return solver


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
