"""A day before a proposal ends without their answer, whoever said nothing yet hears of it, once."""

from uuid import UUID

from app import database
from app.database import transaction
from app.sweeping import Sweep
from exchanges.swaps.telling import tell_everybody
from notifications.topics import Topic

AT_ONCE = 500


async def remind_of_answers() -> int:
    """Says how many proposals somebody was reminded of. To be run every hour, and again at any time: nobody hears of
    one twice. Raises SweepIncomplete."""
    reminded = 0
    async with Sweep("remind_of_answers") as sweep:
        while due := await database.rows(f"SELECT DISTINCT s.id {_DUE} LIMIT $2", sweep.failed, AT_ONCE):
            for one in due:
                reminded += await sweep.take(one["id"], _remind(one["id"]))
    return reminded


async def _remind(swap: UUID) -> None:
    """Nobody who answered in the meantime, or whom another worker told."""
    async with transaction():
        await database.execute("SELECT FROM swap WHERE id = $1 FOR NO KEY UPDATE", swap)
        silent = await database.rows(
            "UPDATE swap_party SET reminded_at = clock_timestamp()"
            f" WHERE id IN (SELECT p.id {_DUE} AND s.id = $2) RETURNING member",
            [],
            swap,
        )
        await tell_everybody(swap, [one["member"] for one in silent], Topic.swap_unanswered)


# Who is asked last has not been asked yet: nothing tells them before.
_DUE = """
FROM swap s JOIN swap_party p ON p.swap = s.id WHERE s.state = 'proposed' AND s.id <> ALL($1::uuid[])
    AND s.answer_by > now() AND s.answer_by <= now() + interval '1 day'
    AND p.answer = 'asked' AND NOT p.asked_last AND p.reminded_at IS NULL
"""
