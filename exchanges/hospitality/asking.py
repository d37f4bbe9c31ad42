"""The course of a call: neighbours are asked all at once, the first who says yes is proposed to the guest.

Each step looks at the present state, so that a sweep takes up what a job that died left undone. A call is locked before
the swap that comes of it.
"""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.dates import now
from app.sweeping import Sweep
from exchanges.hospitality.neighbours import neighbours
from exchanges.hospitality.offering import offer_next
from exchanges.kinds import State
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic

AT_ONCE = 200
WIDEST = 20
"""People asked for one call, at most."""
KEPT = timedelta(days=30)
"""After it is over, a call is forgotten."""


async def go_on_with_all(at: datetime) -> None:
    """Every call that goes on, whatever became of its job. Raises SweepIncomplete."""
    calls = await database.rows(
        "SELECT id FROM hospitality_call WHERE closed_at IS NULL ORDER BY until, id LIMIT $1", AT_ONCE
    )
    async with Sweep("hospitality.go_on") as sweep:
        for one in calls:
            await sweep.take(one["id"], go_on(one["id"], at))


async def go_on(call_id: UUID, at: datetime) -> None:
    """The next step of a call, if it goes on. Can be run again at any time."""
    async with transaction():
        call = await locked(call_id)
        if call is None:
            return
        if ended := await _is_over(call, at):
            await _close(call_id, ended, at)
            return
        if await live_offer(call_id) or await offer_next(call):
            return
        await _ask_neighbours(call, at)


async def locked(call_id: UUID) -> asyncpg.Record | None:
    """The row of a call that goes on, held until the end of the transaction."""
    return await database.row("SELECT * FROM hospitality_call WHERE id = $1 AND closed_at IS NULL FOR UPDATE", call_id)


async def live_offer(call_id: UUID) -> str | None:
    """The state of what is proposed to the guest at present."""
    state: str | None = await database.value(
        "SELECT s.state FROM hospitality_asked a JOIN swap s ON s.id = a.swap"
        " WHERE a.call = $1 AND s.state <> 'dissolved'",
        call_id,
    )
    return state


async def forget_old_calls() -> None:
    await database.execute("DELETE FROM hospitality_call WHERE closed_at < $1", now() - KEPT)


async def _is_over(call: asyncpg.Record, at: datetime) -> str | None:
    """Why, or None: what is proposed to the guest may still be answered after the time to ask is over."""
    offer = await live_offer(call["id"])
    if offer == State.proposed:
        return None
    if offer:
        return "hosted"
    if await database.value(_GOES_ELSEWHERE, call["guest"], call["first"], call["last"]):
        return "elsewhere"
    return "over" if call["until"] <= at else None


async def _close(call_id: UUID, ended: str, at: datetime) -> None:
    await database.execute("UPDATE hospitality_call SET closed_at = $2, ended = $3 WHERE id = $1", call_id, at, ended)


async def _ask_neighbours(call: asyncpg.Record, at: datetime) -> None:
    asked: int = await database.value(_ASKED_SO_FAR, call["id"])
    those = await neighbours(call, WIDEST - asked) if asked < WIDEST else []
    added = await database.rows(
        "INSERT INTO hospitality_asked (call, host, home, asked_at, said, said_at)"
        " SELECT $1, host, home, $5::timestamptz, CASE WHEN is_apart THEN 'moot' END,"
        " CASE WHEN is_apart THEN $5::timestamptz END"
        " FROM unnest($2::uuid[], $3::uuid[], $4::boolean[]) AS one (host, home, is_apart)"
        " ON CONFLICT DO NOTHING RETURNING host, said",
        call["id"],
        [one.host for one in those],
        [one.home for one in those],
        [one.is_apart for one in those],
        at,
    )
    path = f"/accueils/{call['id']}"
    await tell(
        Told(member=one["host"], topic=Topic.roof_needed, thing=call["id"], about="", path=path)
        for one in added
        if one["said"] is None
    )


_ASKED_SO_FAR = "SELECT count(*) FROM hospitality_asked WHERE call = $1 AND said IS DISTINCT FROM 'moot'"
_GOES_ELSEWHERE = """
SELECT EXISTS (SELECT FROM engagement n JOIN exchanger e ON e.id = n.exchanger
    WHERE e.member = $1 AND n.first < $3 AND n.last > $2)
"""
