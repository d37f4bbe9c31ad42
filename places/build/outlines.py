"""Draws the departments from the centres of their communes: the cells nearest to each, cut along a smoothed coast.

Every department is one SVG path in the coordinates of one view box. Metropolitan France is projected on a cone
(44° and 49° north); each overseas territory and the departments around Paris stand in a frame at their own scale.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, log, pi, radians, sin, tan
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPoint, Point, Polygon, STRtree
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from places.build.centres import LAND
from places.build.sources import Sources

EARTH_KM = 6371.0
WIDTH = 1000
MAINLAND_TOP = 10
NEAR_PARIS = ("75", "92", "93", "94")
Points = dict[str, list[tuple[float, float]]]


@dataclass(frozen=True)
class Frame:
    """A framed part of the map: its title, its departments, and how to draw them, in kilometres on the ground.

    `reach` is how far land goes around a centre, `bridge` how wide a gap between two centres is land all the same.
    """

    title: str
    departments: tuple[str, ...]
    reach: float
    bridge: float
    box: tuple[float, float, float, float]  # x, y, width, height


def _row(top: float, height: float, left: float, width: float, count: int) -> list[tuple[float, float, float, float]]:
    gap = 12.0
    each = (width - gap * (count - 1)) / count
    return [(left + at * (each + gap), top, each, height) for at in range(count)]


_FIRST, _SECOND = _row(1010, 190, 6, 988, 5), _row(1214, 190, 6, 988, 6)
FRAMES = (
    Frame("Paris et alentours", NEAR_PARIS, 2.2, 4.0, (6, 8, 196, 206)),
    Frame("Guadeloupe", ("971",), 3.6, 5.0, _FIRST[0]),
    Frame("Martinique", ("972",), 3.6, 5.0, _FIRST[1]),
    Frame("Guyane", ("973",), 16.0, 80.0, _FIRST[2]),
    Frame("La Réunion", ("974",), 3.6, 14.0, _FIRST[3]),
    Frame("Mayotte", ("976",), 2.6, 3.5, _FIRST[4]),
    Frame("St-Pierre-et-M.", ("975",), 2.6, 1.5, _SECOND[0]),
    Frame("St-Barthélemy", ("977",), 0.9, 1.2, _SECOND[1]),
    Frame("St-Martin", ("978",), 1.1, 1.3, _SECOND[2]),
    Frame("Wallis-et-Futuna", ("986",), 9.0, 4.0, _SECOND[3]),
    Frame("Polynésie fr.", ("987",), 55.0, 0.0, _SECOND[4]),
    Frame("Nlle-Calédonie", ("988",), 14.0, 20.0, _SECOND[5]),
)
HEIGHT = 1410


def write_map(sources: Sources, path: Path) -> None:
    """The map file: view box, frames with their titles, and one path per department."""
    overseas = {code for frame in FRAMES for code in frame.departments} - set(NEAR_PARIS)
    points = _points(sources)
    mainland = {code: places for code, places in points.items() if len(code) == 2}
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    _add(shapes, _draw(mainland, _cone, reach=4.5, bridge=9.0, tolerance=4.8), (4, MAINLAND_TOP, 992, 985))
    for frame in FRAMES:
        around = {code: points[code] for code in frame.departments}
        drawn = _draw(around, _flat(around), frame.reach, frame.bridge, tolerance=frame.reach / 6)
        _add(shapes, drawn, _inner(frame.box))
    names = {row["code"]: row["nom"] for row in sources.departments}
    content = {
        "width": WIDTH,
        "height": HEIGHT,
        "frames": [{"title": frame.title, "box": [round(side, 1) for side in frame.box]} for frame in FRAMES],
        "departments": [
            _entry(code, names[code], shapes[code], code in overseas) for code in sorted(shapes, key=_order)
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _points(sources: Sources) -> Points:
    """Distinct (latitude, longitude) of the communes by department; Paris by its arrondissements, which shape it."""
    found: dict[str, set[tuple[float, float]]] = defaultdict(set)
    for code, row in sources.places.items():
        if code != "75056":
            found[row["departement"]].add(sources.centres[code])
    for code, places in LAND.items():
        found[code].update(places)
    return {code: sorted(places) for code, places in found.items()}


def _cone(lat: float, lon: float) -> tuple[float, float]:
    """Kilometres east and south on Lambert's conformal cone of a sphere, touching 44° and 49° north, axis 3° east."""
    low, high = radians(44), radians(49)
    spread = log(cos(low) / cos(high)) / log(tan(pi / 4 + high / 2) / tan(pi / 4 + low / 2))
    scale = cos(low) * tan(pi / 4 + low / 2) ** spread / spread
    radius = EARTH_KM * scale / tan(pi / 4 + radians(lat) / 2) ** spread
    angle = spread * radians(lon - 3)
    return radius * sin(angle), radius * cos(angle)


