"""Reading notifications: the list, opening one, putting all of them behind."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from app import database, dates, live, paging
from app.database import LARGEST_ID, transaction
from app.refusals import NotHere
from notifications.topics import ICONS, Topic, in_words

GONE = "Cette notification n’est plus là : une plus récente l’a remplacée, ou elle est trop ancienne."


class News(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list. `category` is that of the ad, the home or the offer it speaks of, if that is there."""

    id: int
    topic: str
    about: str
    category: str | None
    times: int
    last_at: datetime
    is_unread: bool

    @property
    def sentence(self) -> str:
        return in_words(Topic(self.topic), self.times, self.category)

    @property
    def icon(self) -> str:
        return ICONS[Topic(self.topic)]

    @property
    def at_text(self) -> str:
        return dates.lately(self.last_at)

    @property
    def at_iso(self) -> str:
        return self.last_at.isoformat(timespec="seconds")


class NewsGone(NotHere):
    """A later one took its place, or it is too old."""

    leads_to = ("/notifications", "Revenir aux notifications")


class Board(NamedTuple):
    news: list[News]
    older_url: str | None


async def board(member: UUID, after: paging.After | None) -> Board:
    """One page of what the member was told, the latest first. An address carries the row's number as a UUID."""
    found = await database.rows(
        f"""
        SELECT id, topic, about, times, last_at, read_at IS NULL AS is_unread,
            (SELECT category FROM listing WHERE listing.id = thing) AS category FROM notification
        WHERE member = $1 AND ($2::timestamptz IS NULL OR (last_at, id) < ($2, $3::bigint))
        ORDER BY last_at DESC, id DESC LIMIT {paging.SIZE + 1}
        """,
        member,
        after.at if after else None,
        min(after.id.int, LARGEST_ID) if after else None,
    )
    news = [News(**row) for row in found[: paging.SIZE]]
    return Board(news, _after(news[-1]) if len(found) > paging.SIZE else None)


def _after(news: News) -> str:
    return f"/notifications?apres={paging.address(paging.After(news.last_at, UUID(int=news.id)))}"


async def open_one(id: int, member: UUID) -> str:
    """Marks it as read and returns the path of what it speaks of. Raises NewsGone, also for another's."""
    async with transaction():
        path = await database.value(
            "UPDATE notification SET read_at = coalesce(read_at, clock_timestamp()) WHERE id = $1 AND member = $2"
            " RETURNING path",
            id,
            member,
        )
        if path is None:
            raise NewsGone(GONE)
        await live.tell(live.Happened(to=member, what="badge"))
    return path


async def read_all(member: UUID) -> None:
    async with transaction():
        await database.execute(
            "UPDATE notification SET read_at = clock_timestamp() WHERE member = $1 AND read_at IS NULL", member
        )
        await live.tell(live.Happened(to=member, what="badge"))


async def read_about(member: UUID, thing: UUID, topic: Topic | None = None) -> int:
    """Inside a transaction: the thing itself was read, or what one topic says of it. Returns how many notifications
    that settles."""
    settled = await database.rows(
        "UPDATE notification SET read_at = clock_timestamp()"
        " WHERE member = $1 AND thing = $2 AND topic = coalesce($3, topic) AND read_at IS NULL RETURNING id",
        member,
        thing,
        topic and topic.value,
    )
    return len(settled)
