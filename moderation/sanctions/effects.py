"""What the measures in force make of a member: read again from their rows each time, so that it can be done twice."""

from collections.abc import Iterable
from uuid import UUID

from app import database, live
from app.jobs import defer
from moderation.sanctions.jobs import follow_suspension
from search.following.authors import hide_author, keep_author


async def hold_member(member: UUID) -> None:
    """Inside a transaction, before a measure of theirs changes: two changes at once come one after the other."""
    await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", member)


async def hold_members(members: Iterable[UUID]) -> None:
    """The same of several, in the order of their ids: before the first change to any of them."""
    await database.execute("SELECT FROM member WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE", list(members))


async def take_effect(member: UUID) -> None:
    """Inside a transaction that holds the member: writes what is in force beside the member, where every request reads
    it. When they come to be suspended, or no longer are, a job follows with their ads and answers; open pages end. One
    whose time was over, and had not been ended yet, kept them from nothing any more."""
    was, is_now, was_over = await database.row(_REPEAT, member) or (None, None, False)
    if (was is None) == (is_now is None) and not was_over:
        return
    await defer(follow_suspension, member=member)
    await (hide_author if is_now else keep_author)(member)
    if is_now:
        await live.tell(live.Happened(to=member, what="fin"))


_REPEAT = """
WITH was AS (SELECT suspended_until FROM member WHERE id = $1), force AS (
    SELECT max(ends) FILTER (WHERE kind IN ('suspension', 'exclusion')) AS suspended,
        max(ends) FILTER (WHERE kind = 'no_posting') AS no_posting,
        max(ends) FILTER (WHERE kind = 'no_reporting') AS no_reporting
    FROM (SELECT kind, coalesce(ends_at, 'infinity') AS ends FROM sanction WHERE member = $1 AND state = 'active') s
)
UPDATE member SET suspended_until = force.suspended, no_posting_until = force.no_posting,
    no_reporting_until = force.no_reporting
FROM force, was WHERE member.id = $1 RETURNING was.suspended_until, member.suspended_until,
    coalesce(was.suspended_until <= clock_timestamp(), FALSE)
"""