def _flat(points: Points) -> Callable[[float, float], tuple[float, float]]:
    """Kilometres east and south, good for a small territory."""
    latitudes = [lat for places in points.values() for lat, _ in places]
    shrink = cos(radians((min(latitudes) + max(latitudes)) / 2))
    return lambda lat, lon: (EARTH_KM * radians(lon) * shrink, -EARTH_KM * radians(lat))


def _draw(
    points: Points,
    project: Callable[[float, float], tuple[float, float]],
    reach: float,
    bridge: float,
    tolerance: float,
) -> dict[str, BaseGeometry]:
    owners = [(code, Point(project(*place))) for code, places in sorted(points.items()) for place in places]
    centres = MultiPoint([point for _, point in owners])
    land = _land(centres, reach, bridge)
    cells: dict[str, list[BaseGeometry]] = defaultdict(list)
    if len(owners) == 1:
        return {owners[0][0]: land}
    wide = shapely.box(*centres.bounds).buffer(20 * reach)
    for (code, _), cell in zip(owners, _cells(centres, wide), strict=True):
        cells[code].append(cell)
    whole = {
        code: shapely.union_all(group, grid_size=0.001).intersection(land) for code, group in sorted(cells.items())
    }
    simple = shapely.coverage_simplify(list(whole.values()), tolerance)
    return dict(zip(whole, map(_without_crumbs, simple), strict=True))


def _cells(centres: MultiPoint, wide: BaseGeometry) -> list[BaseGeometry]:
    """The Voronoi cell of each centre, in the order of the centres."""
    cells = list(shapely.voronoi_polygons(centres, extend_to=wide).geoms)
    tree = STRtree(cells)
    return [cells[tree.query(point, predicate="intersects")[0]] for point in centres.geoms]


def _land(centres: MultiPoint, reach: float, bridge: float) -> BaseGeometry:
    """Discs around the centres, joined where the gap is small, then drawn back to `reach` from the outermost ones."""
    discs = shapely.buffer(shapely.get_parts(centres), reach + bridge, quad_segs=6)
    parts = shapely.get_parts(shapely.union_all(discs).buffer(-bridge, quad_segs=6))
    return shapely.union_all([Polygon(part.exterior) for part in parts])


def _without_crumbs(shape: BaseGeometry) -> BaseGeometry:
    """Only the parts that a reader can see: bits cut off by the coast are dropped, islands stay."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [Polygon(part.exterior) for part in parts if part.area >= parts[0].area / 200]
    return shapely.union_all(kept)


def _inner(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Where a frame's shapes go: above its title."""
    left, top, width, height = box
    return left + 12, top + 12, width - 24, height - 56


def _add(
    shapes: dict[str, list[BaseGeometry]], drawn: dict[str, BaseGeometry], box: tuple[float, float, float, float]
) -> None:
    """Scales the shapes together to the middle of the box."""
    west, north, east, south = shapely.total_bounds(list(drawn.values()))
    left, top, width, height = box
    scale = min(width / (east - west), height / (south - north))
    shift = (left + (width - scale * (east + west)) / 2, top + (height - scale * (south + north)) / 2)
    for code, shape in drawn.items():
        shapes[code].append(affine_transform(shape, [scale, 0, 0, scale, *shift]))


def _entry(code: str, name: str, shapes: list[BaseGeometry], inset: bool) -> dict[str, Any]:
    largest = max(shapely.get_parts(shapes[-1]), key=lambda part: part.area)
    label = shapely.maximum_inscribed_circle(largest).coords[0]
    return {
        "code": code,
        "name": name,
        "inset": inset,
        "label": [round(label[0]), round(label[1])],
        "path": "".join(_path(shape) for shape in shapes),
    }


def _path(shape: BaseGeometry) -> str:
    parts = sorted(shapely.get_parts(shape), key=lambda part: part.bounds)
    return "".join(_ring(part.exterior.coords) for part in parts)


def _ring(coords: Iterable[tuple[float, float]]) -> str:
    """Relative moves in whole units, which is what keeps the file small."""
    points = [(round(x), round(y)) for x, y in coords][:-1]
    moves = [(x - west, y - north) for (west, north), (x, y) in pairwise(points)]
    line = " ".join(f"{right},{down}".replace(",-", "-") for right, down in moves if right or down)
    return f"M{points[0][0]},{points[0][1]}l{line}z"


def _order(code: str) -> tuple[int, str]:
    return len(code), code
