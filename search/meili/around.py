"""Circles, without the server's own geography.

What is found stands at the centre of a commune. Each centre has a number, such that neighbours have close numbers; a
circle is then some tens of ranges of numbers, exact for hits, totals and counts alike. With `_geo` the server would
read and write every point of the index again at each change: 0.2 s more with 40,000 documents, 0.7 s with 120,000.
"""

from functools import cache, lru_cache
from math import inf, isfinite

from places.communes import table
from places.distance import rows_around

_DEGREE = 10_000  # as fine as the centres are known

Run = tuple[int, int]


def spot(lat: float, lon: float) -> int:
    """The bits of both coordinates, interleaved."""
    return _spread(_tenthousandths(lat, 90)) << 1 | _spread(_tenthousandths(lon, 180))


def within(lat: float, lon: float, km: float, beyond: float = 0) -> list[str]:
    """Filters, any of which is enough, for what lies at most `km` away and further than `beyond`; to infinity, with
    what is of no place.

    Raises `ValueError` where there is no such place.
    """
    if not (isfinite(lat) and isfinite(lon)):
        raise ValueError("A place needs finite coordinates.")
    return _within(max(-90.0, min(90.0, lat)), max(-180.0, min(180.0, lon)), km, beyond)


def get_ready() -> None:
    """Number the communes, some tens of milliseconds that no search should spend."""
    _order()
    rows_around(0, 0, 1)


@lru_cache(maxsize=512)
def _within(lat: float, lon: float, km: float, beyond: float) -> list[str]:
    rows = set(range(len(table().codes))) if km == inf else rows_around(lat, lon, km)
    if beyond:
        rows -= rows_around(lat, lon, beyond)
    ranges = [f"spot {first} TO {last}" for first, last in _runs(rows) or [(-1, -1)]]
    return [*ranges, "spot NOT EXISTS"] if km == inf else ranges


def _runs(rows: set[int]) -> list[Run]:
    """The numbers of these communes and of no other."""
    numbers, ranks = _order()
    inside = sorted(ranks[row] for row in rows)
    runs: list[list[int]] = []
    for rank in inside:
        if runs and rank == runs[-1][1] + 1:
            runs[-1][1] = rank
        else:
            runs.append([rank, rank])
    return [(_halfway(numbers, first), _halfway(numbers, last + 1) - 1) for first, last in runs]


def _halfway(numbers: list[int], rank: int) -> int:
    """Where what stands at no known centre changes from one neighbour to the next."""
    before = numbers[rank - 1] if rank else 0
    after = numbers[rank] if rank < len(numbers) else 1 << 46
    return (before + after + 1) // 2


@cache
def _order() -> tuple[list[int], list[int]]:
    """Every commune's number, sorted, and where each row of the table stands among them."""
    data = table()
    numbers = [spot(lat / _DEGREE, lon / _DEGREE) for lat, lon in zip(data.latitudes, data.longitudes, strict=True)]
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    ranks = [0] * len(order)
    for rank, row in enumerate(order):
        ranks[row] = rank
    return sorted(numbers), ranks


def _tenthousandths(degrees: float, most: int) -> int:
    return round((max(-most, min(most, degrees)) + most) * _DEGREE)


def _spread(number: int) -> int:
    """A zero between each two bits; 22 of them reach 360°."""
    for shift, mask in _SPREADING:
        number = (number | number << shift) & mask
    return number


_SPREADING = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
