"""Which of the places that occur in the index lie within so many kilometres.

Ads stand at the centres of their communes: a circle is a set of terms, exact for hits, totals and
facets alike, where a box on coordinates would let its corners in.
"""

from math import asin, cos, radians, sin, sqrt

from places.distance import BANDS_KM

_EARTH = 6371.0
_DEGREE = 111.2
_REMEMBERED = 256


class Places:
    """The places known to one index, and the circles drawn on them lately."""

    def __init__(self, spots: list[str]) -> None:
        self._points = {spot: _point(spot) for spot in spots}
        self._circles: dict[tuple[float, float, float], list[tuple[float, str]]] = {}

    def add(self, spot: str) -> None:
        if spot not in self._points:
            self._points[spot] = _point(spot)
            self._circles = {}

    def within(self, lat: float, lon: float, km: float) -> list[str]:
        return [spot for _, spot in self._circle(lat, lon, km)]

    def rings(self, lat: float, lon: float, km: float | None) -> list[list[str]]:
        """The places of each of the bands distances are shown in, nearest first, none further than `km`."""
        rings: list[list[str]] = [[] for _ in BANDS_KM]
        for distance, spot in self._circle(lat, lon, min(km or BANDS_KM[-1], BANDS_KM[-1])):
            rings[next(i for i, band in enumerate(BANDS_KM) if distance <= band)].append(spot)
        return rings

    def _circle(self, lat: float, lon: float, km: float) -> list[tuple[float, str]]:
        # A place that comes meanwhile begins other circles: what is drawn without it must not be kept among those.
        key, circles = (lat, lon, km), self._circles
        if (circle := circles.get(key)) is None:
            circle = [
                (distance, spot)
                for spot, (spot_lat, spot_lon) in list(self._points.items())
                if abs(spot_lat - lat) * _DEGREE <= km + 1
                and (distance := kilometres(lat, lon, spot_lat, spot_lon)) <= km
            ]
            if len(circles) >= _REMEMBERED:
                circles.clear()
            circles[key] = circle
        return circle


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points in degrees."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    chord = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH * asin(sqrt(chord))


def _point(spot: str) -> tuple[float, float]:
    lat, lon = spot.split(",")
    return float(lat), float(lon)
