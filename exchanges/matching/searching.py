"""From who fits whom to the exchanges to propose: the whole computation, without a database."""

from dataclasses import dataclass
from time import monotonic

import numpy as np

from exchanges.matching import choosing
from exchanges.matching.cycles import Arcs, Exchanges, loops, pairs, together
from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import Calendar, may_exchange, may_host
from exchanges.matching.graph import Graph
from exchanges.matching.weighing import HARD, HOUSEHOLD, hardness, weigh

FEW_HOUSEHOLDS = 1_500
"""Up to so many, every loop is looked at."""
MOST = 80_000
"""About how many exchanges of a size are looked at beyond; of each household never less than four."""


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


def search(e: Entrants, weeks: Calendar, graph: Graph, free: Ints, *, longest: int = 4, seconds: float = 20.0) -> Found:
    """The exchanges of up to `longest` homes to propose to those who are `free`, a column of true and false."""
    ends = monotonic() + seconds
    arcs = graph.arcs
    arcs = arcs.of(
        np.flatnonzero(free[arcs.guest] & free[arcs.host] & may_exchange(e, arcs.guest, arcs.host, arcs.same))
    )
    hard = hardness(graph.wanted_by, graph.wants)
    found = pairs(e, weeks, arcs)
    for size in range(3, longest + 1):
        found = _with_loops(e, weeks, graph, arcs, found, size, hard)
    weights = weigh(e, hard, found)
    choice = choosing.choose(found.members, weights, len(e), max(ends - monotonic(), 2.0))
    chosen = found.of(choice.chosen)
    served = int(chosen.size.sum())
    bound = choosing.most_households(found.members, weights, len(e))
    return Found(chosen, len(found), max(bound, served), choice.exact)


def _with_loops(
    e: Entrants, weeks: Calendar, graph: Graph, arcs: Arcs, found: Exchanges, size: int, hard: Ints
) -> Exchanges:
    """With the loops of that size: all when they are not many, otherwise those that would change the choice made of
    the rest, had in parts, the heaviest of each household."""
    prices = None
    if len(e) > FEW_HOUSEHOLDS:
        weights = weigh(e, hard, found)
        prices = choosing.price(found.members, weights, len(e))
        found = found.of(_best(found.members, prices.left(found.members, weights), len(e)))
    more = loops(e, weeks, arcs, size, prices=None if prices is None else prices.of, reaches=graph.reaches)
    if prices is None:
        return together([found, more])
    best = _best(more.members, prices.left(more.members, weigh(e, hard, more)), len(e))
    return together([found, more.of(best)])


def _best(members: Ints, left: Ints, count: int) -> Ints:
    """The lines that change the choice in parts most, or would nearly, of each household."""
    worth = np.flatnonzero(left > -choosing.FAR)
    most = max(MOST // count, 4)
    return worth[choosing.heaviest_of_each(members[worth], left[worth] + choosing.FAR, count, most)]


def search_hosts(e: Entrants, graph: Graph, free: Ints) -> Exchanges:
    """One way, among those who are free and served by nothing else: guest, then host."""
    arcs = graph.arcs
    arcs = arcs.of(np.flatnonzero(free[arcs.guest] & free[arcs.host] & may_host(e, arcs.guest, arcs.host)))
    members = np.stack([arcs.guest, arcs.host], axis=1).astype(np.int32)
    weights = HOUSEHOLD + arcs.score + (HARD * np.minimum(e.waited[arcs.guest] / 365, 1)).astype(np.int64)
    choice = choosing.choose(members, weights, len(e), 10.0)
    return Exchanges(members, arcs.same, arcs.score).of(choice.chosen)
