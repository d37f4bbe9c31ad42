"""Departments, overseas territories and regions, by their INSEE codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "departments.json"


@dataclass(frozen=True, slots=True)
class Region:
    """A region, or an overseas territory, which is its own ("93", "Provence-Alpes-Côte d'Azur")."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department or an overseas territory ("29", "Finistère"); `region` is a region's code."""

    code: str
    name: str
    region: str

    @property
    def label(self) -> str:
        """ "Finistère (29)"."""
        return f"{self.name} ({self.code})"


def departments() -> tuple[Department, ...]:
    """All of them in the order of their codes, 01, 02 … 2A, 2B … 95, 971 … 989."""
    return tuple(_departments().values())


def department(code: str) -> Department | None:
    return _departments().get(code)


def regions() -> tuple[Region, ...]:
    """All of them by code, overseas territories last."""
    return tuple(_regions().values())


def region(code: str) -> Region | None:
    return _regions().get(code)


def department_of(code: str) -> Department:
    """The department of an INSEE code: "29019" → Finistère, "97411" → La Réunion. KeyError for any other text."""
    return _departments()[code[:3] if code.startswith(("97", "98")) else code[:2]]


@cache
def _departments() -> dict[str, Department]:
    named = json.loads(_FILE.read_text(encoding="utf-8"))["departments"]
    ordered = sorted(named, key=lambda code: (len(code), code.replace("2A", "20A").replace("2B", "20B")))
    return {code: Department(code, *named[code]) for code in ordered}


@cache
def _regions() -> dict[str, Region]:
    named = json.loads(_FILE.read_text(encoding="utf-8"))["regions"]
    return {code: Region(code, named[code]) for code in sorted(named, key=lambda code: (len(code), code))}
