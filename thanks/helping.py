"""Who helped whom, as the author of an ad says it when it is settled."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.jobs import defer
from listings.kinds import Category, Deal, Kind
from members.me import Me
from members.visibility import not_blocked
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic
from search.jobs import follow_author

SERVICES = frozenset(
    {Category.childcare, Category.school_run, Category.pet_care, Category.helping_hand, Category.rides}
)
"""Exchanges of service: two people met, and neither reads the other's word before writing their own."""
MOST = 99


def author_helps(kind: str | None, deal: str | None) -> bool:
    """Whether it is the ad's author who helps those who answer: an offer, a gift, a loan, a sale."""
    return deal in (Deal.give, Deal.lend, Deal.sell) or (deal is None and kind == Kind.offer)


async def record_helped(listing: UUID, by: Me, members: Sequence[UUID]) -> None:
    """Keeps that `members` helped the author of this ad (or were helped, when the ad is an offer), once each, counts
    it on the helpers' line and invites them to write a word. Selling is no help: it counts on nobody's line.

    `by` is the ad's author; whoever else asks changes nothing, and so does naming somebody who never answered. The
    caller holds the ad's row.
    """
    others = sorted(set(members) - {by.id})[:MOST]
    async with transaction():
        ad = await database.row("SELECT * FROM listing WHERE id = $1 AND author = $2", listing, by.id)
        if ad is None or not others:
            return
        pairs = [(by.id, other) if author_helps(ad["kind"], ad["deal"]) else (other, by.id) for other in others]
        added = await database.rows(
            _ADD,
            listing,
            [helper for helper, _ in pairs],
            [helped for _, helped in pairs],
            ad["title"],
            Category(ad["category"]) in SERVICES,
            ad["deal"] == Deal.sell,
        )
        await _count_again({row["helper"] for row in added})
        await _invite(added, by.id)
        if added:
            await audit.record("help.recorded", by=by.id, kind="listing", subject=listing, people=len(added))


class Stayed(NamedTuple):
    """`host` lent `home` to `guest`, who stayed there."""

    home: UUID
    host: UUID
    guest: UUID


async def record_stays(stays: Iterable[Stayed]) -> None:
    """Inside the caller's transaction: guest and host may each write a word, and neither reads the other's before. Once
    for the same two people and home; nothing between those whom a block keeps apart."""
    found = [await database.row(_ADD_STAY, *stay) for stay in stays]
    added = [row for row in found if row]
    await _count_again({row["helper"] for row in added})
    news = [(member, row) for row in added for member in (row["helper"], row["helped"])]
    for member, row in sorted(news, key=itemgetter(0)):
        await notify(
            member, Topic.thanks_to_write, thing=row["id"], about=row["about"], path=f"/mercis/ecrire/{row['id']}"
        )


async def _count_again(helpers: set[UUID]) -> None:
    """Each helper's row is held first, so that two ads ended at once count one after the other."""
    for helper in sorted(helpers):
        await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", helper)
        await database.execute(
            "UPDATE member SET families_helped = (SELECT count(DISTINCT helped) FROM help WHERE helper = $1"
            " AND NOT is_sale) WHERE id = $1",
            helper,
        )
        # Later: their ads may be those of somebody who is just naming the author of this one.
        await defer(follow_author, author=helper)


async def _invite(added: Sequence[asyncpg.Record], author: UUID) -> None:
    others = {row["helped"] if row["helper"] == author else row["helper"]: row for row in added}
    for other, row in sorted(others.items()):
        await notify(
            other, Topic.thanks_to_write, thing=row["id"], about=row["about"], path=f"/mercis/ecrire/{row['id']}"
        )


_ADD = f"""
INSERT INTO help (listing, helper, helped, about, is_service, is_sale, at)
SELECT $1, pair.helper, pair.helped, $4, $5, $6, clock_timestamp()
FROM unnest($2::uuid[], $3::uuid[]) AS pair(helper, helped)
JOIN conversation c ON c.listing = $1 AND (pair.helper, pair.helped) IN ((c.author, c.helper), (c.helper, c.author))
WHERE {not_blocked("pair.helper", "pair.helped")}
ON CONFLICT (listing, helper, helped) DO NOTHING RETURNING id, helper, helped, about
"""
_ADD_STAY = f"""
INSERT INTO help (listing, helper, helped, about, is_service, is_sale, at)
SELECT l.id, $2::uuid, $3::uuid, l.title, TRUE, FALSE, clock_timestamp() FROM listing l
WHERE l.id = $1 AND l.status <> 'removed' AND {not_blocked("$2::uuid", "$3::uuid")}
ON CONFLICT (listing, helper, helped) DO NOTHING RETURNING id, helper, helped, about
"""
