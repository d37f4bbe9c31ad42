"""What others were told of an ad before moderation removed it names it no longer."""

from uuid import UUID

from app import database
from messaging.access import REMOVED


async def hide_title(listing: UUID, author: UUID | None, title: str) -> None:
    """Inside the transaction that removes the ad. Its author goes on reading the title, until the ad is erased (None);
    who was told in the evening of several days at once reads none already."""
    await database.execute(_HIDE, listing, author, REMOVED, f"{title} · ")


# What a notification speaks of is found by its id, through an index; the evening's are of a day, so by who helps.
_HIDE = """
WITH thing AS (
    SELECT $1::uuid AS id
    UNION ALL SELECT id FROM conversation WHERE listing = $1
    UNION ALL SELECT k.id FROM commitment k WHERE k.listing = $1
    UNION ALL SELECT r.id FROM slot_release r JOIN commitment k ON k.id = r.commitment WHERE k.listing = $1
    UNION ALL SELECT id FROM help WHERE listing = $1
    UNION ALL SELECT t.id FROM thanks t JOIN help h ON h.id = t.help WHERE h.listing = $1
    UNION ALL SELECT id FROM moderation_case WHERE listing = $1
    UNION ALL SELECT d.id FROM decision d JOIN moderation_case c ON c.id = d."case" WHERE c.listing = $1
), told AS (
    SELECT id FROM notification WHERE thing = ANY(ARRAY(SELECT id FROM thing)) AND member IS DISTINCT FROM $2::uuid
    UNION SELECT id FROM notification
        WHERE member = ANY(ARRAY(SELECT helper FROM commitment WHERE listing = $1
            UNION SELECT r.covered_by FROM slot_release r JOIN commitment k ON k.id = r.commitment
                WHERE k.listing = $1 AND r.covered_by IS NOT NULL))
            AND topic = 'evening_reminder' AND starts_with(about, $4) AND member IS DISTINCT FROM $2::uuid
), held AS (
    SELECT id FROM notification WHERE id IN (SELECT id FROM told) ORDER BY member, id FOR UPDATE
)
UPDATE notification SET about = $3 WHERE id IN (SELECT id FROM held)
"""
