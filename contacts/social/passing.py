"""What the passing of time makes of conversations: a year of silence closes them, a year later nothing is left."""

from uuid import UUID, uuid4

from app import database
from app.database import transaction
from contacts.social.opening import call_workers
from contacts.social.saying import Event
from moderation import audit

SILENT, KEPT = "12 months", "12 months"
AT_ONCE = 200


async def let_time_pass_over_talks() -> None:
    """May be run again at any time."""
    await give_back_abandoned()
    while await _close_silent():
        pass
    while await _erase_old():
        pass


async def give_back_abandoned() -> None:
    """What nobody follows any more waits again: its worker left, is suspended, lost the role, or acts elsewhere."""
    while found := await database.rows(_ABANDONED, AT_ONCE):
        for row in found:
            async with transaction():
                back = await database.value(
                    "UPDATE social_talk SET state = 'waiting', worker = NULL, version = version + 1"
                    " WHERE id = $1 AND state = 'open' AND version = $2 RETURNING id",
                    row["id"],
                    row["version"],
                )
                if back:
                    await _line(row["id"], Event.returned)
                    await call_workers(row["id"], row["department"], row["topic"], but=row["member"])


async def _close_silent() -> bool:
    async with transaction():
        closed = await database.rows(
            "UPDATE social_talk SET state = 'closed', closed_at = now(), version = version + 1 WHERE id IN"
            " (SELECT id FROM social_talk WHERE state <> 'closed' AND last_at < now() - $1::text::interval"
            " ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id",
            SILENT,
            AT_ONCE,
        )
        for row in closed:
            await _line(row["id"], Event.closed_by_time)
            await audit.record("social.closed", by=None, kind="social_talk", subject=row["id"])
    return bool(closed)


async def _erase_old() -> bool:
    """With its messages, photos and packets, and what was told of it."""
    async with transaction():
        gone = await database.rows(
            "DELETE FROM social_talk WHERE id IN (SELECT id FROM social_talk WHERE closed_at < now()"
            " - $1::text::interval ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id, member",
            KEPT,
            AT_ONCE,
        )
        await database.execute(
            "DELETE FROM notification WHERE thing = ANY($1::uuid[])"
            " AND (member = ANY($2::uuid[]) OR topic IN ('social_waiting', 'social_handed', 'social_written'))",
            [row["id"] for row in gone],
            [row["member"] for row in gone if row["member"]],
        )
        for row in gone:
            await audit.record("social.erased", by=None, kind="social_talk", subject=row["id"])
    return bool(gone)


async def _line(talk: UUID, event: Event) -> None:
    await database.execute(
        "INSERT INTO social_message (talk, by_worker, event, sent_at, once)"
        " VALUES ($1, TRUE, $2, clock_timestamp(), $3)",
        talk,
        event.value,
        uuid4(),
    )


_ABANDONED = """
    SELECT t.id, t.version, t.department, t.topic, t.member FROM social_talk t
    WHERE t.state = 'open' AND NOT EXISTS (
        SELECT FROM role r JOIN member m ON m.id = r.member AND coalesce(m.suspended_until <= now(), TRUE)
        WHERE r.member = t.worker AND r.kind = 'social_worker'
            AND (cardinality(r.departments) = 0 OR t.department = ANY(r.departments)))
    ORDER BY t.id LIMIT $1
"""
