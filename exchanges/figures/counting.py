"""What the tables say of exchanges, read whole: for the job that keeps the figures of a day, never for a page."""

from datetime import datetime, timedelta

import asyncpg
import msgspec

from app import database

YEAR = timedelta(days=365)


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Rows as the database grouped them, each with its `number`; waits in days. `since` is a year ago.

    A kind of home that is empty is a household without one; a row without `kind` (`is_all`) is all of them together.
    """

    waiting: list[asyncpg.Record]
    served: list[asyncpg.Record]
    forms: list[asyncpg.Record]
    months: list[asyncpg.Record]
    regions: list[asyncpg.Record]
    swaps: asyncpg.Record
    answers: list[asyncpg.Record]
    reasons: list[asyncpg.Record]
    calls: asyncpg.Record


async def count(at: datetime) -> Counted:
    """All at one moment: a total and how it divides agree."""
    since = at - YEAR
    async with database.snapshot():
        swaps, calls = await database.row(_SWAPS, since), await database.row(_CALLS, since)
        assert swaps is not None  # noqa: S101 - an aggregate always answers one row
        assert calls is not None  # noqa: S101
        return Counted(
            waiting=await database.rows(_WAITING, at),
            served=await database.rows(_SERVED, since),
            forms=await database.rows(_FORMS, since),
            months=await database.rows(_MONTHS, since),
            regions=await database.rows(_REGIONS, since),
            swaps=swaps,
            answers=await database.rows(_ANSWERS, since),
            reasons=await database.rows(_REASONS, since),
            calls=calls,
        )


_DAYS = "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY {days})::float8[]"
# A household waits when somebody could be found for it: it said where and when, and no days to come are held for it.
_WAITING = f"""
SELECT kind, grouping(kind) = 1 AS is_all, count(*)::int AS number, {_DAYS.format(days="days")} AS waits FROM (
    SELECT coalesce(l.details->>'home_kind', '') AS kind,
        greatest(0, extract(epoch FROM $1::timestamptz - greatest(e.waits_since, e.served_at)) / 86400) AS days
    FROM exchanger e JOIN member m ON m.id = e.member
    LEFT JOIN listing l ON l.author = e.member AND l.category = 'home' AND l.status = 'published'
    WHERE e.paused_at IS NULL AND (m.suspended_until IS NULL OR m.suspended_until <= $1)
        AND (l.id IS NOT NULL OR e.ways @> ARRAY['hosted']::varchar[])
        AND EXISTS (SELECT FROM wish w WHERE w.exchanger = e.id)
        AND EXISTS (SELECT FROM planned_week w WHERE w.exchanger = e.id AND w.can_travel AND w.saturday > $1::date)
        AND NOT EXISTS (SELECT FROM engagement n WHERE n.exchanger = e.id AND n.last > $1::date)
) household GROUP BY GROUPING SETS ((kind), ())
"""
_KEPT = """
FROM household_served h JOIN swap s ON s.id = h.swap AND s.state IN ('confirmed', 'done') WHERE h.served_at > $1
"""
_TRAVELLED = f"{_KEPT} AND h.form <> 'week_room'"
_SERVED = f"""
SELECT kind, grouping(kind) = 1 AS is_all, count(*)::int AS number, {_DAYS.format(days="waited_days")} AS waits FROM (
    SELECT coalesce(h.home_kind, '') AS kind, h.waited_days {_TRAVELLED}
) household GROUP BY GROUPING SETS ((kind), ())
"""
_FORMS = f"SELECT h.form, count(*)::int AS number {_KEPT} GROUP BY 1"
_MONTHS = f"""
SELECT to_char(h.served_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM') AS month, count(*)::int AS number
{_TRAVELLED} GROUP BY 1
"""
_REGIONS = f"""
SELECT h.leaves, h.reaches, count(*)::int AS number {_KEPT} AND h.leaves IS NOT NULL AND h.reaches IS NOT NULL
GROUP BY 1, 2
"""
_SWAPS = """
SELECT count(*)::int AS made, count(accepted_at)::int AS accepted, count(confirmed_at)::int AS confirmed,
    count(*) FILTER (WHERE state = 'proposed')::int AS open
FROM swap WHERE proposed_at > $1
"""
# Who asked has said yes by asking.
_ANSWERS = """
SELECT p.answer, count(*)::int AS number FROM swap_party p JOIN swap s ON s.id = p.swap
WHERE s.proposed_at > $1 AND p.answer <> 'asked' AND p.member IS DISTINCT FROM s.asked_by GROUP BY 1
"""
_REASONS = "SELECT reason, count(*)::int AS number FROM home_declined WHERE declined_at > $1 GROUP BY 1"
_CALLS = """
SELECT count(*)::int AS opened, count(*) FILTER (WHERE ended = 'hosted')::int AS hosted
FROM hospitality_call WHERE opened_at > $1
"""
