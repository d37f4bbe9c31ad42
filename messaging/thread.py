"""The messages of one conversation, a page at a time."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from app import database, dates
from messaging.tables import Event

SIZE = 50
WITHHELD = "Ce message a été retiré par l’équipe."
READ = f"""CASE WHEN m.withheld_at IS NOT NULL AND (m.sender <> $2 OR m.body = '') THEN '{WITHHELD}'
    WHEN m.sender = $2 THEN coalesce(m.own_words, m.body) ELSE m.body END"""
"""What $2 reads of a message `m`: an event is told to each from their side. Of one that moderation removed only its
sender reads the words, as long as they are kept."""
ICON = {
    Event.chosen: "user-check",
    Event.declined: "message-circle",
    Event.listed: "list-ordered",
    Event.asked: "hand-heart",
    Event.withdrawn: "undo-2",
    Event.released: "calendar",
    Event.covered: "calendar",
    Event.closed: "circle-check",
}


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """As the `bubble` macro shows it; `is_withheld` is one that moderation removed."""

    id: int
    body: str
    mine: bool
    author: str
    sent_at: datetime
    event: str | None = None
    is_withheld: bool = False

    @property
    def note(self) -> str:
        """Under their own words, for who wrote them."""
        return "Retiré par l’équipe" if self.is_withheld and self.mine and self.body != WITHHELD else ""

    @property
    def icon(self) -> str:
        """Of an event."""
        return ICON[Event(self.event)] if self.event else ""

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


async def latest(conversation: UUID, member: UUID, before: int | None = None) -> Messages:
    """The last messages, or the last ones before a given id."""
    found = await database.rows(
        f"{_MESSAGES} WHERE conversation = $1 AND m.id < coalesce($3::bigint, {database.LARGEST_ID})"
        f" ORDER BY m.id DESC LIMIT {SIZE + 1}",
        conversation,
        member,
        before,
    )
    return Messages(_read(reversed(found[:SIZE])), len(found) > SIZE)


async def since(conversation: UUID, member: UUID, after: int) -> Messages:
    """The first messages after a given id."""
    found = await database.rows(
        f"{_MESSAGES} WHERE conversation = $1 AND m.id > $3 ORDER BY m.id LIMIT {SIZE + 1}", conversation, member, after
    )
    return Messages(_read(found[:SIZE]), len(found) > SIZE)


_MESSAGES = f"""
    SELECT m.id, {READ} AS body, m.sender = $2 AS mine, s.first_name AS author, m.sent_at, m.event,
        m.withheld_at IS NOT NULL AS is_withheld
    FROM message m JOIN member s ON s.id = m.sender
"""


def _read(found: Iterable[Mapping[str, Any]]) -> list[Message]:
    return [Message(**row) for row in found]
