"""Weeks as bits, so that what two households have in common is one `&`.

In the database a week is the bit numbered by its Saturday, in weeks since 1 January 2000 (a Saturday), modulo 128: two
whole numbers of 64 bits, low and high. Nothing is moved as time passes; eighteen months never meet themselves. In
memory bit 0 is the first week that is still of use: arrays of uint64 whose last axis is (low, high).
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dates import today

Weeks = NDArray[np.uint64]
Numbers = NDArray[Any]

EPOCH = date(2000, 1, 1)
WEEKS = 84
"""How many weeks are looked at: eighteen months and what an adjustable week may add."""
SOONEST = timedelta(days=14)
"""Four days to answer, and time to get ready."""
LONGEST = 8
_WORD = np.uint64(64)


def first_week() -> int:
    """The number, in weeks since EPOCH, of the first Saturday on which a proposed stay may begin."""
    return -(-(today() + SOONEST - EPOCH).days // 7)


def saturday(week: int) -> date:
    return EPOCH + timedelta(weeks=week)


def aligned(low: Numbers, high: Numbers, first: int) -> Weeks:
    """Bits of the database as bits from the week `first` on; weeks before it, and far ones, are left out."""
    bits = np.stack([np.asarray(low, np.int64), np.asarray(high, np.int64)], axis=-1).view(np.uint64)
    turn = first % 128
    if turn >= 64:
        bits = bits[..., ::-1]
    by = np.uint64(turn % 64)
    if by:
        bits = (bits >> by) | (bits[..., ::-1] << (_WORD - by))
    return bits & _KEPT


def later(bits: Weeks, by: int) -> Weeks:
    """Each week moved `by` weeks (1 to 63) later."""
    moved = bits << np.uint64(by)
    moved[..., 1] |= bits[..., 0] >> np.uint64(64 - by)
    return moved & _KEPT


def earlier(bits: Weeks, by: int) -> Weeks:
    """Each week moved `by` weeks (1 to 63) earlier; one moved before the first is lost."""
    moved = bits >> np.uint64(by)
    moved[..., 0] |= bits[..., 1] << np.uint64(64 - by)
    return moved


def widened(bits: Weeks, give_or_take: Numbers) -> Weeks:
    """Each week also so many weeks earlier and later, row by row."""
    wide = bits.copy()
    for by in range(1, int(give_or_take.max(initial=0)) + 1):
        rows = give_or_take >= by
        wide[rows] |= later(bits[rows], by) | earlier(bits[rows], by)
    return wide


def starts(bits: Weeks, lasting: Numbers) -> Weeks:
    """The weeks from which a run of `lasting` weeks (1 to LONGEST, row by row) is whole."""
    left = bits.copy()
    for by in range(1, int(lasting.max(initial=1))):
        rows = lasting > by
        left[rows] &= earlier(bits[rows], by)
    return left


def some(bits: Weeks) -> NDArray[np.bool_]:
    return (bits[..., 0] | bits[..., 1]) != 0


def unpacked(bits: Weeks) -> NDArray[np.bool_]:
    """One column for each of the WEEKS."""
    octets = np.ascontiguousarray(bits).view(np.uint8)
    return np.unpackbits(octets, axis=-1, bitorder="little")[..., :WEEKS].astype(np.bool_)


_KEPT = np.array([2**64 - 1, 2 ** (WEEKS - 64) - 1], np.uint64)
