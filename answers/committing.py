"""Who takes which seat of an ad. A seat has one person, a person one seat of a slot: the database keeps to it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from answers.rota.leaving import give_back_days
from app import database
from app.database import transaction
from app.refusals import NotHere, Refused
from listings.ad import Ad
from listings.life.steps import release, reserve
from listings.schedules.slots import slots_of
from places.zones import today_in

TAKEN = "Cette place vient d’être prise. Regardez où en sont les réponses, puis choisissez de nouveau."
UNKNOWN = "Ce créneau ne fait plus partie de l’annonce. Rechargez la page, puis choisissez de nouveau."


class Seats(NamedTuple):
    """`each` seats of each of an ad's `slots`, and who takes which, also on a day the ad no longer has."""

    each: int
    slots: tuple[str, ...]
    taken: dict[str, dict[int, UUID]]

    def free(self, slot: str) -> int:
        return max(0, self.each - len(self.taken[slot]))

    @property
    def free_slots(self) -> tuple[str, ...]:
        return tuple(slot for slot in self.slots if self.free(slot))

    def of(self, helper: UUID) -> tuple[str, ...]:
        return tuple(slot for slot, people in self.taken.items() if helper in people.values())


async def locked(listing: UUID) -> Ad:
    """Inside a transaction: nobody else chooses, withdraws, answers or closes until it ends. The first lock to take
    (after open cases). Raises NotHere."""
    row = await database.row("SELECT * FROM listing WHERE id = $1 FOR NO KEY UPDATE", listing)
    if row is None:
        raise NotHere
    return Ad.of(row)


async def seats_of(ad: Ad) -> Seats:
    slots = tuple(slot.key for slot in slots_of(ad.content.schedule))
    taken: dict[str, dict[int, UUID]] = {slot: {} for slot in slots}
    for one in await database.rows(
        "SELECT slot, seat, helper FROM commitment WHERE listing = $1 AND ended_at IS NULL", ad.id
    ):
        taken.setdefault(one["slot"], {})[one["seat"]] = one["helper"]
    return Seats(ad.content.quantity, slots, taken)


async def commit(listing: UUID, helper: UUID, slots: Sequence[str], since: date) -> None:
    """Takes a free seat of each slot for this person; a slot they have already stays theirs.

    Raises Refused when the ad has no such slot or no seat of it is left, and then nothing may be kept: the caller's
    transaction ends with it.
    """
    async with transaction():
        ad = await locked(listing)
        seats = await seats_of(ad)
        wanted = [slot for slot in dict.fromkeys(slots) if slot not in seats.of(helper)]
        if not set(wanted) <= set(seats.slots):
            raise Refused(UNKNOWN)
        for slot in wanted:
            await _take(listing, helper, slot, _first_free(seats, slot), since)
        if wanted and not await reserve(listing, len(wanted)):
            raise Refused(TAKEN)


async def uncommit(listing: UUID, helper: UUID, slots: Sequence[str] | None, last_day: date | None) -> tuple[str, ...]:
    """Ends this person's commitments (all with None); they hold up to and with `last_day` (yesterday). Returns the
    slots freed.

    Who is left with none is no longer a chosen helper.
    """
    async with transaction():
        ad = await locked(listing)
        yesterday = today_in(ad.department) - timedelta(days=1)
        freed = await _end(listing, last_day or yesterday, helper=helper, slots=slots)
        if slots is None:
            await give_back_days(listing, helper, (last_day or yesterday) + timedelta(days=1))
        await database.execute(
            "UPDATE answer SET state = 'withdrawn', settled_at = clock_timestamp() WHERE listing = $1 AND helper = $2"
            " AND state = 'chosen' AND NOT EXISTS (SELECT FROM commitment c WHERE c.listing = $1 AND c.helper = $2"
            " AND c.ended_at IS NULL)",
            listing,
            helper,
        )
    return freed


async def end_all(ad: Ad) -> None:
    """The ad is over: every commitment ends today. The caller holds the ad."""
    await _end(ad.id, today_in(ad.department))


async def _end(
    listing: UUID, last_day: date, *, helper: UUID | None = None, slots: Iterable[str] | None = None
) -> tuple[str, ...]:
    ended = await database.rows(
        "UPDATE commitment SET ended_at = clock_timestamp(), last_day = $2"
        " WHERE listing = $1 AND ended_at IS NULL AND ($3::uuid IS NULL OR helper = $3)"
        " AND ($4::text[] IS NULL OR slot = ANY($4)) RETURNING slot",
        listing,
        last_day,
        helper,
        None if slots is None else list(slots),
    )
    if ended:
        await release(listing, len(ended))
    return tuple(sorted(one["slot"] for one in ended))


def _first_free(seats: Seats, slot: str) -> int:
    free = set(range(1, seats.each + 1)) - seats.taken[slot].keys()
    if not free:
        raise Refused(TAKEN)
    return min(free)


async def _take(listing: UUID, helper: UUID, slot: str, seat: int, since: date) -> None:
    taken = await database.value(
        "INSERT INTO commitment (listing, helper, slot, seat, agreed_at, since)"
        " VALUES ($1, $2, $3, $4, clock_timestamp(), $5) ON CONFLICT DO NOTHING RETURNING id",
        listing,
        helper,
        slot,
        seat,
        since,
    )
    if taken is None:
        raise Refused(TAKEN)
