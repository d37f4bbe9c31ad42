"""Telling members what was found for them, when it is due: one line for each search, however many ads it found."""

from collections import Counter
from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now
from app.sweeping import Sweep
from members.visibility import not_blocked
from notifications.notifying import notify
from notifications.topics import Topic
from search.saved.naming import name_of

AT_A_TIME = 200
"""Members; each is told in a transaction of their own."""


async def tell_all_due() -> None:
    """May be run again, and by several processes at once: nothing is told twice."""
    async with Sweep("tell_searches") as sweep:
        while members := await database.rows(_WHO, now(), sweep.failed, AT_A_TIME):
            for row in members:
                await sweep.take(row["member"], tell(row["member"]))


async def tell(member: UUID) -> None:
    """What has gone since it was found, or must not be met any more, is passed over in silence."""
    async with transaction():
        due = await database.rows(_TAKE, member, now())
        for (search, asked), times in sorted(Counter((row["search"], row["asked"]) for row in due).items()):
            path = f"/moi/recherches/{search}/annonces"
            await notify(member, Topic.search_found, thing=search, about=name_of(asked), path=path, times=times)


_WHO = """
SELECT a.member FROM search_alert a JOIN member m ON m.id = a.member
WHERE a.told_at IS NULL AND a.due_at <= $1 AND (m.suspended_until IS NULL OR m.suspended_until <= $1)
    AND a.member <> ALL($2::uuid[])
GROUP BY a.member ORDER BY a.member LIMIT $3
"""
# Locked in the order of their numbers, so that two processes wait for each other one way only. What is passed over is
# forgotten: should it come back, it was never told.
_TAKE = f"""
WITH due AS (
    SELECT id, member, document, searches FROM search_alert
    WHERE member = $1 AND told_at IS NULL AND due_at <= $2 ORDER BY id FOR UPDATE
), there AS (
    SELECT due.id, due.searches FROM due
    JOIN search_document d ON d.id = due.document AND NOT d.is_gone AND (d.expires_at IS NULL OR d.expires_at > $2)
    JOIN member author ON author.id = d.author AND (author.suspended_until IS NULL OR author.suspended_until <= $2)
    WHERE {not_blocked("d.author", "due.member")}
), passed_over AS (
    DELETE FROM search_alert WHERE id IN (SELECT id FROM due EXCEPT SELECT id FROM there)
), told AS (
    UPDATE search_alert SET told_at = $2 WHERE id IN (SELECT id FROM there)
)
SELECT left_one.id AS search, left_one.asked FROM there, LATERAL (
    SELECT id, asked FROM saved_search WHERE id = ANY(there.searches) AND pace <> 'paused'
    ORDER BY array_position(there.searches, id) LIMIT 1
) AS left_one
"""
