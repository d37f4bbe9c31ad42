"""The conversations of a member: those with something to read first, then the latest."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from app import dates, paging
from app.database import rows
from members.visibility import not_blocked
from messaging.access import TITLE
from messaging.thread import READ

# The row's key is (has unread, last message, id); the last message of only one page is looked up for each row.
_PAGE = f"""
    WITH page AS (
        SELECT c.id, c.listing, c.author, c.helper, c.last_message_at, r.unread
        FROM conversation c JOIN reading r ON r.conversation = c.id AND r.member = $2
        WHERE $2 IN (c.author, c.helper) AND {not_blocked("c.author", "c.helper")}
            AND ($3::timestamptz IS NULL OR (r.unread > 0, c.last_message_at, c.id) < ($1::bool, $3, $4::uuid))
        ORDER BY r.unread > 0 DESC, c.last_message_at DESC, c.id DESC
        LIMIT {paging.SIZE + 1}
    )
    SELECT page.id, page.last_message_at, page.unread, {TITLE} AS title, l.category, o.first_name AS other_name,
        last.sender = $2 AND last.event IS NULL AS last_is_mine, last.excerpt
    FROM page
    JOIN listing l ON l.id = page.listing
    JOIN member o ON o.id = CASE WHEN page.author = $2 THEN page.helper ELSE page.author END
    CROSS JOIN LATERAL (
        SELECT sender, event, left({READ}, 160) AS excerpt FROM message m
        WHERE conversation = page.id ORDER BY id DESC LIMIT 1
    ) last
    ORDER BY page.unread > 0 DESC, page.last_message_at DESC, page.id DESC
"""


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list."""

    id: UUID
    title: str
    category: str
    other_name: str
    unread: int
    last_is_mine: bool
    excerpt: str
    last_message_at: datetime

    @property
    def path(self) -> str:
        return f"/messages/{self.id}"

    @property
    def at_text(self) -> str:
        return dates.lately(self.last_message_at)

    @property
    def at_iso(self) -> str:
        return self.last_message_at.isoformat(timespec="seconds")


class Inbox(NamedTuple):
    talks: list[Talk]
    older_url: str | None


async def inbox(member: UUID, after: paging.After | None, among_unread: bool) -> Inbox:
    """One page. `after` is the last line of the page before it, `among_unread` whether that one had unread messages."""
    found = await rows(_PAGE, among_unread, member, after.at if after else None, after.id if after else None)
    talks = [Talk(**row) for row in found[: paging.SIZE]]
    return Inbox(talks, _after(talks[-1]) if len(found) > paging.SIZE else None)


def _after(talk: Talk) -> str:
    place = paging.address(paging.After(talk.last_message_at, talk.id))
    return f"/messages?apres={place}{'&nonlus=1' if talk.unread else ''}"
