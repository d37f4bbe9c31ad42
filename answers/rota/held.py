"""The commitments of an ad, with the days their helpers cannot come and who comes instead."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any, Self
from uuid import UUID

import msgspec

from app import database

IN_FORCE = "(k.since <= {last} AND (k.last_day >= {first} OR (k.last_day IS NULL AND k.ended_at IS NULL)))"
"""A commitment `k` that holds on some day from `{first}` to `{last}`."""

STANDS = "(l.published_at IS NOT NULL AND l.status IN ('published', 'closed', 'pending'))"
"""An ad people could read, of which what was agreed may stand: online, ended, or read again before it is prolonged."""

TOLD_NO = """EXISTS (
    SELECT FROM answer told WHERE told.listing = {listing} AND told.helper = {helper} AND told.state = 'declined')"""
"""Whom the ad's author no longer counts on. Their last day was yesterday: the days of others are not theirs to read."""

HELD = f"""
    k.id AS commitment, k.helper, h.first_name AS helper_name, k.slot, k.seat, k.agreed_at, k.since, k.last_day,
    k.ended_at, r.id AS release, r.day, r.covered_by, c.first_name AS covered_name
FROM listing l
JOIN commitment k ON k.listing = l.id AND ({IN_FORCE.format(first="$2", last="$3")} OR EXISTS (
    SELECT FROM slot_release WHERE commitment = k.id AND day BETWEEN $2 AND $3 AND covered_by IS NOT NULL))
JOIN member h ON h.id = k.helper
LEFT JOIN slot_release r ON r.commitment = k.id AND r.day BETWEEN $2 AND $3
LEFT JOIN member c ON c.id = r.covered_by
"""
"""What follows `SELECT …,` for the rows `held` reads: $2 and $3 are the first and the last day."""


class Released(msgspec.Struct, frozen=True):
    """A day its helper cannot come; `covered_by` comes instead."""

    id: UUID
    day: date
    covered_by: UUID | None
    covered_name: str | None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's seat of a slot, and the days they released, by date. `is_once`: of a weekly slot, this one day."""

    id: UUID
    helper: UUID
    helper_name: str
    slot: str
    seat: int
    agreed_at: datetime
    since: date
    last_day: date | None
    has_ended: bool
    is_once: bool
    releases: dict[date, Released]

    @classmethod
    def of(cls, rows: list[Any]) -> Self:
        first = rows[0]
        same = {name: first[name] for name in _AS_THEY_ARE}
        return cls(
            id=first["commitment"],
            has_ended=first["ended_at"] is not None,
            is_once=first["ended_at"] == first["agreed_at"],
            releases={row["day"]: _released(row) for row in rows if row["release"]},
            **same,
        )

    def holds_on(self, day: date) -> bool:
        if day < self.since:
            return False
        return day <= self.last_day if self.last_day else not self.has_ended

    def comes_on(self, day: date) -> UUID:
        """Who sits there: the stand-in, or the helper, also when they cannot come and nobody does yet."""
        release = self.releases.get(day)
        return (release.covered_by if release else None) or self.helper

    def covered_on(self, day: date) -> bool:
        return day in self.releases and self.releases[day].covered_by is not None


_AS_THEY_ARE = ("helper", "helper_name", "slot", "seat", "agreed_at", "since", "last_day")


def held(rows: Iterable[Any]) -> list[Held]:
    """From rows of `HELD`, in the order of their commitments."""
    return [Held.of(list(same)) for _, same in groupby(rows, key=lambda row: row["commitment"])]


async def held_for(listing: UUID, first: date, last: date) -> list[Held]:
    """Everything that decides who comes to an ad from `first` to `last`. One query."""
    return held(await database.rows(f"SELECT {HELD} WHERE l.id = $1 ORDER BY k.id, r.day", listing, first, last))


def _released(row: Any) -> Released:
    return Released(row["release"], row["day"], row["covered_by"], row["covered_name"])
