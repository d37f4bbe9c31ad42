"""Telling a member that something happened: in the app at once, and by an e-mail that says nothing of it."""

from datetime import timedelta
from uuid import UUID

from app import database, live
from app.jobs import defer
from app.pages import back_to
from notifications.jobs import look_for_news, mail_news, one_after_the_other
from notifications.topics import BY_EMAIL, READ_LIVE, Topic

TIME_TO_READ = timedelta(minutes=2)
"""Who is reading the conversation on screen needs no e-mail for each message of it."""


async def notify(member: UUID, topic: Topic, *, thing: UUID, about: str, path: str, times: int = 1) -> None:
    """Inside the caller's transaction. One row per member, topic and thing while it is unread: the next ones count up.
    Once read, the next one takes its place. `times` is how often it happened since it was last told.

    `about` is shown in the app only; `path` is a page of this site, else ValueError. To several members of one
    transaction: in the order of their ids, so that two writers never wait for each other.
    """
    if back_to(path) != path:
        raise ValueError(f"Not a path of this site: {path!r}")
    told = await database.row(
        """
        INSERT INTO notification AS n (member, topic, thing, about, path, times, first_at, last_at)
        VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp())
        ON CONFLICT (member, topic, thing) WHERE read_at IS NULL DO UPDATE
            SET times = n.times + excluded.times, last_at = excluded.last_at, about = excluded.about,
                path = excluded.path
        RETURNING id, times
        """,
        member,
        Topic(topic).value,
        thing,
        about,
        path,
        times,
    )
    if told and told["times"] == times:
        await _forget_read(member, topic, thing)
        if topic in BY_EMAIL:
            await _write_of_it(member, topic)
    await live.tell(live.Happened(to=member, what="badge"))


async def _write_of_it(member: UUID, topic: Topic) -> None:
    if topic in READ_LIVE:
        await defer(look_for_news, after=TIME_TO_READ, member=member)
    else:
        await defer(mail_news, lock=one_after_the_other(member), member=member)


async def _forget_read(member: UUID, topic: Topic, thing: UUID) -> None:
    """Else a conversation followed live would leave a line for each of its messages."""
    await database.execute(
        "DELETE FROM notification WHERE member = $1 AND topic = $2 AND thing = $3 AND read_at IS NOT NULL",
        member,
        Topic(topic).value,
        thing,
    )
