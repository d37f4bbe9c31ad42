"""The days of an exchange: somebody proposes them, the others agree or propose others. Those that were agreed on, or
that the server found, stand until everybody agreed to others."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5

import asyncpg

from app import database
from app.database import transaction
from app.dates import today
from app.refusals import NotHere, Refused
from exchanges.figures.serving import note_served
from exchanges.kinds import State
from exchanges.swaps.engaging import already_held, hold_days, is_held
from exchanges.swaps.locking import hold_exchangers
from exchanges.swaps.serving import served
from exchanges.swaps.steps import DAYS_TO_AGREE, Step, hold, move
from exchanges.swaps.telling import tell_everybody
from exchanges.swaps.words import span_in_words
from messaging.events import say_event
from messaging.tables import Event
from moderation import audit
from notifications.topics import Topic

NOT_NOW = "Cet échange n’attend pas de jours pour l’instant."
OTHERS_MEANWHILE = "D’autres jours viennent d’être proposés\u202f: relisez-les avant de répondre."
YOU_ARE_HELD = "Vous avez un autre échange convenu à ces dates. Choisissez d’autres jours."
THE_SAME = "Ce sont déjà les jours prévus. S’ils vous vont, dites-le d’un clic\u202f; sinon, proposez-en d’autres."
NO_DAYS_YET = "Il manque encore des jours\u202f: proposez ceux qui vous iraient."
IN_THE_PAST = "Le premier jour est passé\u202f: proposez d’autres jours."


class Span(NamedTuple):
    """From the day `first` to the day `last`, when the guest leaves; `days` are the weekdays (0 Monday) of a room in
    the week."""

    first: date
    last: date
    days: tuple[int, ...] = ()


async def propose_days(swap: UUID, member: UUID, spans: Mapping[UUID, Span], version: int) -> None:
    """Proposes days for stays of this member, by the stays' ids, having read the days of this `version`. Who is in none
    of these stays, and had agreed, has agreed. Raises Refused, NotHere for a stay that is not theirs."""
    async with transaction():
        row, stays = await _held(swap, member, version)
        theirs = {stay["id"]: stay for stay in stays if member in (stay["guest"], stay["host"])}
        if not spans or not spans.keys() <= theirs.keys():
            raise NotHere
        changed = {stay: span for stay, span in spans.items() if span != _as_proposed(theirs[stay])}
        if not changed:
            raise Refused(THE_SAME)
        await _not_held_elsewhere(swap, member, changed.values() if row["form"] != "week_room" else ())
        await _write(changed, member)
        concerned = {who for stay in changed for who in (theirs[stay]["guest"], theirs[stay]["host"])}
        await _ask_again(row, member, concerned)
        await _say(row, member, _told_with(await _stays(swap), changed))
        await tell_everybody(swap, sorted(concerned), Topic.swap_days, but=member)
        await audit.record("swap.days_proposed", by=member, kind="swap", subject=swap, version=row["version"] + 1)


async def agree(swap: UUID, member: UUID, version: int) -> bool:
    """This member agrees to the days of this `version`; True when that settles them. Raises Refused."""
    async with transaction():
        row, stays = await _held(swap, member, version)
        spans = [_as_proposed(stay) for stay in stays]
        if not all(spans):
            raise Refused(NO_DAYS_YET)
        if any(_begins_too_late(stay) for stay in stays):
            raise Refused(IN_THE_PAST)
        own = [_as_proposed(stay) for stay in stays if member in (stay["guest"], stay["host"])]
        await _not_held_elsewhere(swap, member, [s for s in own if s] if row["form"] != "week_room" else ())
        await database.execute(
            "UPDATE swap_party SET agreed_version = $3 WHERE swap = $1 AND member = $2", swap, member, version
        )
        return await _settle(row, member, stays)


async def keep_days(swap: UUID, member: UUID, version: int) -> None:
    """Other days were proposed for a confirmed exchange: those agreed on stay. Raises Refused."""
    async with transaction():
        row, stays = await _held(swap, member, version)
        if row["state"] != State.confirmed or all(_stands(stay) for stay in stays):
            raise Refused(NOT_NOW)
        await _forget_proposal(swap)
        await database.execute("UPDATE swap SET version = version + 1 WHERE id = $1", swap)
        await database.execute("UPDATE swap_party SET agreed_version = $2 WHERE swap = $1", swap, version + 1)
        await _say(row, member, await _stays(swap), kept=True)
        members = await _members(swap)
        await tell_everybody(swap, members, Topic.swap_days_kept, but=member)
        await audit.record("swap.days_kept", by=member, kind="swap", subject=swap, version=version + 1)


async def _held(swap: UUID, member: UUID, version: int) -> tuple[asyncpg.Record, list[asyncpg.Record]]:
    row = await hold(swap)
    if row is None or member not in await _members(swap):
        raise NotHere
    if row["state"] not in (State.accepted, State.confirmed):
        raise Refused(NOT_NOW)
    if row["version"] != version:
        raise Refused(OTHERS_MEANWHILE)
    return row, await _stays(swap)


async def _stays(swap: UUID) -> list[asyncpg.Record]:
    return await database.rows(
        "SELECT s.*, d.first AS new_first, d.last AS new_last, d.days AS new_days, h.first_name AS host_name"
        " FROM stay s JOIN member h ON h.id = s.host LEFT JOIN proposed_days d ON d.stay = s.id WHERE s.swap = $1"
        " ORDER BY s.id",
        swap,
    )


def _as_proposed(stay: asyncpg.Record) -> Span | None:
    """The latest proposal, or else the days that stand."""
    if stay["new_first"]:
        return Span(stay["new_first"], stay["new_last"], tuple(stay["new_days"]))
    return Span(stay["first"], stay["last"], tuple(stay["days"])) if stay["first"] else None


def _stands(stay: asyncpg.Record) -> bool:
    return stay["new_first"] is None


def _begins_too_late(stay: asyncpg.Record) -> bool:
    """The proposed first day has passed; a stay that goes on may become longer or shorter."""
    return bool(stay["new_first"]) and stay["new_first"] <= today() and stay["new_first"] != stay["first"]


async def _members(swap: UUID) -> list[UUID]:
    found = await database.rows("SELECT member FROM swap_party WHERE swap = $1 ORDER BY member", swap)
    return [row["member"] for row in found]


async def _not_held_elsewhere(swap: UUID, member: UUID, spans: Iterable[Span]) -> None:
    """Only their own days: whether another is held elsewhere is nobody's to know."""
    for span in spans:
        if await is_held(member, span.first, span.last, but=swap):
            raise Refused(YOU_ARE_HELD)


