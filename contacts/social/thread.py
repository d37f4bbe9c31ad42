"""The messages of a conversation, opened for who may read it, a page at a time."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from app import database, dates, live
from app.database import transaction
from contacts.social.access import Talk
from contacts.social.attaching import SentFile, files_of
from contacts.social.packets import SentPacket, packets_of
from contacts.social.saying import EVENT, EVENT_ICON, Event, place_of
from contacts.social.sealing import Unreadable, unseal
from notifications.reading import read_about

SIZE = 50
UNREADABLE = "Ce message ne peut pas être ouvert. Les personnes qui tiennent le site en sont averties."
log = logging.getLogger(__name__)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """`event` is a line of the site; `packet` the results it tells of."""

    id: int
    body: str
    mine: bool
    author: str
    sent_at: datetime
    event: Event | None
    files: Sequence[SentFile]
    packet: SentPacket | None
    is_read: bool

    @property
    def icon(self) -> str:
        return EVENT_ICON[self.event] if self.event else ""

    @property
    def at_text(self) -> str:
        return dates.hour_or_moment(self.sent_at)

    @property
    def at_iso(self) -> str:
        return self.sent_at.isoformat(timespec="seconds")


class Messages(NamedTuple):
    """Oldest first; `more` when others stand beyond this page."""

    shown: list[Message]
    more: bool

    @property
    def state(self) -> str:
        """What became of the last message, for the one who wrote it."""
        last = self.shown[-1] if self.shown else None
        return "" if last is None or not last.mine or last.event else "Lu" if last.is_read else "Envoyé"


async def latest(talk: Talk, before: int | None = None) -> Messages:
    """The last messages, or the last ones before a given id."""
    found = await database.rows(
        f"{_MESSAGES} AND m.id < coalesce($2::bigint, {database.LARGEST_ID}) ORDER BY m.id DESC LIMIT {SIZE + 1}",
        talk.id,
        before,
    )
    return await _read(talk, found[:SIZE][::-1], len(found) > SIZE)


async def since(talk: Talk, after: int) -> Messages:
    """The first messages after a given id."""
    found = await database.rows(f"{_MESSAGES} AND m.id > $2 ORDER BY m.id LIMIT {SIZE + 1}", talk.id, after)
    return await _read(talk, found[:SIZE], len(found) > SIZE)


async def mark_read(talk: Talk, messages: Messages) -> None:
    """What the other wrote and was shown counts as read; their open page hears of it. A worker who only looks at what
    waits has not answered for anybody: it stays unread."""
    if not messages.shown or not (talk.is_person or talk.worker == talk.reader):
        return
    async with transaction():
        read = await database.value(
            "WITH read AS (UPDATE social_message SET read_at = clock_timestamp() WHERE talk = $1 AND by_worker = $2"
            " AND id <= $3 AND read_at IS NULL AND event IS NULL RETURNING 1) SELECT count(*) FROM read",
            talk.id,
            talk.is_person,
            messages.shown[-1].id,
        )
        if talk.reader and (not talk.is_person or talk.member):
            await read_about(talk.reader, talk.id)
        other = talk.worker if talk.is_person else talk.member or talk.id
        if read and other:
            await live.tell(live.Happened(to=other, what="message", conversation=talk.id))


async def _read(talk: Talk, found: Sequence[asyncpg.Record], more: bool) -> Messages:
    has_packets = any(row["event"] == Event.packet for row in found)
    packets = await packets_of(talk.id) if has_packets else {}
    files = await files_of(talk.id, [row["id"] for row in found]) if found else {}
    return Messages([_message(talk, row, files, packets) for row in found], more)


def _message(
    talk: Talk, row: asyncpg.Record, files: dict[int, list[SentFile]], packets: dict[UUID, SentPacket]
) -> Message:
    return Message(
        id=row["id"],
        body=_words(talk, row),
        mine=row["by_worker"] != talk.is_person and (talk.is_person or row["worker"] == talk.reader),
        author=f"{row['first_name'] or 'Quelqu’un'}, service social" if row["by_worker"] else talk.person_name,
        sent_at=row["sent_at"],
        event=Event(row["event"]) if row["event"] else None,
        files=files.get(row["id"], ()),
        packet=packets.get(row["once"]) if row["event"] == Event.packet else None,
        is_read=row["read_at"] is not None,
    )


def _words(talk: Talk, row: asyncpg.Record) -> str:
    if row["event"]:
        return EVENT[Event(row["event"])].format(worker=row["first_name"] or "Une autre personne du service")
    try:
        return unseal(place_of(talk.id, row["once"], row["by_worker"]), row["sealed"]).decode()
    except Unreadable:
        log.error("social message %s cannot be opened: see docs/social-service.md", row["id"])
        return UNREADABLE


_MESSAGES = """
    SELECT m.id, m.by_worker, m.worker, m.event, m.sealed, m.sent_at, m.read_at, m.once, w.first_name
    FROM social_message m LEFT JOIN member w ON w.id = m.worker WHERE m.talk = $1
"""
