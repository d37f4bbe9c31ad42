"""An exchange will not take place: its days are free again, and so is everybody in it."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import asyncpg

from app import database
from app.dates import today
from exchanges.hospitality.calling import call_for
from exchanges.kinds import Ended, State
from exchanges.matching.asking import ask_for_matches
from exchanges.swaps.engaging import let_days_go
from exchanges.swaps.serving import not_served_after_all
from exchanges.swaps.steps import OPEN, Step, hold, move
from exchanges.swaps.telling import tell_everybody
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from notifications.topics import Topic
from thanks.helping import Stayed, record_stays

LATE = timedelta(days=21)
WILL_NOT_BE = "L’échange n’aura pas lieu."
YOU_WITHDREW = "Vous vous êtes retiré de cet échange."


async def dissolve(swap: UUID, why: Ended, *, by: UUID | None = None) -> bool:
    """Inside a transaction. proposed, accepted, confirmed → dissolved; False when it had ended already. Its days are
    held no longer, everybody in it may be matched again. Shortly before a confirmed stay, who is left without a roof is
    helped before anybody is told.

    `by` said no or withdrew, and needs not be told. Lock order: as `exchanges.swaps.steps.hold`.
    """
    was = await hold(swap)
    if was is None or was["state"] not in OPEN:
        return False
    await move(swap, Step.dissolve, why)
    await let_days_go(swap)
    stays = await database.rows("SELECT * FROM stay WHERE swap = $1 ORDER BY id", swap)
    await database.execute("DELETE FROM proposed_days WHERE stay IN (SELECT id FROM stay WHERE swap = $1)", swap)
    members = await _members(swap)
    is_confirmed = was["state"] == State.confirmed
    if is_confirmed:
        await not_served_after_all(members)
    await ask_for_matches(members)
    for stay in stays:
        if is_confirmed and is_late(stay["first"]):
            await call_for(stay["id"])
    await audit.record("swap.dissolved", by=None, kind="swap", subject=swap, why=why.value, was=was["state"])
    await _say(stays, by)
    topic = Topic.swap_called_off if is_confirmed else Topic.swap_dissolved
    await tell_everybody(swap, await _those_asked(swap), topic, but=by)
    if is_confirmed:  # of two stays the first may be over; a room in the week may have gone on for months
        await record_stays(Stayed(one["home"], one["host"], one["guest"]) for one in stays if _took_place(one))
    return True


def is_late(first: date | None) -> bool:
    """Whether a stay begins so soon that its guest needs a roof rather than another match."""
    return first is not None and first - today() < LATE


def _took_place(stay: asyncpg.Record) -> bool:
    return bool(stay["first"] and stay["first"] < today())


async def _members(swap: UUID) -> Sequence[UUID]:
    found = await database.rows("SELECT member FROM swap_party WHERE swap = $1 ORDER BY place", swap)
    return [row["member"] for row in found]


async def _those_asked(swap: UUID) -> Sequence[UUID]:
    """Whoever was to be asked last, and was not, hears nothing of it."""
    found = await database.rows("SELECT member FROM swap_party WHERE swap = $1 AND NOT asked_last", swap)
    return [row["member"] for row in found]


async def _say(stays: Sequence[asyncpg.Record], by: UUID | None) -> None:
    """In the conversations it had, in the order of their ids: two of the same people may have several."""
    talks = sorted({stay["conversation"] for stay in stays if stay["conversation"]})
    for talk in talks:
        people = await database.row("SELECT author, helper FROM conversation WHERE id = $1", talk)
        if people is None:
            continue
        is_theirs = by in (people["author"], people["helper"])
        sender = by if by and is_theirs else people["author"]
        own = YOU_WITHDREW if is_theirs else None
        await say_event(talk, sender, Event.withdrawn, WILL_NOT_BE, uuid4(), own=own)
