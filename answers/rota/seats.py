"""Who comes, seat by seat, on each day of an ad: the one place where commitments and releases become days."""

import enum
from collections.abc import Sequence
from typing import Self
from uuid import UUID

import msgspec

from answers.rota.held import Held, Released
from listings.occurrences import Occurrence


class SeatState(enum.StrEnum):
    free = "free"
    sure = "sure"
    released = "released"
    covered = "covered"


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """One seat on one day. `who` comes; nobody when it is free or released."""

    occurrence: Occurrence
    number: int
    state: SeatState
    held: Held | None = None
    release: Released | None = None
    who: UUID | None = None
    name: str = ""

    @classmethod
    def of(cls, occurrence: Occurrence, number: int, held: Held | None) -> Self:
        if held is None:
            return cls(occurrence=occurrence, number=number, state=SeatState.free)
        release = held.releases.get(occurrence.day)
        if release is None:
            state, who, name = SeatState.sure, held.helper, held.helper_name
        elif release.covered_by:
            state, who, name = SeatState.covered, release.covered_by, release.covered_name or ""
        else:
            state, who, name = SeatState.released, None, ""
        return cls(
            occurrence=occurrence, number=number, state=state, held=held, release=release, who=who, name=name or ""
        )


def seats(
    days: Sequence[Occurrence], commitments: Sequence[Held], quantity: int, *, is_online: bool = True
) -> list[Seat]:
    """Every seat of every day, in the order of time. A day somebody covers stays theirs when the commitment they
    stand in for ends meanwhile, as long as the ad is online."""
    most = max([quantity, *(one.seat for one in commitments)])
    taken = {number: [one for one in commitments if one.seat == number] for number in range(1, most + 1)}
    found = (Seat.of(day, number, _holder(day, those, is_online)) for day in days for number, those in taken.items())
    return [seat for seat in found if seat.number <= quantity or seat.held]


def _holder(day: Occurrence, commitments: Sequence[Held], is_online: bool) -> Held | None:
    """Of those who hold the seat that day: who took this one day, who has a stand-in, who agreed first."""
    standing = [
        one
        for one in commitments
        if one.slot in (day.slot, day.day.isoformat())
        and (one.holds_on(day.day) or (is_online and one.covered_on(day.day)))
    ]
    return min(
        standing,
        key=lambda one: (one.slot != day.day.isoformat(), not one.covered_on(day.day), one.agreed_at, one.id),
        default=None,
    )
