"""Communes and the arrondissements of Paris, Lyon and Marseille, by INSEE code, read once from places/data."""

from __future__ import annotations

import gzip
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from places.departments import department_of

_FILE = Path(__file__).parent / "data" / "communes.tsv.gz"


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or an arrondissement; `lat` and `lon` are its centre in degrees.

    `city` is the commune's code when this is an arrondissement; `called` is the former or familiar name under which
    it was found, if not its own.
    """

    code: str
    name: str
    department: str
    region: str
    postcodes: tuple[str, ...]
    lat: float
    lon: float
    city: str | None = None
    called: str | None = None

    @property
    def label(self) -> str:
        """ "Brest (29)", "Coëtquidan (Guer, 56)"; `finding.resolve` reads it back."""
        if self.called:
            return f"{self.called} ({self.name}, {self.department})"
        return f"{self.name} ({self.department})"

    @property
    def commune(self) -> str:
        """The code of the whole commune: "75056" for any arrondissement of Paris."""
        return self.city or self.code


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of the data file. A row is an index in them; rows go from the most populated to the least."""

    codes: list[str]
    names: list[str]
    postcodes: list[str]
    cities: dict[int, str]
    latitudes: array[int]  # in ten-thousandths of a degree, like longitudes
    longitudes: array[int]
    populations: array[int]
    rows: dict[str, int]  # by INSEE code, former codes included
    old_names: list[tuple[str, str]]  # former name, present code


def commune(code: str) -> Place | None:
    """The place with this INSEE code; the code of a merged commune gives the present one."""
    row = table().rows.get(code)
    return None if row is None else place_at(row)


@lru_cache(maxsize=4096)
def place_at(row: int) -> Place:
    """The place of a row of the table."""
    data = table()
    code = data.codes[row]
    where = department_of(code)
    return Place(
        code=code,
        name=data.names[row],
        department=where.code,
        region=where.region,
        postcodes=tuple(data.postcodes[row].split(",")) if data.postcodes[row] else (),
        lat=data.latitudes[row] / 10_000,
        lon=data.longitudes[row] / 10_000,
        city=data.cities.get(row),
    )


@cache
def table() -> Table:
    """The data file, read on first use (some tens of milliseconds, some ten megabytes)."""
    columns = {}
    for line in gzip.decompress(_FILE.read_bytes()).decode().splitlines():
        title, *values = line.split("\t")
        columns[title] = values
    codes = columns["code"]
    rows = {code: row for row, code in enumerate(codes)}
    now = zip(columns["old_code"], columns["old_code_now"], strict=True)
    rows |= {old: rows[code] for old, code in now}
    return Table(
        codes=codes,
        names=columns["name"],
        postcodes=_shared(columns["postcodes"]),
        cities={row: city for row, city in enumerate(columns["city"]) if city},
        latitudes=array("i", map(int, columns["latitude"])),
        longitudes=array("i", map(int, columns["longitude"])),
        populations=array("i", map(int, columns["population"])),
        rows=rows,
        old_names=list(zip(columns["old_name"], columns["old_name_now"], strict=True)),
    )


def _shared(values: list[str]) -> list[str]:
    """The same list with equal strings stored once: five communes in six share their postcode with another."""
    seen: dict[str, str] = {}
    return [seen.setdefault(value, value) for value in values]
