"""Departments and regions by the names people give them, to narrow a search for a commune."""

from __future__ import annotations

from functools import cache, lru_cache

from places.communes import table
from places.departments import departments, regions
from places.folding import fold

_SMALL_WORDS = frozenset(("la", "le", "les", "l", "en", "dans", "de", "du", "des", "d", "a", "ile"))
Area = tuple[str, ...]


def area_named(key: str) -> Area | None:
    """Department codes of a folded name or code: "finistere", "la reunion", "2a", "bretagne"."""
    words = key.split()
    while len(words) > 1 and words[0] in _SMALL_WORDS:
        words = words[1:]
    return _areas().get(" ".join(words))


def area_at_end(key: str) -> tuple[str, Area] | None:
    """A name followed by its department, taken apart: "brest finistere" → ("brest", ("29",))."""
    words = key.split()
    for at in range(1, len(words)):
        area = area_named(" ".join(words[at:]))
        if area:
            name = words[:at]
            while len(name) > 1 and name[-1] in _SMALL_WORDS:
                name.pop()
            return " ".join(name), area
    return None


@lru_cache(maxsize=128)
def rows_in(area: Area) -> tuple[int, ...]:
    """Rows of the communes of the area, the most populated first; arrondissements are left to their city."""
    data = table()
    return tuple(row for row, code in enumerate(data.codes) if code.startswith(area) and row not in data.cities)


@cache
def _areas() -> dict[str, Area]:
    named: dict[str, Area] = {}
    for where in regions():
        codes = tuple(dept.code for dept in departments() if dept.region == where.code)
        named[_bare(where.name)] = codes
    for dept in departments():
        named[_bare(dept.name)] = named[dept.code.lower()] = (dept.code,)
    return named


def _bare(name: str) -> str:
    return fold(name).removeprefix("la ")
