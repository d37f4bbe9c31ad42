"""An exchange the server found is proposed to everybody in it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from exchanges.kinds import Form, Origin
from exchanges.swaps.asking_last import who_would_learn_most
from exchanges.swaps.free import engaged, in_a_match
from exchanges.swaps.locking import hold_exchangers, hold_homes, hold_pairs
from exchanges.swaps.steps import DAYS_TO_ANSWER
from exchanges.swaps.telling import tell_everybody
from moderation import audit
from notifications.topics import Topic


class Place(msgspec.Struct, frozen=True):
    """A member of an exchange and their home; a guest who lends none has no home."""

    member: UUID
    home: UUID | None


class PlannedStay(msgspec.Struct, frozen=True):
    """`guest` stays in the `home` of `host` from the day `first` to the day `last`, when they leave."""

    guest: UUID
    host: UUID
    home: UUID
    first: date
    last: date


async def propose(
    form: Form,
    places: Sequence[Place],
    stays: Sequence[PlannedStay],
    *,
    score: int,
    one_last: bool = False,
    paused_too: UUID | None = None,
) -> UUID | None:
    """The swap, proposed to all in the order of the loop; `score` is from 0 to 100. None, and nothing is written, when
    somebody is not free any more: suspended, paused, blocked, their home away, held on those days, or in another match.
    With `one_last` whoever would learn most by it is asked once the others said yes (exchanges.swaps.asking_last).
    A pause does not keep `paused_too` out.

    In the caller's transaction or its own. Lock order: as `exchanges.swaps.steps.hold`.
    """
    members = [place.member for place in places]
    async with transaction():
        if not await hold_homes({stay.home for stay in stays} | {place.home for place in places if place.home}):
            return None
        if not await hold_pairs(members):
            return None
        await hold_exchangers(members)
        if await _somebody_is_not_free(members, stays, paused_too):
            return None
        swap = await write_swap(form, Origin.matched, places, score=score)
        if swap is None:
            return None
        await write_stays(swap, stays)
        await audit.record(
            "swap.proposed", by=None, kind="swap", subject=swap, form=Form(form).value, people=len(places)
        )
        last = await who_would_learn_most(members) if one_last else None
        await database.execute("UPDATE swap_party SET asked_last = TRUE WHERE swap = $1 AND member = $2", swap, last)
        await tell_everybody(swap, members, Topic.swap_proposed, but=last)
    return swap


async def write_swap(
    form: Form,
    origin: Origin,
    places: Sequence[Place],
    *,
    score: int = 0,
    asked_by: UUID | None = None,
    once: UUID | None = None,
) -> UUID | None:
    """Inside a transaction. None when `once` was sent already. Who asks has said yes by asking."""
    swap: UUID | None = await database.value(
        "INSERT INTO swap (form, origin, state, score, asked_by, once, version, proposed_at, answer_by)"
        " VALUES ($1, $2, 'proposed', $3, $4, $5, 1, clock_timestamp(),"
        f" clock_timestamp() + interval '{DAYS_TO_ANSWER} days') ON CONFLICT (once) DO NOTHING RETURNING id",
        Form(form).value,
        origin.value,
        score,
        asked_by,
        once,
    )
    if swap is None:
        return None
    await database.execute(
        "INSERT INTO swap_party (swap, member, home, place, answer, answered_at)"
        " SELECT $1, p.member, p.home, p.place - 1, CASE WHEN p.member = $4 THEN 'accepted' ELSE 'asked' END,"
        " CASE WHEN p.member = $4 THEN clock_timestamp() END"
        " FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS p(member, home, place)",
        swap,
        [place.member for place in places],
        [place.home for place in places],
        asked_by,
    )
    return swap


async def write_stays(swap: UUID, stays: Sequence[PlannedStay]) -> None:
    await database.execute(
        "INSERT INTO stay (swap, guest, host, home, first, last, days)"
        " SELECT $1, t.guest, t.host, t.home, t.first, t.last, '{}'"
        " FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::date[]) AS t(guest, host, home, first, last)",
        swap,
        [stay.guest for stay in stays],
        [stay.host for stay in stays],
        [stay.home for stay in stays],
        [stay.first for stay in stays],
        [stay.last for stay in stays],
    )


async def _somebody_is_not_free(members: Sequence[UUID], stays: Sequence[PlannedStay], paused_too: UUID | None) -> bool:
    return await database.value(
        f"""
        SELECT count(*) <> cardinality($1::uuid[]) FROM exchanger e JOIN member m ON m.id = e.member
        WHERE e.member = ANY($1) AND (e.paused_at IS NULL OR e.member = $6)
            AND coalesce(m.suspended_until <= clock_timestamp(), TRUE)
            AND NOT {in_a_match("e.member")}
            AND NOT EXISTS (SELECT FROM unnest($2::uuid[], $3::uuid[], $4::date[], $5::date[])
                AS t(guest, host, first, last)
                WHERE e.member IN (t.guest, t.host) AND {engaged("e.id", "t.first", "t.last")})
        """,
        list(members),
        [stay.guest for stay in stays],
        [stay.host for stay in stays],
        [stay.first for stay in stays],
        [stay.last for stay in stays],
        paused_too,
    )
