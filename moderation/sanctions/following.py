"""What becomes of the ads, answers and exchanges of a member who is suspended, and what comes back when they no longer
are."""

from uuid import UUID

from answers.parting import step_back
from app import database
from app.sweeping import Sweep
from exchanges.swaps.leaving import member_left
from listings.life.erasing import KEPT
from listings.life.setting_aside import bring_back, let_go, set_aside
from search.following.authors import keep_author

AT_ONCE = 200


async def follow(member: UUID) -> None:
    """Brings their ads, answers and exchanges to where their access stands, each in its own transaction. Can run again,
    or twice at once, without harm. Raises SweepIncomplete when some could not be."""
    is_suspended = await database.value(
        "SELECT coalesce(suspended_until > clock_timestamp(), FALSE) FROM member WHERE id = $1", member
    )
    status, step = ("published", set_aside) if is_suspended else ("aside", bring_back)
    ads = await database.rows("SELECT id FROM listing WHERE author = $1 AND status = $2 ORDER BY id", member, status)
    async with Sweep("follow_suspension") as sweep:
        if is_suspended:
            await sweep.take(member, member_left(member))
        for ad in ads:
            await sweep.take(ad["id"], step(ad["id"]))
        if is_suspended:
            await sweep.take(member, step_back(member))
        await sweep.take(member, keep_author(member))


async def follow_everybody() -> None:
    """Also where the job that should have done it died, and for who was suspended while an ad of theirs was approved,
    or while they were answering one. Raises SweepIncomplete."""
    async with Sweep("follow_suspensions") as sweep:
        while behind := await database.rows(_BEHIND, sweep.failed, AT_ONCE):
            for one in behind:
                await sweep.take(one["id"], follow(one["id"]))
        for ad in await database.rows(_NEVER_BACK, KEPT, AT_ONCE):
            await sweep.take(ad["id"], let_go(ad["id"]))


# By the few that are suspended, and by the few ads that are aside: neither reads every member.
_BEHIND = """
SELECT m.id FROM member m WHERE m.id <> ALL($1::uuid[]) AND (
    (m.suspended_until > clock_timestamp() AND (
        EXISTS (SELECT FROM listing WHERE author = m.id AND status = 'published')
        OR EXISTS (SELECT FROM answer WHERE helper = m.id AND state IN ('waiting', 'listed', 'asked', 'chosen'))))
    OR (m.id IN (SELECT author FROM listing WHERE status = 'aside')
        AND coalesce(m.suspended_until <= clock_timestamp(), TRUE))
) ORDER BY m.id LIMIT $2
"""
_NEVER_BACK = """
SELECT l.id FROM listing l JOIN member m ON m.id = l.author
WHERE l.status = 'aside' AND l.set_aside_at < now() - $1::interval AND m.suspended_until = 'infinity'
    AND NOT EXISTS (SELECT FROM appeal WHERE appellant = m.id AND state = 'open')
ORDER BY l.id LIMIT $2
"""
