"""What time does to exchanges: a silence declines, days nobody agreed on are let go, what cannot be ends."""

from uuid import UUID

from app import database
from app.database import transaction
from app.dates import now, today
from app.sweeping import Sweep
from exchanges.kinds import Ended, State
from exchanges.swaps.answering import let_silence_decline
from exchanges.swaps.ending import dissolve
from exchanges.swaps.engaging import already_held
from exchanges.swaps.leaving import STILL_ANONYMOUS, UNDER_WAY
from exchanges.swaps.steps import IS_OPEN, hold
from members.visibility import not_blocked

AT_ONCE = 500


async def let_swaps_pass() -> None:
    """Every proposal past its answer, every exchange past its days to agree, and what a lost job left behind. Raises
    SweepIncomplete."""
    async with Sweep("let_swaps_pass") as sweep:
        while late := await database.rows(_SILENT, sweep.failed, AT_ONCE):
            for one in late:
                await sweep.take(one["id"], let_silence_decline(one["id"]))
        while late := await database.rows(_WITHOUT_DAYS, sweep.failed, AT_ONCE, today()):
            for one in late:
                await sweep.take(one["id"], let_go_without_days(one["id"]))
        while gone := await database.rows(_CANNOT_BE, sweep.failed, AT_ONCE, today()):
            for one in gone:
                await sweep.take(one["id"], _end(one["id"], Ended(one["why"])))


async def let_go_without_days(swap: UUID) -> None:
    """Accepted, and no days agreed in time or before the first of them. Nothing before that."""
    async with transaction():
        row = await hold(swap)
        if row is None or row["state"] != State.accepted:
            return
        first = await database.value("SELECT min(first) FROM stay WHERE swap = $1", swap)
        if row["answer_by"] <= now() or (first and first <= today()):
            await dissolve(swap, Ended.no_days)


async def end_taken_by(swap: UUID) -> None:
    """What is still proposed to the people of an accepted exchange, on days it now holds, will not take place."""
    for one in await database.rows(_TAKEN, swap):
        async with transaction():
            row = await hold(one["id"])
            if row and row["state"] == State.proposed and await already_held(one["id"]):
                await dissolve(one["id"], Ended.taken)


async def _end(swap: UUID, why: Ended) -> None:
    async with transaction():
        await dissolve(swap, why)


_SILENT = """
SELECT id FROM swap WHERE state = 'proposed' AND answer_by <= now() AND id <> ALL($1::uuid[]) ORDER BY id LIMIT $2
"""
_WITHOUT_DAYS = """
SELECT s.id FROM swap s WHERE s.state = 'accepted' AND s.id <> ALL($1::uuid[])
    AND (s.answer_by <= now() OR EXISTS (SELECT FROM stay t WHERE t.swap = s.id AND t.first <= $3))
ORDER BY s.id LIMIT $2
"""
_CANNOT_BE = f"""
SELECT id, why FROM (
    SELECT s.id, CASE
        WHEN EXISTS (SELECT FROM swap_party p JOIN member m ON m.id = p.member
            WHERE p.swap = s.id AND m.suspended_until > now()) THEN 'suspended'
        WHEN NOT {STILL_ANONYMOUS} AND EXISTS (
            SELECT FROM swap_party p JOIN swap_party q ON q.swap = p.swap AND q.place > p.place
            WHERE p.swap = s.id AND NOT {not_blocked("p.member", "q.member")}) THEN 'blocked'
        WHEN EXISTS (SELECT FROM swap_party p JOIN listing l ON l.id = p.home WHERE p.swap = s.id
            AND (l.status IN ('removed', 'aside') OR s.state = 'proposed' AND l.status <> 'published'))
            OR (SELECT count(*) FROM swap_party p WHERE p.swap = s.id) < 2
            OR (SELECT count(*) FROM stay t WHERE t.swap = s.id) < CASE WHEN s.form IN ('pair', 'loop')
                THEN (SELECT count(*) FROM swap_party p WHERE p.swap = s.id) ELSE 1 END THEN 'home_gone' END AS why
    FROM swap s WHERE s.{IS_OPEN} AND s.id <> ALL($1::uuid[]) AND NOT {UNDER_WAY.format("$3")}
) open WHERE why IS NOT NULL ORDER BY id LIMIT $2
"""
_TAKEN = """
SELECT DISTINCT s.id FROM engagement g JOIN exchanger e ON e.id = g.exchanger JOIN swap_party p ON p.member = e.member
JOIN swap s ON s.id = p.swap AND s.state = 'proposed'
JOIN stay t ON t.swap = s.id AND e.member IN (t.guest, t.host)
WHERE g.swap = $1 AND s.id <> $1 AND s.form <> 'week_room' AND daterange(t.first, t.last) && daterange(g.first, g.last)
ORDER BY s.id
"""
