"""confirmed → done, the day after the last one; then everybody may write a word, sealed until the other has."""

from uuid import UUID

from app import database
from app.database import transaction
from app.dates import today
from app.sweeping import Sweep
from exchanges.swaps.serving import wait_anew
from exchanges.swaps.steps import Step, hold, move
from moderation import audit
from thanks.helping import Stayed, record_stays

AT_ONCE = 200


async def finish_past_swaps() -> int:
    """Says how many are done now. Can run again, or twice at once, without harm. Raises SweepIncomplete."""
    done = 0
    async with Sweep("finish_past_swaps") as sweep:
        while past := await database.rows(_PAST, today(), sweep.failed, AT_ONCE):
            for one in past:
                done += await sweep.take(one["id"], _finish(one["id"]))
    return done


async def _finish(swap: UUID) -> None:
    """Nothing when it was dissolved meanwhile, or its days were changed."""
    async with transaction():
        if await hold(swap) is None:
            return
        stays = await database.rows("SELECT home, host, guest, last FROM stay WHERE swap = $1", swap)
        if any(stay["last"] >= today() for stay in stays) or await move(swap, Step.finish) is None:
            return
        await wait_anew(swap)
        await record_stays(Stayed(stay["home"], stay["host"], stay["guest"]) for stay in stays)
        await audit.record("swap.done", by=None, kind="swap", subject=swap, stays=len(stays))


_PAST = """
SELECT w.id FROM swap w WHERE w.state = 'confirmed' AND w.id <> ALL($2::uuid[])
    AND (SELECT max(s.last) FROM stay s WHERE s.swap = w.id) < $1 ORDER BY w.id LIMIT $3
"""
