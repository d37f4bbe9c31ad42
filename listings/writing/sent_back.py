"""Why a moderator asked for changes, for the author who corrects."""

from uuid import UUID

import msgspec

from app import database
from listings.ad import Ad
from listings.content import Content


class RefusedEdit(msgspec.Struct, frozen=True):
    content: Content
    words: str


async def words_of_moderator(ad: Ad) -> str:
    """What the moderator wrote when sending back this draft; empty when the latest decision asked for no change."""
    latest = await database.row(
        "SELECT d.kind, d.words FROM decision d JOIN moderation_case c ON c.id = d.case"
        " WHERE c.listing = $1 AND c.kind = 'listing' AND d.overturned_at IS NULL ORDER BY d.decided_at DESC LIMIT 1",
        ad.id,
    )
    # Not by the time of sending: sent and taken back again, it would go online unread.
    return latest["words"] if latest and latest["kind"] == "ask_changes" else ""


async def refused_edit(listing_id: UUID) -> RefusedEdit | None:
    """The latest edit, when a moderator did not accept it and nothing was changed since."""
    row = await database.row(
        "SELECT e.content, e.state, coalesce(d.words, '') AS words FROM listing_edit e"
        " JOIN listing l ON l.id = e.listing LEFT JOIN moderation_case c ON c.edit = e.id"
        " LEFT JOIN decision d ON d.case = c.id WHERE e.listing = $1 AND e.made_at >= l.updated_at"
        " ORDER BY e.made_at DESC, d.decided_at DESC NULLS LAST LIMIT 1",
        listing_id,
    )
    if row is None or row["state"] != "refused":
        return None
    return RefusedEdit(msgspec.json.decode(row["content"], type=Content), row["words"])
