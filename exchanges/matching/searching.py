"""From who fits whom to the exchanges to propose: the whole computation, without a database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from exchanges.matching import choosing
from exchanges.matching.cycles import Arcs, Exchanges, loops, pairs, together
from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import Calendar, may_exchange, may_host
from exchanges.matching.graph import Graph
from exchanges.matching.weighing import HARD, HOUSEHOLD, hardness, weigh

FEW_HOUSEHOLDS = 1_500
"""Up to so many, every loop is looked at."""
MANY_HOUSEHOLDS = 20_000
"""Up to so many, loops of four are weighed against all the others."""


@dataclass(frozen=True, slots=True)
class Found:
    """`bound` is how many households no choice among the exchanges looked at could serve, `looked_at` of those;
    `exact` says that none weighs more than the one made."""

    exchanges: Exchanges
    looked_at: int
    bound: int
    exact: bool

    @property
    def served(self) -> int:
        return int(self.exchanges.size.sum())


def search(
    e: Entrants, weeks: Calendar, graph: Graph, free: Ints, *, longest: int = 4, seconds: float | None = None
) -> Found:
    """The exchanges of up to `longest` homes to propose to those who are `free`, a column of true and false. After so
    many `seconds` the best choice found so far is made. Among very many, loops of four are left to those whom nothing
    shorter serves: weighed against all the others they would take longer than a night's search may."""
    seconds = seconds or (1 + len(e) / 2500 if len(e) <= MANY_HOUSEHOLDS else 40)
    if len(e) <= MANY_HOUSEHOLDS or longest < 4:
        return _search(e, weeks, graph, free, (2, *range(3, longest + 1)), seconds)
    shorter = _search(e, weeks, graph, free, (2, 3), seconds)
    left = free.copy()
    left[shorter.exchanges.members[shorter.exchanges.members >= 0]] = False
    rest = _search(e, weeks, graph, left, (4,), seconds)
    # Of a choice among both, what is of the ones and what is of the others each stay under their bound.
    return Found(
        together([shorter.exchanges, rest.exchanges]),
        shorter.looked_at + rest.looked_at,
        shorter.bound + rest.bound,
        shorter.exact and not len(rest.exchanges),
    )


def _search(e: Entrants, weeks: Calendar, graph: Graph, free: Ints, sizes: tuple[int, ...], seconds: float) -> Found:
    arcs = graph.arcs
    arcs = arcs.of(
        np.flatnonzero(free[arcs.guest] & free[arcs.host] & may_exchange(e, arcs.guest, arcs.host, arcs.same))
    )
    hard = hardness(graph.wanted_by, graph.wants)
    prices = choosing.Prices(len(e))
    parts: list[Exchanges] = []
    for size in sizes:
        worth = prices.of if len(e) > FEW_HOUSEHOLDS else None
        found = pairs(e, weeks, arcs) if size == 2 else loops(e, weeks, arcs, size, prices=worth, reaches=graph.reaches)
        parts.append(_taken(e, prices, found, hard))
    found = together(parts)
    weights = weigh(e, hard, found)
    if len(found) > choosing.ROOM:
        near = prices.nearest(found.members, weights, choosing.NEAR)
        found, weights = found.of(near), weights[near]
    with ThreadPoolExecutor(1) as beside:
        bound_of_all = beside.submit(choosing.most_households, found.members, weights, len(e))
        choice = choosing.choose(found.members, weights, prices, seconds)
        bound = min(bound_of_all.result(), _by_weight(found, weights, choice.bound), _able(arcs))
    chosen = found.of(choice.chosen)
    served = int(chosen.size.sum())
    return Found(chosen, len(found), max(bound, served), choice.exact)


def _by_weight(found: Exchanges, weights: Ints, bound: float) -> int:
    """How many households a choice of that weight may serve at most: none weighs less than the lightest."""
    return int(bound / (weights / found.size).min()) if len(found) else 0


def _able(arcs: Arcs) -> int:
    """How many fit somebody's home and have one that fits somebody."""
    return len(np.intersect1d(arcs.guest, arcs.host))


def _taken(e: Entrants, prices: choosing.Prices, found: Exchanges, hard: Ints) -> Exchanges:
    """Those that are looked at further: all when there are not many, otherwise those that may change the choice."""
    weights = weigh(e, hard, found)
    taken = prices.take(found.members, weights)
    if len(e) <= FEW_HOUSEHOLDS:
        return found
    near = np.flatnonzero(prices.left(found.members, weights) > -choosing.NEAR)
    return found.of(np.union1d(taken, near))


def search_hosts(e: Entrants, graph: Graph, free: Ints) -> Exchanges:
    """One way, among those who are free and served by nothing else: guest, then host."""
    arcs = graph.arcs
    arcs = arcs.of(np.flatnonzero(free[arcs.guest] & free[arcs.host] & may_host(e, arcs.guest, arcs.host)))
    members = np.stack([arcs.guest, arcs.host], axis=1).astype(np.int32)
    weights = HOUSEHOLD + arcs.score + (HARD * np.minimum(e.waited[arcs.guest] / 365, 1)).astype(np.int64)
    choice = choosing.choose(members, weights, choosing.priced(members, weights, len(e)), 10.0)
    return Exchanges(members, arcs.same, arcs.score).of(choice.chosen)
