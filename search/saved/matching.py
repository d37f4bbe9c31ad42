"""Which saved searches an ad answers: asked of PostgreSQL in one statement, from the row that searches read too.

Nobody is told of their own ad, of one whose author they must not meet or who is suspended, or twice of the same one.
"""

from datetime import datetime
from uuid import UUID

from app import database
from app.dates import now, today
from app.jobs import defer
from members.visibility import hidden_from
from search.following.reading_rows import FIELDS, document_of
from search.saved.criteria import facets_said, keys_of
from search.saved.jobs import match_searches
from search.saved.paces import Pace, due


async def look_for_searches(listing: UUID, away_since: datetime | None = None) -> None:
    """In the transaction in which an ad appears or says something else: who asked for it is told after the commit.

    One that was away is no news for a search saved while it was there before; `away_since` is when it went.
    """
    await defer(match_searches, listing=listing, away_since=away_since.isoformat() if away_since else "")


async def known_before(listing: UUID) -> None:
    """In the transaction of a change, before it. Who saved a search since the ad appeared saw it then, if it answered:
    the change is news only to the others."""
    published_at = await database.value("SELECT published_at FROM listing WHERE id = $1", listing)
    if published_at:
        await _found(str(listing), saved_from=published_at, is_news=False)


async def match(listing: UUID, away_since: datetime | None = None) -> int:
    """Notes for whom the ad is, and says how many they are; nobody when it cannot be found any more."""
    return await _found(str(listing), away_since=away_since)


async def _found(
    document: str, *, saved_from: datetime | None = None, away_since: datetime | None = None, is_news: bool = True
) -> int:
    row = await database.row(_AD, document)
    if row is None:
        return 0
    ad, at = document_of(row), now()
    return await database.value(
        _MATCH,
        document,
        facets_said(ad),
        keys_of(ad, row["stems"]),
        at,
        *(due(pace, at) if is_news else None for pace in (Pace.at_once, Pace.daily, Pace.weekly)),
        today(),
        saved_from,
        away_since,
    )


_AD = f"""
SELECT {FIELDS}, tsvector_to_array(found_by) AS stems FROM search_document
WHERE id = $1 AND NOT is_gone AND (expires_at IS NULL OR expires_at > now())
"""


# Places are kept as the engines keep them: to the ten-thousandth of a degree.
_DISTANCE = """
    2 * 6371 * asin(least(1, sqrt(sin(radians(ad.lat - circle.lat) / 2) ^ 2
        + cos(radians(circle.lat)) * cos(radians(ad.lat)) * sin(radians(ad.lon - circle.lon) / 2) ^ 2)))
"""
_MATCH = f"""
WITH ad AS MATERIALIZED (
    SELECT d.id, d.author, d.published_at, d.found_by || array_to_tsvector($2::text[]) AS said, d.starts_on, d.ends_on,
        coalesce(d.price_cents, 0) AS price_cents, round(d.lat::numeric, 4)::float8 AS lat,
        round(d.lon::numeric, 4)::float8 AS lon
    FROM search_document d JOIN member author ON author.id = d.author
    WHERE d.id = $1 AND NOT d.is_gone AND (d.expires_at IS NULL OR d.expires_at > $4)
        AND (author.suspended_until IS NULL OR author.suspended_until <= $4)
), found AS (
    SELECT s.id, s.member, s.saved_at,
        CASE s.pace WHEN 'at_once' THEN $5::timestamptz WHEN 'daily' THEN $6 ELSE $7 END AS due_at
    FROM ad, searches_under($3::text[]) s
    WHERE (s.wanted IS NULL OR ad.said @@ s.wanted)
        AND (s.on_or_after IS NULL OR ad.ends_on IS NULL OR ad.ends_on >= s.on_or_after)
        AND (s.on_or_before IS NULL OR ad.starts_on IS NULL OR ad.starts_on <= s.on_or_before)
        AND (s.on_or_before IS NULL OR s.on_or_before >= $8)
        AND (s.price_max_cents IS NULL OR ad.price_cents <= s.price_max_cents)
        AND (s.kms = '{{}}' OR EXISTS (
            SELECT FROM unnest(s.lats, s.lons, s.kms) AS circle(lat, lon, km) WHERE {_DISTANCE} <= circle.km))
        AND s.member <> ad.author
        AND ($9::timestamptz IS NULL OR s.changed_at >= $9)
        AND ($10::timestamptz IS NULL OR s.changed_at < ad.published_at OR s.changed_at >= $10)
), told AS (
    INSERT INTO search_alert (member, document, searches, found_at, due_at)
    SELECT found.member, ad.id, array_agg(found.id ORDER BY found.due_at, found.saved_at, found.id), $4,
        min(found.due_at)
    FROM found JOIN ad ON TRUE JOIN member m ON m.id = found.member
    WHERE (m.suspended_until IS NULL OR m.suspended_until <= $4)
        AND m.id NOT IN ({hidden_from("(SELECT author FROM ad)")})
    GROUP BY found.member, ad.id ORDER BY found.member
    ON CONFLICT (member, document) DO NOTHING
    RETURNING 1
)
SELECT count(*)::int FROM told
"""
