"""What stands beside an offer on its page."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app import database


class Beside(NamedTuple):
    """`confirmed_at` is when its correspondent last said that it holds, or when it appeared."""

    confirmed_at: datetime | None
    has_reported: bool


async def beside(listing: UUID, reader: UUID | None) -> Beside:
    row = await database.row(_BESIDE, listing, reader)
    assert row is not None  # noqa: S101 - the caller has read it
    return Beside(*row)


_BESIDE = """
SELECT coalesce(l.renewed_at, l.published_at), EXISTS (
    SELECT FROM report JOIN moderation_case c ON c.id = report.case
    WHERE c.listing = l.id AND c.kind = 'listing' AND c.closed_at IS NULL AND report.reporter = $2)
FROM listing l WHERE l.id = $1
"""
