"""An ad comes back after an appeal: as it was, with the time it was away."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

import asyncpg
import msgspec

from answers.asking import ask_those_on_the_list
from answers.settling import begin_anew
from app import database
from app.dates import now
from listings.content import Content
from listings.kinds import Category, Outcome, Status
from listings.life.one_home import has_another_home
from listings.life.steps import Step, move
from listings.life.term import expiry, given_back
from listings.market.selling import count_sale
from search.saved.matching import look_for_searches


class AdBefore(msgspec.Struct, frozen=True, kw_only=True):
    """What the life of an ad was at `at`; `stamp` tells the words it had then."""

    at: datetime
    status: Status
    outcome: Outcome | None
    closed_at: datetime | None
    submitted_at: datetime | None
    published_at: datetime | None
    expires_at: datetime | None
    renewed_at: datetime | None
    renewals: int
    set_aside_at: datetime | None
    stamp: int

    @classmethod
    def of(cls, row: asyncpg.Record, at: datetime) -> Self:
        """Takes a record of `SELECT * FROM listing`."""
        held = {name: row[name] for name in cls.__struct_fields__ if name not in ("at", "status", "outcome", "stamp")}
        outcome = Outcome(row["outcome"]) if row["outcome"] else None
        return cls(**held, at=at, status=Status(row["status"]), outcome=outcome, stamp=Content.of(row).stamp)


async def restore(listing: UUID, before: AdBefore) -> bool:
    """Inside a transaction, the ad held: removed → what it was; sent back → online again, if its author has not
    rewritten it since. False when there is nothing to give back. An ad whose own last day has passed meanwhile comes
    back as ended, or stays a draft; so does a home whose author has another by now.
    """
    row = await database.row("SELECT * FROM listing WHERE id = $1 FOR NO KEY UPDATE", listing)
    if row is None or not _may_come_back(row, before):
        return False
    await begin_anew(listing)  # what was agreed ended with the removal, and who was chosen then may answer again
    if before.status is Status.closed:
        return await _as_ended(listing, before.outcome, before.closed_at and before.closed_at + (now() - before.at))
    until = _until(Content.of(row), before)
    is_second = row["category"] == Category.home and await has_another_home(row["author"], listing)
    if is_second or until <= now():
        is_removed = row["status"] == Status.removed
        return is_removed and await _as_ended(listing, Outcome.expired, now())
    return await _online(listing, before, until)


def _may_come_back(row: asyncpg.Record, before: AdBefore) -> bool:
    if row["status"] == Status.draft:
        return Content.of(row).stamp == before.stamp
    return row["status"] == Status.removed


def _until(content: Content, before: AdBefore) -> datetime:
    """What was left of its life counts from today; one that waited for its first reader has a whole life before it."""
    if before.status not in (Status.published, Status.aside) or before.expires_at is None:
        return expiry(content)
    return given_back(content, before.expires_at, before.set_aside_at or before.at)


async def _online(listing: UUID, before: AdBefore, until: datetime) -> bool:
    kept: dict[str, Any] = {
        "submitted_at": before.submitted_at or now(),
        "published_at": before.published_at or now(),
        "renewed_at": before.renewed_at,
        "renewals": before.renewals,
    }
    restored = await move(listing, Step.restore, expires_at=until, **kept)
    await count_sale(listing)
    await ask_those_on_the_list(listing)
    await look_for_searches(listing, away_since=before.at if before.published_at else None)
    return restored is not None


async def _as_ended(listing: UUID, outcome: Outcome | None, closed_at: datetime | None) -> bool:
    ended = outcome or Outcome.expired
    return await move(listing, Step.restore_ended, outcome=ended.value, closed_at=closed_at or now()) is not None
