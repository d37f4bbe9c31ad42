"""What ended long ago is erased, with all that hangs on it."""

from datetime import timedelta
from uuid import UUID

from app import database
from app.database import transaction
from app.sweeping import Sweep
from listings.life.hidden_title import hide_title
from listings.photos.photographing import drop_photos
from messaging.access import REMOVED
from moderation import audit
from moderation.cases.evidence import forget_evidence
from moderation.cases.retention import IS_NEEDED
from search.keeping import keep_indexed

KEPT = timedelta(days=183)
"""Six months: how long an ended ad can be read by its author and those who answered, and a decision be appealed.

A draft not touched for as long goes too: what nobody sent belongs to its author's memory, not to ours.
"""
AT_ONCE = 50
ERASED = "Annonce effacée"
"""The title, from then on, of an ad of which nothing is left but the decision about it."""

# A week that is still shared out after the need was met outlives that: its people read who comes, for a year at most.
# So does a home in which somebody is expected.
_OLD = (
    """
    (status = 'closed' AND closed_at < now() - $1::interval OR status = 'draft' AND updated_at < now() - $1::interval
        OR status = 'removed' AND body = '' AND updated_at < now() - $1::interval)
    AND NOT EXISTS (
        SELECT FROM moderation_case c LEFT JOIN decision d ON d."case" = c.id
        WHERE c.listing = listing.id AND """
    + IS_NEEDED
    + """
    )
    AND NOT (outcome IS NOT DISTINCT FROM 'fulfilled' AND schedule IS NOT NULL
        AND closed_at > now() - 2 * $1::interval AND coalesce(ends_on, current_date) >= current_date
        AND EXISTS (SELECT FROM commitment k WHERE k.listing = listing.id AND k.ended_at IS NULL))
    AND NOT EXISTS (SELECT FROM swap_party p JOIN swap s ON s.id = p.swap
        WHERE p.home = listing.id AND s.state IN ('accepted', 'confirmed'))
"""
)


async def erase_old_ads() -> int:
    """Erases each in its own transaction until none is left; says how many. Can run again, or twice at once, without
    harm. An ad stays as long as a moderator judges something of it, and as long as a decision about it, with its
    statement of reasons, is kept. Raises SweepIncomplete when some could not be erased."""
    erased = 0
    find = f"SELECT id FROM listing WHERE {_OLD} AND id <> ALL($2::uuid[]) ORDER BY id LIMIT $3"
    async with Sweep("erase_old_ads") as sweep:
        while old := await database.rows(find, KEPT, sweep.failed, AT_ONCE):
            for ad in old:
                erased += await sweep.take(ad["id"], _erase_if_old(ad["id"]))
    return erased


async def _erase_if_old(listing: UUID) -> None:
    async with transaction():
        # Locked first, asked again after: a report that came in between is seen, for it locks the ad too.
        await database.execute("SELECT FROM listing WHERE id = $1 FOR UPDATE", listing)
        if await database.value(f"SELECT id FROM listing WHERE id = $2 AND {_OLD}", KEPT, listing):
            await _erase(listing)


async def _erase(listing: UUID) -> None:
    """The caller holds the row. The database takes along what refers to it; docs/life-of-an-ad.md says what."""
    await _drop_all_photos(listing)
    cases = await database.rows("SELECT id FROM moderation_case WHERE listing = $1", listing)
    await forget_evidence(case["id"] for case in cases)
    await _forget_news(listing)
    await database.execute("DELETE FROM listing WHERE id = $1", listing)
    await keep_indexed(listing)
    await audit.record("listing.erased", by=None, kind="listing", subject=listing)


async def blank(listing: UUID) -> None:
    """Inside a transaction that holds the ad: nothing is left of what a removed one said, of its changes and of its
    photos. Its row stays, for the decisions about it; an ad that came back is left alone."""
    title = await database.value(
        "SELECT title FROM listing WHERE id = $1 AND status = 'removed' AND body <> ''", listing
    )
    if title is None:
        return
    await _drop_all_photos(listing)
    await hide_title(listing, None, title)
    await database.execute("UPDATE help SET about = $2 WHERE listing = $1", listing, REMOVED)
    await database.execute(_BLANK, listing, ERASED)
    await database.execute(
        "UPDATE listing_edit SET content = jsonb_build_object('category', (SELECT category FROM listing WHERE id = $1))"
        " WHERE listing = $1",
        listing,
    )
    await audit.record("listing.blanked", by=None, kind="listing", subject=listing)


# What is left is what figures are made of: its category and department.
_BLANK = """
UPDATE listing SET title = $2, body = '', details = '{}', schedule = NULL, starts_on = NULL, ends_on = NULL,
    wanted_by = NULL, price_cents = NULL, commune = NULL, latitude = NULL, longitude = NULL, photos = '{}',
    version = version + 1
WHERE id = $1
"""


async def _drop_all_photos(listing: UUID) -> None:
    photos = await database.rows("SELECT id FROM photo WHERE listing = $1", listing)
    await drop_photos(photo["id"] for photo in photos)


async def _forget_news(listing: UUID) -> None:
    """Notifications name the ad and lead to it; only people who had to do with it can have some."""
    await database.execute(
        """
        DELETE FROM notification n WHERE n.member IN (
            SELECT author FROM listing WHERE id = $1
            UNION SELECT helper FROM conversation WHERE listing = $1
            UNION SELECT author FROM reply WHERE listing = $1
            UNION SELECT r.reporter FROM report r JOIN moderation_case c ON c.id = r."case" WHERE c.listing = $1
            UNION SELECT member FROM tip_check WHERE listing = $1
        ) AND (
            n.thing = $1 OR starts_with(n.path, '/annonces/' || $1::text)
            OR n.thing IN (SELECT id FROM conversation WHERE listing = $1)
            OR n.thing IN (SELECT id FROM moderation_case WHERE listing = $1)
        )
        """,
        listing,
    )
