"""The map of departments as a template draws it, and how it says a count without pointing at anyone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from places.departments import Department, departments

_FILE = Path(__file__).parent / "data" / "map.json"
FEW = 3
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """A department on the map: an SVG path and a point inside its largest part, in units of the view box."""

    code: str
    name: str
    path: str
    label_x: int
    label_y: int
    inset: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A framed part drawn at its own scale, title at the bottom."""

    title: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DepartmentsMap:
    """All shapes, metropolitan ones first; the departments around Paris are drawn twice in one path."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    departments: tuple[Shape, ...]

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def listed(self) -> tuple[Department, ...]:
        """What the list beside the drawing goes through: every department, those too far to be drawn as well."""
        return departments()

    def level(self, counts: Mapping[str, int], code: str) -> int:
        """0 for no ad to 4 for the fullest departments; one ad and two look the same."""
        count = counts.get(code, 0)
        if count < FEW:
            return 1 if count > 0 else 0
        return 1 + ceil((LEVELS - 1) * count / max(counts.values()))

    def in_words(self, count: int, what: str = "annonce") -> str:
        """ "aucune annonce", "moins de 3 annonces", "12 annonces": a single ad would say who is where. `what` is
        counted, a feminine noun."""
        if count <= 0:
            return f"aucune {what}"
        return f"moins de {FEW} {what}s" if count < FEW else f"{count} {what}s"


@cache
def departments_map() -> DepartmentsMap:
    """The map file, read once."""
    drawn = json.loads(_FILE.read_text(encoding="utf-8"))
    return DepartmentsMap(
        width=drawn["width"],
        height=drawn["height"],
        frames=tuple(Frame(frame["title"], *frame["box"]) for frame in drawn["frames"]),
        departments=tuple(
            Shape(shape["code"], shape["name"], shape["path"], across, down, shape["inset"])
            for shape in drawn["departments"]
            for across, down in [shape["label"]]
        ),
    )


class Locator(NamedTuple):
    """Where a department lies in the country; `code` is empty for one too far to be drawn."""

    view_box: str
    code: str


def locator(code: str) -> Locator:
    drawn = departments_map()
    return Locator(drawn.view_box, code if any(shape.code == code for shape in drawn.departments) else "")


def outlines() -> bytes:
    """The paths as a file of symbols, `#d29` for a department, `#all` for the whole country: fetched once, then a page
    only refers to them."""
    symbols = "".join(f'<path id="d{shape.code}" d="{shape.path}"/>' for shape in departments_map().departments)
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="all">{symbols}</g></defs></svg>'.encode()
