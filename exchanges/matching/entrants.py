"""Exchangers as columns: what the rules of fit are computed on, with nothing of who they are."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exchanges.kinds import Need, Scope, Setting, Way
from exchanges.matching.ring import Weeks
from places.communes import commune
from places.departments import departments

Ints = NDArray[Any]

SCOPES = tuple(Scope)
NEED_BIT = {need: 1 << place for place, need in enumerate(Need)}
SETTING_BIT = {setting: 1 << place for place, setting in enumerate(Setting)}
WAY_BIT = {way: 1 << place for place, way in enumerate(Way)}
OVERSEAS = 3
"""The letters of an overseas department or territory; the others have two."""


@dataclass(frozen=True, slots=True)
class Entrants:
    """One row each. `ids` are those of `exchanger`, ascending. A home's place is a point of a sphere of radius 1, its
    department and region the numbers of `numbered`, -1 without a home. `free` and `away` are weeks (exchanges.matching.
    ring), `waited` days. The wishes of row i are rows `wishes_from[i]` to `wishes_from[i + 1]` of the columns `wish_…`:
    `wish_reach` is the square of the chord that `km` is on that sphere, `wish_setting` a bit or 0.
    """

    ids: Ints
    at: Ints
    department: Ints
    region: Ints
    overseas: Ints
    settings: Ints
    allows: Ints
    sleeps: Ints
    party: Ints
    needs: Ints
    ways: Ints
    least: Ints
    most: Ints
    give: Ints
    free: Weeks
    away: Weeks
    waited: Ints
    wishes_from: Ints
    wish_scope: Ints
    wish_area: Ints
    wish_at: Ints
    wish_reach: Ints
    wish_setting: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_home(self) -> Ints:
        return self.department >= 0

    def has_way(self, way: Way) -> Ints:
        return (self.ways & WAY_BIT[way]) != 0

    def columns(self) -> dict[str, Ints]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def on_sphere(latitude: Ints, longitude: Ints) -> Ints:
    """Points, one a row, of degrees."""
    north, east = np.radians(np.asarray(latitude, float)), np.radians(np.asarray(longitude, float))
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1)


@cache
def numbered() -> dict[str, int]:
    """The numbers of departments and regions: of either kind, by code."""
    known = departments()
    regions = sorted({one.region for one in known})
    return {f"d{one.code}": number for number, one in enumerate(known)} | {
        f"r{code}": number for number, code in enumerate(regions)
    }


@cache
def point(area: str) -> tuple[float, float]:
    """Degrees of the commune with this INSEE code; the South Pole, where nobody lives, for one that is gone."""
    found = commune(area)
    return (found.lat, found.lon) if found else (-90.0, 0.0)
