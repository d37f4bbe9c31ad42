"""A room in the week, under way: one of the two stops it, after this week, without having to say why."""

from datetime import date, timedelta
from uuid import UUID, uuid5

import asyncpg

from app import database
from app.database import transaction
from app.dates import in_words, today
from app.refusals import NotHere, Refused
from exchanges.kinds import Form, State
from exchanges.swaps.steps import hold
from exchanges.swaps.telling import tell_everybody
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from notifications.topics import Topic

FRIDAY = 4
NOT_UNDER_WAY = "Cette chambre en semaine n’a pas commencé, ou elle est déjà terminée."
LAST_WEEK = "C’est déjà sa dernière semaine\u202f: il n’y a rien à arrêter."


async def stop_after_this_week(swap: UUID, member: UUID) -> date:
    """The day the guest leaves for good: the Friday of this week, or of the one before once it is the week-end. Other
    days that were proposed are forgotten. Raises Refused before it began and when it ends by then anyway, NotHere for
    who is not in it."""
    async with transaction():
        row, stay = await hold(swap), await _stay(swap, member)
        if row is None or stay is None or row["form"] != Form.week_room:
            raise NotHere
        last = last_day(stay["first"], today()) if stay["first"] else None
        if row["state"] != State.confirmed or last is None or not stay["first"] <= today() < stay["last"]:
            raise Refused(NOT_UNDER_WAY)
        if last >= stay["last"]:
            raise Refused(LAST_WEEK)
        await database.execute("UPDATE stay SET last = $2 WHERE id = $1", stay["id"], last)
        await database.execute("DELETE FROM proposed_days WHERE stay = $1", stay["id"])
        await _as_agreed(swap, row["version"] + 1)
        await _say(stay, member, last)
        await tell_everybody(swap, [stay["guest"], stay["host"]], Topic.week_room_stops, but=member)
        await audit.record("swap.week_room_stopped", by=member, kind="swap", subject=swap)
    return last


def last_day(first: date, day: date) -> date:
    """Of a room that began on `first`, when it is stopped on `day`: at the earliest the day after it began."""
    friday = day + timedelta(days=FRIDAY - day.weekday())
    return max(friday, first + timedelta(days=1))


async def _stay(swap: UUID, member: UUID) -> asyncpg.Record | None:
    return await database.row(
        "SELECT t.*, m.first_name FROM stay t JOIN member m ON m.id = $2 WHERE t.swap = $1 AND $2 IN (t.guest, t.host)",
        swap,
        member,
    )


async def _as_agreed(swap: UUID, version: int) -> None:
    await database.execute("UPDATE swap SET version = $2 WHERE id = $1", swap, version)
    await database.execute("UPDATE swap_party SET agreed_version = $2 WHERE swap = $1", swap, version)


async def _say(stay: asyncpg.Record, by: UUID, last: date) -> None:
    if stay["conversation"]:
        name, until = stay["first_name"], in_words(last)
        await say_event(
            stay["conversation"],
            by,
            Event.withdrawn,
            f"{name} arrête la chambre en semaine\u00a0: départ {until}.",
            uuid5(stay["id"], f"stopped {last}"),
            own=f"Vous arrêtez la chambre en semaine\u00a0: départ {until}.",
        )
