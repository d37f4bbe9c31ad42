"""News do not stay for ever, and what was not read stays longer."""

from uuid import uuid4

from app import database
from notifications.forgetting import forget_old_news
from notifications.notifying import notify
from notifications.topics import Topic


async def _told(member, name: str, *, ago: str, read: str | None = None) -> None:
    await notify(member.id, Topic.new_reply, thing=uuid4(), about=name, path="/mes-annonces")
    await database.execute(
        "UPDATE notification SET first_at = now() - $2::text::interval, last_at = now() - $2::text::interval,"
        " read_at = now() - $3::text::interval WHERE about = $1",
        name,
        ago,
        read,
    )


async def test_what_was_read_goes_after_90_days_and_what_was_not_after_a_year(anne):
    await _told(anne, "read long ago", ago="200 days", read="91 days")
    await _told(anne, "read lately", ago="200 days", read="89 days")
    await _told(anne, "unread for months", ago="360 days")
    await _told(anne, "unread for ever", ago="367 days")

    for _ in range(2):
        await forget_old_news()
        kept = await database.value("SELECT array_agg(about ORDER BY about) FROM notification")
        assert kept == ["read lately", "unread for months"]
