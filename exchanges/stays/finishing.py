"""confirmed → done, the day after the last one; then everybody may write a word, sealed until the other has."""

from uuid import UUID

from app import database
from app.database import transaction
from app.dates import today
from app.sweeping import Sweep
from exchanges.swaps.finishing import finish
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
    """Nothing when it was dissolved meanwhile, or is done already."""
    async with transaction():
        if await finish(swap):
            stays = await database.rows("SELECT home, host, guest FROM stay WHERE swap = $1 ORDER BY host, guest", swap)
            await record_stays(Stayed(**stay) for stay in stays)


_PAST = """
SELECT w.id FROM swap w WHERE w.state = 'confirmed' AND w.id <> ALL($2::uuid[])
    AND (SELECT max(s.last) FROM stay s WHERE s.swap = w.id) < $1 ORDER BY w.id LIMIT $3
"""
