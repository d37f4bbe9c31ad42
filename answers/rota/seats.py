"""Who comes, seat by seat, on each day of an ad: the one place where commitments and releases become days."""

import enum
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

import msgspec

from answers.rota.held import Held, Released
from listings.kinds import Outcome, Status
from listings.schedules.occurrences import Occurrence


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
    found = [seat for day in days for seat in _of_day(day, commitments, quantity, goes_on)]
    return [seat for seat in found if seat.number <= quantity or seat.held]


def _of_day(day: Occurrence, commitments: Sequence[Held], quantity: int, goes_on: bool) -> list[Seat]:
    """Everyone on their own seat, else on one that is left; nobody on two.

    Of those who hold the same seat comes first who took this one day, then who has a stand-in, then who agreed first.
    """
    places: dict[int, Seat] = {}
    there: set[UUID] = set()
    standing = sorted((one for one in commitments if _stands(one, day, goes_on)), key=lambda one: _rank(one, day.day))
    for number_of in (lambda one: one.seat, lambda _: _left(places, quantity)):
        for one in standing:
            comes, number = one.comes_on(day.day), number_of(one)
            if number and number not in places and comes not in there and one.id not in _seated(places):
                places[number] = Seat.of(day, number, one)
                there.add(comes)
    most = max([quantity, *places])
    return [places.get(number) or Seat.of(day, number, None) for number in range(1, most + 1)]


def _rank(one: Held, day: date) -> tuple[bool, bool, datetime, UUID]:
    return not one.is_once, not one.covered_on(day), one.agreed_at, one.id


def _left(places: Mapping[int, Seat], quantity: int) -> int | None:
    return next((number for number in range(1, quantity + 1) if number not in places), None)


def _seated(places: Mapping[int, Seat]) -> set[UUID]:
    return {seat.held.id for seat in places.values() if seat.held}


def _stands(one: Held, day: Occurrence, goes_on: bool) -> bool:
    if one.slot not in (day.slot, day.day.isoformat()):
        return False
    holds = one.holds_on(day.day)
    if holds and not one.is_once:
        return True
    return goes_on and (holds or one.covered_on(day.day))
