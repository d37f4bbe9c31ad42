"""Writes the communes as columns, one a line, tab between values: small once compressed, quick to split at run time."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from places.build.sources import Sources


def write_tables(sources: Sources, folder: Path) -> None:
    """`communes.tsv.gz` (places from the most populated to the least) and `departments.json`."""
    codes = sorted(sources.places, key=lambda code: (-sources.places[code].get("population", 0), code))
    rows = [sources.places[code] for code in codes]
    columns = {
        "code": codes,
        "name": [row["nom"] for row in rows],
        "postcodes": [",".join(row.get("codesPostaux", [])) for row in rows],
        "city": [row.get("commune", "") for row in rows],
        "latitude": [str(round(sources.centres[code][0] * 10_000)) for code in codes],
        "longitude": [str(round(sources.centres[code][1] * 10_000)) for code in codes],
        "population": [str(row.get("population", 0)) for row in rows],
        "old_code": list(sources.old_codes),
        "old_code_now": list(sources.old_codes.values()),
        "old_name": [name for name, _ in sources.old_names],
        "old_name_now": [code for _, code in sources.old_names],
    }
    text = "".join("\t".join([title, *values]) + "\n" for title, values in columns.items())
    # A fixed time in the header, so that two builds give the same bytes.
    (folder / "communes.tsv.gz").write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    _write_departments(sources, folder / "departments.json")


def _write_departments(sources: Sources, path: Path) -> None:
    divisions = {
        "regions": {row["code"]: row["nom"] for row in sources.regions},
        "departments": {row["code"]: [row["nom"], row["region"]] for row in sources.departments},
    }
    path.write_text(json.dumps(divisions, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
