"""A member's feed addresses stop working, and new ones take their place."""

from app import database
from app.database import transaction
from members.me import Me
from moderation import audit


async def renew_feed_addresses(me: Me) -> None:
    async with transaction():
        await database.execute("UPDATE member SET feeds_version = feeds_version + 1 WHERE id = $1", me.id)
        await audit.record("feeds.renewed", by=me.id, kind="member", subject=me.id)
