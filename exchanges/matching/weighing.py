"""What an exchange is worth: households served first, then who is hard to match, who waits long, other regions, fit.

A household weighs HOUSEHOLD; all else together at most a fifth of that, so that it decides between choices that serve
alike and seldom gives up a household. Of two such choices the one with the shorter loops is worth more: everybody
in a loop has to say yes.
"""

import numpy as np

from exchanges.matching.cycles import Exchanges
from exchanges.matching.entrants import Entrants, Ints

HOUSEHOLD = 1000
HARD, WAITED, FITS, ANOTHER_REGION, SAME_WEEKS = 80, 60, 30, 20, 10
"""What each household in an exchange may add."""
LONGER = 15
"""Taken from each household for a third home, and again for a fourth."""
EASY = 1024
"""Whom so many fit is not hard to match at all; whom one fits is, in full."""
LONG = 365.0
"""Days of waiting that count in full."""


def hardness(wanted_by: Ints, wants: Ints) -> Ints:
    """0 to 1, by how few fits a household has in the direction where it has fewest."""
    return np.clip(1 - np.log2(np.maximum(np.minimum(wanted_by, wants), 1)) / np.log2(EASY), 0, 1)


def weigh(e: Entrants, hard: Ints, found: Exchanges) -> Ints:
    """The weight of each exchange, a whole number."""
    here = found.members >= 0
    who = np.where(here, found.members, 0)
    own = HARD * hard[who] + WAITED * np.minimum(e.waited[who] / LONG, 1)
    far = here & (e.region[who] != e.region[np.take_along_axis(who, _hosts(found), axis=1)])
    size = found.size[:, None]
    each = HOUSEHOLD - LONGER * (size - 2) + FITS * found.score[:, None] / 100 + SAME_WEEKS * found.same[:, None]
    return ((each + own + ANOTHER_REGION * far) * here).sum(axis=1).round().astype(np.int64)


def _hosts(found: Exchanges) -> Ints:
    """The column of the home that each guest goes to: the next, and of the last the first."""
    column = np.arange(found.members.shape[1])[None, :] + 1
    return np.where(column < found.size[:, None], column, 0)
