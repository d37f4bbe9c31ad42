"""How many cases wait and for how long: now, and at the end of each step."""

from datetime import datetime, timedelta

import asyncpg
import msgspec

from app import database
from app.dates import now
from moderation.figures.steps import Steps


class QueueNow(msgspec.Struct, frozen=True, kw_only=True):
    """`oldest` is when the longest waiting case was opened, `overdue` how many are past their deadline."""

    waiting: int
    urgent: int
    overdue: int
    oldest: datetime | None


class QueueThen(msgspec.Struct, frozen=True):
    """At the end of each step: how many waited, and for how many hours the oldest."""

    waiting: list[int]
    oldest_hours: list[int]


async def queue_now() -> QueueNow:
    row = await database.row(_NOW)
    assert row is not None  # noqa: S101 - an aggregate always answers one row
    return QueueNow(**row)


async def queue_then(steps: Steps) -> QueueThen:
    groups = await database.rows(_THEN, steps.period.starts, steps.unit)
    then = [_at(groups, steps, number) for number in range(len(steps.starts))]
    return QueueThen([waiting for waiting, _ in then], [hours for _, hours in then])


def _at(groups: list[asyncpg.Record], steps: Steps, number: int) -> tuple[int, int]:
    step, ends = steps.starts[number], _end(steps, number)
    there = [one for one in groups if one["opened"] <= step and (one["closed"] is None or one["closed"] > step)]
    oldest = min((one["oldest"] for one in there), default=ends)
    return sum(one["number"] for one in there), max(0, (ends - oldest) // timedelta(hours=1))


def _end(steps: Steps, number: int) -> datetime:
    """When the next step begins; now for the one that is not over."""
    if number + 1 == len(steps.starts):
        return now()
    return msgspec.structs.replace(steps.period, first=steps.starts[number + 1]).starts


_NOW = """
SELECT count(*)::int AS waiting, count(*) FILTER (WHERE risk >= 80)::int AS urgent,
    count(*) FILTER (WHERE due_at < now())::int AS overdue, min(opened_at) AS oldest
FROM moderation_case WHERE closed_at IS NULL
"""
# Whatever was open at the end of a step was closed since the first of them, or still is open: two indexes know those.
_THEN = """
SELECT date_trunc($2, opened_at AT TIME ZONE 'Europe/Paris')::date AS opened,
    date_trunc($2, closed_at AT TIME ZONE 'Europe/Paris')::date AS closed,
    count(*)::int AS number, min(opened_at) AS oldest
FROM (
    SELECT opened_at, closed_at FROM moderation_case WHERE closed_at >= $1
    UNION ALL SELECT opened_at, closed_at FROM moderation_case WHERE closed_at IS NULL
) seen GROUP BY 1, 2
"""
