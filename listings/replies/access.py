"""The only ways to a public reply on someone's behalf. Not theirs and not there are the same answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.database import LARGEST_ID
from app.refusals import NotHere, Refused
from listings.access import visible_to
from listings.ad import Ad
from listings.kinds import Status
from members.visibility import not_blocked

ENDED = "Cette annonce n’est plus en ligne : ce qui est écrit dessous ne change plus."


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply with the ad it stands under. `name` is its author's; `version` grows with every change."""

    id: int
    ad: Ad
    author: UUID
    name: str
    parent: int | None
    body: str
    waiting_body: str | None
    refused_body: str | None
    state: str
    said_at: datetime
    version: int

    @property
    def thread(self) -> int:
        """The reply that begins the thread it stands in, itself perhaps."""
        return self.parent or self.id


async def answerable_reply(reply_id: FromPath[int], request: Request) -> Reply:
    """One that everybody who sees the ad may read and answer. Raises Refused once the ad is no longer online."""
    reply = await _found(reply_id, request, f"r.state = 'published' AND {not_blocked('r.author', '$2')}")
    return _online(reply)


async def own_reply(reply_id: FromPath[int], request: Request) -> Reply:
    """One that the person who asks wrote, in a state they may still change."""
    return await _found(reply_id, request, "r.author = $2 AND r.state IN ('published', 'held')")


async def own_reply_online(reply_id: FromPath[int], request: Request) -> Reply:
    return _online(await own_reply(reply_id, request))


def _online(reply: Reply) -> Reply:
    if reply.ad.status is not Status.published:
        raise Refused(ENDED)
    return reply


async def _found(reply_id: int, request: Request, which: str) -> Reply:
    """`which` is a condition on `reply r`; $2 is the person who asks."""
    visible, given = visible_to(request.user, first=2)
    row = 0 < reply_id <= LARGEST_ID and await database.row(
        f"SELECT listing.*, {_COLUMNS} FROM reply r JOIN listing ON listing.id = r.listing"
        f" JOIN member m ON m.id = r.author WHERE r.id = $1 AND {which} AND {visible}",
        reply_id,
        *given,
    )
    if not row:
        raise NotHere
    return _reply(row)


_NAMES = ("id", "author", "parent", "body", "waiting_body", "refused_body", "state", "said_at", "version")
_COLUMNS = ", ".join([*(f"r.{name} AS reply_{name}" for name in _NAMES), "m.first_name AS reply_name"])


def _reply(row: asyncpg.Record) -> Reply:
    held: dict[str, Any] = {name: row[f"reply_{name}"] for name in (*_NAMES, "name")}
    return Reply(ad=Ad.of(row), **held)
