"""The doors to a rota: its author and those who take part; and to one released day, for whom was asked about it."""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from litestar import Request
from litestar.params import FromPath

from answers.rota.held import STANDS, TOLD_NO
from answers.rota.open_days import in_words_with_hour, seats_on
from answers.rota.paths import week_path
from answers.rota.seats import Seat
from answers.rota.waking import begins
from app import database, dates
from app.dates import hour, in_words
from app.refusals import NotHere
from listings.ad import Ad
from members.visibility import not_blocked
from places.zones import zone_of

TAKES_PART = f"""
    l.schedule IS NOT NULL AND {STANDS} AND (l.author = $2 OR (EXISTS (
        SELECT FROM commitment k WHERE k.listing = l.id AND k.helper = $2
            AND (k.last_day >= $3 OR (k.last_day IS NULL AND k.ended_at IS NULL))
    ) AND NOT {TOLD_NO.format(listing="l.id", helper="$2")} AND {not_blocked("l.author", "$2::uuid")}))
"""


async def rota_of(listing_id: FromPath[UUID], request: Request) -> Ad:
    """An ad with days, for its author and everyone who comes on some day from yesterday on."""
    row = await database.row(
        f"SELECT l.* FROM listing l WHERE l.id = $1 AND {TAKES_PART}", listing_id, request.user.id, _yesterday()
    )
    if row is None:
        raise NotHere
    return Ad.of(row)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A released day, for somebody who may take it. `is_of_rota` may see the whole week. Without a seat the day is no
    longer anybody's.
    """

    release: UUID
    ad: Ad
    day: date
    covered_by: UUID | None
    said: str | None
    until: datetime | None
    was_asked: bool
    is_of_rota: bool
    seat: Seat | None
    is_over: bool

    @property
    def words(self) -> str:
        """`jeudi 22 octobre, 16 h 30`."""
        return in_words_with_hour(self.seat) if self.seat else in_words(self.day)

    @property
    def week_path(self) -> str:
        return week_path(self.ad.id, self.day)

    @property
    def until_in_words(self) -> str:
        """Until when it is their turn alone; nothing when everybody is asked, or it is over."""
        if self.until is None or self.said or self.until <= dates.now():
            return ""
        local = self.until.astimezone(zone_of(self.ad.department))
        return f"{in_words(local.date())}, {hour(local.time())}"

    def state_for(self, member: UUID) -> str:
        """`open`, `mine`, `taken`, or `gone`: nothing is left to take, or it was theirs."""
        if self.seat is None or self.seat.held is None:
            return "gone"
        if self.covered_by:
            return "mine" if self.covered_by == member else "taken"
        return "gone" if self.is_over or self.seat.held.helper == member else "open"


async def asked_about(release_id: FromPath[UUID], request: Request) -> Asked:
    """For those who were asked, those of the rota, and who covers it."""
    row = await database.row(
        f"""
        SELECT l.*, r.id AS release, r.day, r.covered_by, s.said, s.id IS NOT NULL AS was_asked,
            CASE s.circle WHEN 'rota' THEN s.until END AS until,
            {TAKES_PART} AS is_of_rota
        FROM slot_release r JOIN commitment c ON c.id = r.commitment JOIN listing l ON l.id = c.listing
        LEFT JOIN slot_call s ON s.release = r.id AND s.member = $2
        WHERE r.id = $1 AND {STANDS} AND {not_blocked("l.author", "$2::uuid")}
        """,
        release_id,
        request.user.id,
        _yesterday(),
    )
    if row is None or not (row["was_asked"] or row["is_of_rota"] or row["covered_by"] == request.user.id):
        raise NotHere
    ad = Ad.of(row)
    of_day = await seats_on(ad, row["day"])
    seat = next((seat for seat in of_day if seat.release and seat.release.id == release_id), None)
    starts = seat.occurrence.starts if seat else None
    return Asked(
        release=release_id,
        ad=ad,
        day=row["day"],
        covered_by=row["covered_by"],
        said=row["said"],
        until=row["until"],
        was_asked=row["was_asked"],
        is_of_rota=row["is_of_rota"],
        seat=seat,
        is_over=begins(row["day"], starts, zone_of(ad.department)) <= dates.now(),
    )


def _yesterday() -> date:
    """Where the day begins last, today is still yesterday."""
    return dates.now().date() - timedelta(days=1)
