"""How far two places are from each other, said in bands, and what lies around a place.

Distances go from centre to centre along the sphere: right to a few kilometres, which is what bands are for.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from math import asin, ceil, cos, floor, radians, sin, sqrt

from places.communes import Place, table

EARTH_KM = 6371.0
BANDS_KM = (5, 10, 25, 50, 100)
_KM_PER_DEGREE = EARTH_KM * radians(1)
_Cell = tuple[int, int]


def distance_km(a: Place, b: Place) -> float:
    """Kilometres between the centres."""
    return _arc_km(_chord_squared(_on_sphere(a.lat, a.lon), _on_sphere(b.lat, b.lon)))


def band(km: float) -> str:
    """ "à moins de 5 km" … "à moins de 100 km", then "à plus de 100 km"."""
    for limit in BANDS_KM:
        if km < limit:
            return f"à moins de {limit} km"
    return f"à plus de {BANDS_KM[-1]} km"


def nearness(a: Place, b: Place) -> str:
    """ "dans votre commune", arrondissements of one city included, or the band of the distance."""
    return "dans votre commune" if a.commune == b.commune else band(distance_km(a, b))


def within(place: Place, km: float) -> tuple[str, ...]:
    """Codes of the communes and arrondissements at most `km` away, in the order of codes; its own city always is."""
    return _within(place.code, place.lat, place.lon, place.commune, float(km))


@lru_cache(maxsize=128)
def _within(code: str, lat: float, lon: float, city: str, km: float) -> tuple[str, ...]:
    data = table()
    near = {data.codes[row] for row in rows_around(lat, lon, km)}
    near |= {code, city} | {data.codes[row] for row, whole in data.cities.items() if whole == city}
    return tuple(sorted(near))


def rows_around(lat: float, lon: float, km: float) -> set[int]:
    """Rows, in the table of communes, of the centres at most `km` from a point in degrees."""
    grid = _grid()
    here, reach = _on_sphere(lat, lon), (2 * sin(min(km / EARTH_KM, 3.1415) / 2)) ** 2
    return {
        row
        for cell in _cells(lat, lon, km)
        for row in grid.cells.get(cell, ())
        if (grid.x[row] - here[0]) ** 2 + (grid.y[row] - here[1]) ** 2 + (grid.z[row] - here[2]) ** 2 <= reach
    }


class _Grid:
    """Rows by square degree, and the place of each on a sphere of radius 1: comparing chords needs no trigonometry."""

    def __init__(self) -> None:
        data = table()
        self.x, self.y, self.z = array("d"), array("d"), array("d")
        self.cells: dict[_Cell, array[int]] = defaultdict(lambda: array("I"))
        for row, (lat, lon) in enumerate(zip(data.latitudes, data.longitudes, strict=True)):
            x, y, z = _on_sphere(lat / 10_000, lon / 10_000)
            self.x.append(x)
            self.y.append(y)
            self.z.append(z)
            self.cells[floor(lat / 10_000), floor(lon / 10_000)].append(row)


@cache
def _grid() -> _Grid:
    return _Grid()


def _cells(lat: float, lon: float, km: float) -> Iterator[_Cell]:
    """Squares that a circle may touch; longitudes wrap at 180°."""
    tall = km / _KM_PER_DEGREE
    wide = min(180.0, tall / max(0.05, cos(radians(min(89.0, abs(lat) + tall)))))
    columns = {(column + 180) % 360 - 180 for column in range(floor(lon - wide), ceil(lon + wide))}
    for line in range(floor(lat - tall), ceil(lat + tall)):
        for column in sorted(columns):
            yield line, column


def _on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    north, east = radians(lat), radians(lon)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _chord_squared(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2


def _arc_km(chord_squared: float) -> float:
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord_squared) / 2))
