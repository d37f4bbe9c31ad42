"""What moderation did from one day to another, counted in rows of (what it is, how many).

Every query reads a range of an index on time. Decisions are kept a year: older periods have only their frozen report.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import asyncpg
import msgspec

from app import database
from moderation.figures.periods import Period


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Rows as the database grouped them, each with its `number`. `times` has medians in hours, None for nothing.
    `held` are the cases decided that rules had held, and those of them they held in vain."""

    notices: list[asyncpg.Record]
    reports: list[asyncpg.Record]
    decisions: list[asyncpg.Record]
    sanctions: list[asyncpg.Record]
    appeals: list[asyncpg.Record]
    hits: list[asyncpg.Record]
    held: asyncpg.Record
    times: asyncpg.Record
    moderators: int


async def count(period: Period) -> Counted:
    """All at one moment: a total and how it divides agree."""
    async with database.snapshot():
        return await _count(period)


async def _count(period: Period) -> Counted:
    days = period.starts, period.ends
    times, held = await database.row(_TIMES, *days), await database.row(_HELD, *days)
    assert times is not None  # noqa: S101 - an aggregate always answers one row
    assert held is not None  # noqa: S101
    return Counted(
        notices=await database.rows(_NOTICES, *days),
        reports=await database.rows(_REPORTS, *days),
        decisions=await database.rows(_DECISIONS, *days),
        sanctions=await database.rows(_SANCTIONS, *days),
        appeals=await database.rows(_APPEALS, *days),
        hits=await database.rows(_HITS, *days),
        held=held,
        times=times,
        moderators=await database.value(_MODERATORS, *days),
    )


def total(rows: Iterable[asyncpg.Record]) -> int:
    return sum(row["number"] for row in rows)


def by(rows: Iterable[asyncpg.Record], what: Callable[[asyncpg.Record], Any]) -> Counter[Any]:
    """How many of each."""
    found: Counter[Any] = Counter()
    for row in rows:
        found[what(row)] += row["number"]
    return found


_NOTICES = """
SELECT illegality, outcome, count(*)::int AS number FROM notice WHERE made_at >= $1 AND made_at < $2 GROUP BY 1, 2
"""
_REPORTS = """
SELECT reason, outcome, count(*)::int AS number FROM report WHERE made_at >= $1 AND made_at < $2 GROUP BY 1, 2
"""
_DECISIONS = """
SELECT kind, ground, reason, law, detection, found_automatically, overturned_at IS NOT NULL AS is_overturned,
    count(*)::int AS number
FROM decision WHERE decided_at >= $1 AND decided_at < $2 GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_SANCTIONS = """
SELECT s.kind, d.ground, s.state = 'lifted' AS is_lifted, count(*)::int AS number
FROM sanction s JOIN decision d ON d.id = s.decision
WHERE s.starts_at >= $1 AND s.starts_at < $2 AND s.state IN ('active', 'ended', 'lifted') GROUP BY 1, 2, 3
"""
_APPEALS = """
SELECT by_reporter, state, count(*)::int AS number FROM appeal
WHERE opened_at >= $1 AND opened_at < $2 GROUP BY 1, 2
"""
_HITS = """
SELECT action, count(*)::int AS number FROM rule_hit WHERE at >= $1 AND at < $2 AND mode = 'on' GROUP BY 1
"""
# To care for a person is never an error: only what held a text as a reproach is counted.
_HELD = """
SELECT count(*)::int AS number,
    count(*) FILTER (WHERE (d.kind = 'approve') <> (d.overturned_at IS NOT NULL))::int AS wrong
FROM decision d WHERE d.decided_at >= $1 AND d.decided_at < $2
    AND EXISTS (SELECT FROM rule_hit h WHERE h."case" = d."case" AND h.mode = 'on' AND h.action = 'hold')
"""
# Nobody had anything to read of what led nowhere, or was answered at once by a decision that stands.
_HOURS = "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM {since}) / 3600)::float8"
_TIMES = f"""
SELECT
    (SELECT {_HOURS.format(since="d.decided_at - c.opened_at")} FROM decision d JOIN moderation_case c
        ON c.id = d."case" WHERE d.decided_at >= $1 AND d.decided_at < $2) AS decisions,
    (SELECT {_HOURS.format(since="answered_at - made_at")} FROM notice
        WHERE made_at >= $1 AND made_at < $2 AND outcome <> 'nowhere' AND answered_at > made_at) AS notices,
    (SELECT {_HOURS.format(since="judged_at - opened_at")} FROM appeal
        WHERE opened_at >= $1 AND opened_at < $2) AS appeals
"""
_MODERATORS = "SELECT count(DISTINCT moderator)::int FROM decision WHERE decided_at >= $1 AND decided_at < $2"