async def _write(spans: Mapping[UUID, Span], by: UUID) -> None:
    for stay, span in spans.items():
        await database.execute(
            "INSERT INTO proposed_days (stay, proposed_by, first, last, days, proposed_at)"
            " VALUES ($1, $2, $3, $4, $5, clock_timestamp()) ON CONFLICT (stay) DO UPDATE SET first = excluded.first,"
            " last = excluded.last, days = excluded.days, proposed_by = excluded.proposed_by,"
            " proposed_at = excluded.proposed_at",
            stay,
            by,
            span.first,
            span.last,
            list(span.days),
        )


async def _ask_again(row: asyncpg.Record, by: UUID, concerned: set[UUID]) -> None:
    await database.execute(
        "UPDATE swap SET version = version + 1, answer_by = CASE WHEN state = 'accepted'"
        f" THEN clock_timestamp() + interval '{DAYS_TO_AGREE} days' ELSE answer_by END WHERE id = $1",
        row["id"],
    )
    await database.execute(
        "UPDATE swap_party SET agreed_version = $2 + 1 WHERE swap = $1 AND (member = $3"
        " OR agreed_version = $2 AND member <> ALL($4::uuid[]))",
        row["id"],
        row["version"],
        by,
        list(concerned),
    )


async def _settle(row: asyncpg.Record, member: UUID, stays: Sequence[asyncpg.Record]) -> bool:
    """When everybody agreed: the days are held and stand. Whoever agreed and has been held elsewhere since has to look
    again, and alone learns why."""
    swap, members = row["id"], await _members(row["id"])
    if await database.value(_SOMEBODY_HAS_NOT_AGREED, swap):
        return False
    await hold_exchangers(members)
    if held := await already_held(swap):
        await database.execute(
            "UPDATE swap_party SET agreed_version = NULL WHERE swap = $1 AND member = ANY($2::uuid[])", swap, held
        )
        await tell_everybody(swap, held, Topic.swap_days)
        return False
    await database.execute(
        "UPDATE stay s SET first = d.first, last = d.last, days = d.days FROM proposed_days d"
        " WHERE d.stay = s.id AND s.swap = $1",
        swap,
    )
    await _forget_proposal(swap)
    await hold_days(swap)
    if await move(swap, Step.confirm):
        news = stays
        await note_served(swap)
        await served(members)
        await audit.record("swap.confirmed", by=None, kind="swap", subject=swap, people=len(members))
    else:
        # What two others of a loop changed between them is no news to the rest.
        news = [stay for stay in stays if not _stands(stay)]
        await audit.record("swap.days_changed", by=None, kind="swap", subject=swap, people=len(members))
    await _say(row, member, _told_with(await _stays(swap), {stay["id"] for stay in news}), settled=True)
    told = sorted({who for stay in news for who in (stay["guest"], stay["host"])})
    await tell_everybody(swap, told, Topic.swap_confirmed, but=member)
    return True


