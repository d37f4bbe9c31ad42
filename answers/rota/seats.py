"""Who comes, seat by seat, on each day of an ad: the one place where commitments and releases become days."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

import msgspec

from answers.rota.held import Held, Released
from listings.kinds import Outcome, Status
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


def what_was_agreed_goes_on(status: str, outcome: str | None) -> bool:
    return status != Status.closed or outcome == Outcome.fulfilled


def seats(days: Sequence[Occurrence], commitments: Sequence[Held], quantity: int, *, goes_on: bool) -> list[Seat]:
    """Every seat of every day, in the order of time. A day somebody covers stays theirs when the commitment they
    stand in for ends meanwhile, unless the ad ended without its need being met (`goes_on`), and so does a day taken
    once."""
    most = max([quantity, *(one.seat for one in commitments)])
    found = [seat for day in days for seat in _of_day(day, commitments, most, goes_on)]
    return [seat for seat in found if seat.number <= quantity or seat.held]


def _of_day(day: Occurrence, commitments: Sequence[Held], most: int, goes_on: bool) -> list[Seat]:
    standing = [one for one in commitments if _stands(one, day, goes_on)]
    found: list[Seat] = []
    for number in range(1, most + 1):
        there = {seat.held.helper for seat in found if seat.held} | {seat.who for seat in found}
        found.append(Seat.of(day, number, _first([one for one in standing if one.seat == number], day.day, there)))
    return found


def _first(standing: Sequence[Held], day: date, there: set[UUID | None]) -> Held | None:
    """Of those who hold a seat that day: who took this one day, who has a stand-in, who agreed first. Nobody sits on
    two seats."""
    return min(
        (one for one in standing if one.helper not in there),
        key=lambda one: (not one.is_once, not one.covered_on(day), one.agreed_at, one.id),
        default=None,
    )


def _stands(one: Held, day: Occurrence, goes_on: bool) -> bool:
    if one.slot not in (day.slot, day.day.isoformat()):
        return False
    holds = one.holds_on(day.day)
    if holds and not one.is_once:
        return True
    return goes_on and (holds or one.covered_on(day.day))
