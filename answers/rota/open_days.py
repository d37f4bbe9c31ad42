"""A released day that nobody covers yet, looked at again before each step: much may have happened since the last."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from answers.committing import locked
from answers.rota.held import held_for
from answers.rota.paths import call_path, week_path
from answers.rota.seats import Seat, SeatState, seats, what_was_agreed_goes_on
from answers.rota.waking import begins
from app import database
from app.dates import hour, in_words
from listings.ad import Ad
from listings.kinds import Status
from listings.schedules.occurrences import occurrences
from places.zones import zone_of


class OpenDay(msgspec.Struct, frozen=True, kw_only=True):
    """`begins` is the moment after which nobody is asked any more. `present` are those who come that day already, or
    said that they cannot.
    """

    release: UUID
    ad: Ad
    releaser: UUID
    seat: Seat
    released_at: datetime
    due_at: datetime | None
    uncovered_at: datetime | None
    present: frozenset[UUID]

    @property
    def day(self) -> date:
        return self.seat.occurrence.day

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.ad.department)

    @property
    def begins(self) -> datetime:
        return begins(self.day, self.seat.occurrence.starts, self.zone)

    @property
    def about(self) -> str:
        return f"{self.ad.title} · {in_words_with_hour(self.seat)}"

    @property
    def week_path(self) -> str:
        return week_path(self.ad.id, self.day)

    @property
    def call_path(self) -> str:
        return call_path(self.release)


async def open_day(release: UUID, at: datetime) -> OpenDay | None:
    """Inside a transaction: locks the ad. None once the day is covered, taken back or gone by, or when nobody was to
    come any more.
    """
    listing = await database.value(
        "SELECT k.listing FROM slot_release r JOIN commitment k ON k.id = r.commitment WHERE r.id = $1", release
    )
    if listing is None:
        return None
    ad = await locked(listing)
    row = await database.row("SELECT * FROM slot_release WHERE id = $1 AND covered_by IS NULL", release)
    if row is None:
        return None
    of_day = await seats_on(ad, row["day"])
    mine = next((seat for seat in of_day if seat.release and seat.release.id == release), None)
    if mine is None or mine.held is None or mine.state is not SeatState.released:
        return None
    found = OpenDay(
        release=release,
        ad=ad,
        releaser=mine.held.helper,
        seat=mine,
        released_at=row["released_at"],
        due_at=row["due_at"],
        uncovered_at=row["uncovered_at"],
        present=present(of_day),
    )
    return found if found.begins > at else None


async def seats_on(ad: Ad, day: date) -> list[Seat]:
    """Everything of one day; nothing of an ad that was sent back or removed. One query."""
    if not ad.published_at or ad.status not in (Status.published, Status.closed, Status.pending):
        return []
    days = occurrences(ad.content.schedule, zone_of(ad.department), day, day)
    goes_on = what_was_agreed_goes_on(ad.status, ad.outcome)
    return seats(days, await held_for(ad.id, day, day), ad.content.quantity, goes_on=goes_on)


def present(of_day: list[Seat]) -> frozenset[UUID]:
    come = {seat.who for seat in of_day if seat.who}
    cannot = {seat.held.helper for seat in of_day if seat.held and seat.release}
    return frozenset(come | cannot)


def in_words_with_hour(seat: Seat) -> str:
    """`jeudi 22 octobre, 16 h 30`, on the clock of the ad."""
    starts = seat.occurrence.starts
    return in_words(seat.occurrence.day) + (f", {hour(starts.timetz())}" if starts else "")
