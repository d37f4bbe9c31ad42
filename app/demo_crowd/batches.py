"""One batch of the crowd's ads, ready to be copied; made in a process of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.demo_crowd.ads import ads
from app.demo_crowd.copying import lines
from search import keeping
from search.documents.ads import _document

LISTING = ("id", "author", "category", "kind", "deal", "status", "title", "body", "details", "schedule", "starts_on",
    "ends_on", "wanted_by", "quantity", "places", "price_cents", "commune", "department", "region", "latitude",
    "longitude", "photos", "created_at", "updated_at", "submitted_at", "published_at", "expires_at")  # fmt: skip
DOCUMENT = (*keeping.COLUMNS, "version")


class Batch(NamedTuple):
    """Lines of `listing` and of `search_document`, for the database's COPY."""

    listings: bytes
    documents: bytes
    how_many: int


def make(start: int, how_many: int, members: int, now: datetime, version: int) -> Batch:
    """`version` is that of all its documents, drawn from `search_change`."""
    rows = ads(start, how_many, members, now)
    found = (_found(row, version) for row in rows)
    return Batch(lines(rows, LISTING), lines(found, DOCUMENT), how_many)


def _found(row: Mapping[str, Any], version: int) -> dict[str, Any]:
    document = _document({**row, "helpful": 0 if row["category"] == "tips" else row["families_helped"]})
    kept = {name: getattr(document, name) for name in keeping.COLUMNS if name != "found_by"}
    return {**kept, "found_by": keeping.found_by(document), "version": version}
