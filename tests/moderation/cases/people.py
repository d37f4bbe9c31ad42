"""The cast as the functions of cases ask for them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app import database
from members.me import Me
from members.tables import Member, Role
from tests.helpers.talks import answered


def as_me(member: Member, **given: Any) -> Me:
    """A moderator of everything, unless said otherwise."""
    return Me(
        **{
            "id": member.id,
            "session": uuid4(),
            "first_name": member.first_name,
            "commune": member.commune,
            "is_trusted": True,
            "is_moderator": True,
            "is_administrator": False,
            "categories": (),
            "departments": (),
            "unread_messages": 0,
            "unread_notifications": 0,
            **given,
        }
    )


async def moderating(member: Member) -> Member:
    await Role(member=member.id, kind="moderator", granted_at=datetime.now(UTC)).save()
    return member


async def the_case(case: UUID) -> asyncpg.Record:
    found = await database.row("SELECT * FROM moderation_case WHERE id = $1", case)
    assert found is not None
    return found


async def talk(listing: UUID, author: Member, helper: Member, *words: str) -> list[int]:
    """A conversation about an ad, its helper first and then in turn; the numbers of its messages."""
    conversation = await answered(listing, helper.id, words[0])
    for number, said in enumerate(words[1:], start=1):
        await database.execute(
            "INSERT INTO message (conversation, sender, body, sent_at, once)"
            " VALUES ($1, $2, $3, clock_timestamp(), gen_random_uuid())",
            conversation,
            (helper, author)[number % 2].id,
            said,
        )
    found = await database.rows(
        "SELECT id FROM message WHERE conversation = $1 AND event IS NULL ORDER BY id", conversation
    )
    return [message["id"] for message in found]


async def somebody_waits() -> bool:
    """For a lock, anywhere in the database of this run."""
    return await database.value(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
    )
