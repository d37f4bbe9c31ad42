"""The site in figures, for its administrators.

Nothing is counted at each request: one snapshot is kept a minute per process. Weeks and the queue are read from
indexed ranges; only the totals read a whole index, once a minute at most.
"""

from datetime import date, datetime, timedelta
from time import monotonic

import msgspec
from babel.dates import format_date

from app import database
from app.dates import today
from listings.kinds import Status

KEPT_SECONDS = 60
WEEKS = 12


class Weeks(msgspec.Struct, frozen=True):
    """How many in each of the last twelve weeks, as (`3 mars`, number); the last one is not over."""

    joined: list[tuple[str, int]]
    published: list[tuple[str, int]]
    answered: list[tuple[str, int]]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """`oldest` is when the longest waiting case was opened; `overdue` counts those past their deadline."""

    members: int
    trusted: int
    bodies: int
    ads: dict[Status, int]
    waiting: int
    overdue: int
    oldest: datetime | None
    answers: int
    weeks: Weeks


_kept: tuple[float, Figures] | None = None


async def figures() -> Figures:
    """As they were at most a minute ago."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > KEPT_SECONDS:
        _kept = monotonic(), await _counted()
    return _kept[1]


async def _counted() -> Figures:
    totals = await database.row(
        "SELECT count(*)::int AS members, count(trusted_at)::int AS trusted,"
        " (SELECT count(*)::int FROM body) AS bodies, (SELECT count(*)::int FROM conversation) AS answers"
        " FROM member WHERE confirmed_at IS NOT NULL"
    )
    queue = await database.row(
        "SELECT count(*)::int AS waiting, count(*) FILTER (WHERE due_at < now())::int AS overdue,"
        " min(opened_at) AS oldest FROM moderation_case WHERE closed_at IS NULL"
    )
    states = await database.rows("SELECT status, count(*)::int AS number FROM listing GROUP BY status")
    by_state = {row["status"]: row["number"] for row in states}
    assert totals is not None  # noqa: S101 - an aggregate always answers one row
    assert queue is not None  # noqa: S101
    return Figures(
        **totals, **queue, ads={status: by_state.get(status.value, 0) for status in Status}, weeks=await _weeks()
    )


async def _weeks() -> Weeks:
    return Weeks(
        joined=await _by_week("member", "joined_at", "AND confirmed_at IS NOT NULL"),
        published=await _by_week("listing", "published_at"),
        answered=await _by_week("conversation", "opened_at"),
    )


async def _by_week(table: str, moment: str, also: str = "") -> list[tuple[str, int]]:
    this_monday = today() - timedelta(days=today().weekday())
    mondays = [this_monday - timedelta(weeks=ago) for ago in range(WEEKS - 1, -1, -1)]
    found = await database.rows(
        f"SELECT date_trunc('week', {moment} AT TIME ZONE 'Europe/Paris')::date AS monday, count(*)::int AS number"
        f" FROM {table} WHERE {moment} >= $1::date::timestamp AT TIME ZONE 'Europe/Paris' {also} GROUP BY 1",
        mondays[0],
    )
    numbers = {row["monday"]: row["number"] for row in found}
    return [(_short(monday), numbers.get(monday, 0)) for monday in mondays]


def _short(monday: date) -> str:
    return f"semaine du {format_date(monday, 'd MMMM', locale='fr')}".replace(" 1 ", " 1er ")
