"""Everybody said yes: all at once, the days are held, the people meet, and agree on the details."""

from collections.abc import Sequence
from uuid import UUID, uuid5

import asyncpg

from app import database
from app.jobs import defer
from exchanges.kinds import Ended, Form, State
from exchanges.swaps.ending import dissolve
from exchanges.swaps.engaging import already_held, hold_days
from exchanges.swaps.jobs import end_what_is_taken
from exchanges.swaps.locking import hold_exchangers
from exchanges.swaps.steps import Step, move
from exchanges.swaps.telling import tell_everybody
from messaging.answering import opened_between
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from notifications.topics import Topic

MET = "Vous avez dit oui tous les deux\u202f: convenez des jours sur la page de l’échange."
MET_IN_A_LOOP = "Tout le monde a dit oui\u202f: convenez des jours sur la page de l’échange."


async def begin(swap: UUID, *, unblocked: bool = True) -> State:
    """Inside the transaction that wrote an answer and holds the swap: proposed → accepted when it was the last yes.
    When it cannot be any more (a day is held elsewhere, the weeks were taken back) it is dissolved, whole. Between two
    whom a block keeps apart nothing begins, and nothing else tells of it: it ends like a silence."""
    waits = "SELECT EXISTS (SELECT FROM swap_party WHERE swap = $1 AND answer <> 'accepted')"
    if await database.value(waits, swap) or not unblocked:
        return State.proposed
    stays = await database.rows("SELECT * FROM stay WHERE swap = $1 ORDER BY home", swap)
    members = sorted({member for stay in stays for member in (stay["guest"], stay["host"])})
    await hold_exchangers(members)
    why = await _why_not(swap)
    moved = None if why else await move(swap, Step.accept)
    if moved is None:
        await dissolve(swap, why or Ended.silence)
        return State.dissolved
    await hold_days(swap)
    await _introduce(moved, stays)
    await audit.record("swap.accepted", by=None, kind="swap", subject=swap, people=len(members))
    await tell_everybody(swap, members, Topic.swap_accepted)
    await defer(end_what_is_taken, swap=swap)
    return State.accepted


async def _why_not(swap: UUID) -> Ended | None:
    if await already_held(swap):
        return Ended.taken
    return Ended.no_days if await database.value(_A_WEEK_WAS_TAKEN_BACK, swap) else None


async def _introduce(swap: asyncpg.Record, stays: Sequence[asyncpg.Record]) -> None:
    """A conversation for each stay; a pair has one, about the home of who is at place 1."""
    asked = await database.value("SELECT home FROM swap_party WHERE swap = $1 AND place = 1", swap["id"])
    is_pair = swap["form"] == Form.pair
    for stay in sorted(stays, key=lambda stay: (stay["home"], stay["guest"])):
        if is_pair and stay["home"] != asked:
            continue
        talk = await opened_between(stay["home"], stay["host"], stay["guest"])
        text = MET if len(stays) <= 2 else MET_IN_A_LOOP
        await say_event(talk, stay["host"], Event.chosen, text, uuid5(swap["id"], str(talk)))
        await database.execute(
            "UPDATE stay SET conversation = $2 WHERE swap = $1 AND ($3 OR id = $4)",
            swap["id"],
            talk,
            is_pair,
            stay["id"],
        )


# What the server matched were noted weeks, or those next to them for who said so; a week taken back since does not do.
# A neighbour's yes to a call (exchanges.hospitality) was for its own days, noted or not.
_A_WEEK_WAS_TAKEN_BACK = """
SELECT EXISTS (
    SELECT FROM stay t CROSS JOIN LATERAL generate_series(t.first, t.last - 1, interval '7 days') AS week
    CROSS JOIN LATERAL (VALUES (t.guest, FALSE), (t.host, TRUE)) AS who(member, lends)
    WHERE t.swap = $1 AND t.swap IN (SELECT id FROM swap WHERE origin = 'matched' AND form IN ('pair', 'loop'))
        AND NOT EXISTS (SELECT FROM hospitality_asked a WHERE a.swap = t.swap) AND NOT EXISTS (
        SELECT FROM exchanger e JOIN planned_week w ON w.exchanger = e.id
        WHERE e.member = who.member AND CASE WHEN who.lends THEN w.home_free ELSE w.can_travel END
            AND abs(w.saturday - week::date) <= 7 * e.give_or_take))
"""
