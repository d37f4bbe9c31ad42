"""Rotas of the cast: a school run of certain days, who takes what, who cannot come."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from app import database, dates
from listings.schedules.schedule import Schedule, Weekly
from listings.tables import Listing
from members.tables import Member
from places.school_zones import SchoolZone
from places.zones import MAINLAND
from tests.helpers.ads import published

AUTUMN = date(2026, 10, 5)
"""A Monday: two weeks of school, then the autumn holidays (17 October to 1 November 2026), the clocks change within."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """`clock(2026, 10, 6, 20, 15)`: the site's clock stands still at that hour of Brest."""

    def set_to(*moment: int) -> datetime:
        at = datetime(*moment, tzinfo=MAINLAND)  # type: ignore[misc, arg-type]
        monkeypatch.setattr(dates, "now", lambda: at.astimezone(UTC))
        monkeypatch.setattr(dates, "today", at.date)
        return at

    return set_to


async def school_run(author: Member, days: tuple[int, ...] = (0, 1, 3, 4), seats: int = 1, **given: Any) -> Listing:
    """A weekly school run at 16:30, without the holidays of zone B."""
    weekly = Weekly(
        days=days,
        starts=time(16, 30),
        ends=time(17, 15),
        except_holidays=SchoolZone.b,
        except_public_holidays=True,
        department="29",
    )
    given = {"title": "Sortie d’école partagée", "schedule": Schedule(weekly=weekly), "quantity": seats, **given}
    return await published(author, "school_run", **given)


async def takes(
    listing: Listing, helper: Member, slot: str, *, seat: int = 1, since: date = AUTUMN, last_day: date | None = None
) -> UUID:
    """A commitment as it stands, without what leads to it."""
    agreed = datetime.combine(since, time(9), UTC)
    commitment: UUID = await database.value(
        "INSERT INTO commitment (listing, helper, slot, seat, agreed_at, since, last_day)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        listing.id,
        helper.id,
        slot,
        seat,
        agreed,
        since,
        last_day,
    )
    return commitment


async def takes_once(listing: Listing, helper: Member, day: date, *, seat: int = 1) -> UUID:
    """One single day of a weekly slot."""
    commitment = await takes(listing, helper, day.isoformat(), seat=seat, since=day, last_day=day)
    await database.execute("UPDATE commitment SET ended_at = agreed_at WHERE id = $1", commitment)
    return commitment


async def releases(commitment: UUID, day: date, covered_by: Member | None = None) -> UUID:
    released: UUID = await database.value(
        "INSERT INTO slot_release (commitment, day, released_at, covered_by, covered_at)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        commitment,
        day,
        datetime.now(UTC),
        covered_by.id if covered_by else None,
        datetime.now(UTC) if covered_by else None,
    )
    return released
