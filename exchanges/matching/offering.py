"""What was found is proposed, if it still stands."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from exchanges.kinds import Form
from exchanges.matching.alone import be_alone
from exchanges.swaps.locking import hold_exchangers, hold_homes, hold_pairs
from exchanges.swaps.proposing import Place, PlannedStay, propose


class Offer(msgspec.Struct, frozen=True):
    """What to propose, from what was known at `known_at`."""

    form: Form
    places: tuple[Place, ...]
    stays: tuple[PlannedStay, ...]
    score: int
    known_at: datetime


async def offer(what: Offer) -> UUID | None:
    """The swap, or None when somebody is not free any more, or has said something else since: their change asked for a
    search of its own."""
    async with transaction() as tx:
        await be_alone()
        before = await tx.savepoint()
        swap = await _propose(what)
        if swap is None:
            # What was held in vain is let go: the next offer begins with its homes, as everybody does.
            await before.rollback_to()
    return swap


async def _propose(what: Offer) -> UUID | None:
    members = [place.member for place in what.places]
    # As propose() holds them, in its order and before it: from here on nobody changes what is compared.
    if not await hold_homes({stay.home for stay in what.stays} | {one.home for one in what.places if one.home}):
        return None
    if not await hold_pairs(members):
        return None
    await hold_exchangers(members)
    if await _said_something_else(members, what.stays, what.known_at):
        return None
    return await propose(what.form, what.places, what.stays, score=what.score, one_last=True)


async def _said_something_else(members: Sequence[UUID], stays: Sequence[PlannedStay], since: datetime) -> bool:
    return await database.value(
        """
        SELECT EXISTS (SELECT FROM exchanger WHERE member = ANY($1::uuid[]) AND changed_at >= $2)
            OR EXISTS (SELECT FROM listing WHERE id = ANY($3::uuid[]) AND updated_at >= $2)
            OR EXISTS (SELECT FROM home_declined d JOIN exchanger e ON e.id = d.exchanger
                JOIN unnest($4::uuid[], $3::uuid[]) AS stay(guest, home) ON stay.guest = e.member AND stay.home = d.home
                WHERE d.declined_at >= $2)
        """,
        list(members),
        since,
        [stay.home for stay in stays],
        [stay.guest for stay in stays],
    )