_SOMEBODY_HAS_NOT_AGREED = """
SELECT EXISTS (SELECT FROM swap_party p JOIN swap s ON s.id = p.swap
    WHERE s.id = $1 AND p.agreed_version IS DISTINCT FROM s.version)
"""


async def _forget_proposal(swap: UUID) -> None:
    await database.execute("DELETE FROM proposed_days WHERE stay IN (SELECT id FROM stay WHERE swap = $1)", swap)


async def _say(
    row: asyncpg.Record, by: UUID, stays: Sequence[asyncpg.Record], *, settled: bool = False, kept: bool = False
) -> None:
    """One line in each conversation whose people's days it is about: nobody reads the days of two others."""
    talks: dict[UUID, list[asyncpg.Record]] = {}
    for stay in stays:
        is_news = settled or by in (stay["guest"], stay["host"])
        if stay["conversation"] and is_news:
            talks.setdefault(stay["conversation"], []).append(stay)
    for talk in sorted(talks):
        days = _days_in_words(talks[talk])
        people = await database.row("SELECT author, helper FROM conversation WHERE id = $1", talk)
        if people is None or not days:
            continue
        sender = by if by in tuple(people) else people["author"]
        once = uuid5(talk, f"{row['id']} {row['version']} {settled} {kept} {days}")
        if settled or kept:
            await say_event(talk, sender, Event.chosen, f"Jours convenus\u00a0: {days}.", once)
        else:
            name = await database.value("SELECT first_name FROM member WHERE id = $1", by)
            said, own = f"{name} propose ces jours\u00a0: {days}.", f"Vous proposez ces jours\u00a0: {days}."
            await say_event(talk, sender, Event.asked, said, once, own=own)


def _told_with(stays: Sequence[asyncpg.Record], changed: Container[UUID]) -> list[asyncpg.Record]:
    """Those of the conversations in which some of the `changed` stays are spoken of."""
    talks = {stay["conversation"] for stay in stays if stay["id"] in changed}
    return [stay for stay in stays if stay["conversation"] in talks]


def _days_in_words(stays: Sequence[asyncpg.Record]) -> str:
    spans = {stay["host_name"]: span for stay in stays if (span := _as_proposed(stay))}
    if len(set(spans.values())) == 1:
        return span_in_words(*next(iter(spans.values())))
    return "\u202f; ".join(f"chez {name}, {span_in_words(*span)}" for name, span in spans.items())
