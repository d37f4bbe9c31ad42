"""What is said under an ad, in the order of its threads, a page at a time."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import in_words, moment
from app.settings import PARIS
from listings.ad import Ad
from members.me import Me

SIZE = 20
QUOTED = 160
"""How many characters of what is quoted are shown."""
DELETED = "Message supprimé par son auteur."
NOT_SHOWN = "Ce message n’est plus visible."
"""The same for what was removed and for what a block hides, so that nobody can tell a block."""


class Place(NamedTuple):
    """Which page: the one before a reply, the one from a reply on, or the last."""

    before: int | None = None
    since: int | None = None


class Quote(msgspec.Struct, frozen=True):
    """`name` is empty when what was quoted is gone or hidden."""

    name: str
    text: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A reply as it stands under the ad. `trace` stands instead of words that are gone. `waits` and `is_held` are said
    to its author only."""

    id: int
    parent: int | None
    author: UUID
    name: str
    body: str
    trace: str
    quote: Quote | None
    said_at: datetime
    edited_at: datetime | None
    is_held: bool
    waits: bool
    is_mine: bool
    is_the_author: bool

    @property
    def at_text(self) -> str:
        return moment(self.said_at)

    @property
    def edited_text(self) -> str:
        return f"modifié le {in_words(self.edited_at.astimezone(PARIS).date())}" if self.edited_at else ""


class Thread(msgspec.Struct, frozen=True):
    """One page. `earlier` is the reply another page ends before, `later` the one another begins with."""

    said: tuple[Said, ...] = ()
    earlier: int | None = None
    later: int | None = None


FIRST = Place()


async def thread(ad: Ad, me: Me, place: Place = FIRST) -> Thread:
    """1 query, 1 more when a page begins inside a thread: what is answered there stands above it. From a reply of the
    last page on, that whole page is shown, after 1 query more: nothing is hidden that has room."""
    if place.since:
        found = await _rows(ad, me, f"{_KEY} >= ({_OF})", _KEY, place.since)
        if len(found) <= SIZE:
            return await thread(ad, me)
        shown, more, later = found[:SIZE], found[0]["has_earlier"], found[SIZE]["id"]
    else:
        bound = f"{_KEY} < ({_OF})" if place.before else "$4::bigint IS NULL"
        found = await _rows(ad, me, bound, _BACKWARDS, place.before)
        shown, later = found[SIZE - 1 :: -1], place.before
        more = any(row["id"] != shown[0]["parent"] for row in found[SIZE:])
    if not shown:
        return Thread() if place == FIRST else await thread(ad, me)
    whole = [*await _above(shown[0], ad, me), *shown]
    return Thread(tuple(_said(row, ad, me) for row in whole), shown[0]["id"] if more else None, later)


async def _above(first: asyncpg.Record, ad: Ad, me: Me) -> list[asyncpg.Record]:
    if first["parent"] is None:
        return []
    return await _rows(ad, me, "r.id = $4::bigint", "r.id", first["parent"])


async def _rows(ad: Ad, me: Me, which: str, order: str, of: int | None) -> list[asyncpg.Record]:
    return await database.rows(
        _REPLIES.format(which=which, order=order, size=SIZE + 2), ad.id, me.id, list(me.hidden), of
    )


_KEY = "(coalesce(r.parent, r.id), r.id)"
_BACKWARDS = "coalesce(r.parent, r.id) DESC, r.id DESC"
_OF = "SELECT coalesce(parent, id), id FROM reply WHERE id = $4::bigint AND listing = $1"


def _stands(reply: str) -> str:
    """Published, or the trace of it; held for its author only; never of whom a block hides."""
    return (
        f"({reply}.state IN ('published', 'deleted') OR ({reply}.state = 'held' AND {reply}.author = $2))"
        f" AND {reply}.author <> ALL($3::uuid[])"
    )


_REPLIES = f"""
SELECT r.id, r.parent, r.author, m.first_name, r.body, r.state, r.said_at, r.edited_at,
    {_stands("r")} AS is_shown, r.waiting_body IS NOT NULL AND r.author = $2 AS waits, r.quotes,
    CASE WHEN q.state = 'published' AND q.author <> ALL($3::uuid[]) THEN cited.first_name END AS quoted_name,
    left(q.body, {QUOTED} + 1) AS quoted_body,
    $4::bigint IS NOT NULL AND EXISTS (SELECT FROM reply e WHERE e.listing = $1 AND {_stands("e")}
        AND (coalesce(e.parent, e.id), e.id) < ({_OF}) AND e.id IS DISTINCT FROM r.parent) AS has_earlier
FROM reply r JOIN member m ON m.id = r.author
LEFT JOIN reply q ON q.id = r.quotes LEFT JOIN member cited ON cited.id = q.author
WHERE r.listing = $1 AND {{which}} AND ({_stands("r")} OR (r.parent IS NULL AND EXISTS (
    SELECT FROM reply c WHERE c.parent = r.id AND {_stands("c")})))
ORDER BY {{order}} LIMIT {{size}}
"""


def _said(row: asyncpg.Record, ad: Ad, me: Me) -> Said:
    trace = NOT_SHOWN if not row["is_shown"] else DELETED if row["state"] == "deleted" else ""
    return Said(
        id=row["id"],
        parent=row["parent"],
        author=row["author"],
        name=row["first_name"],
        body="" if trace else row["body"],
        trace=trace,
        quote=None if trace else _quote(row),
        said_at=row["said_at"],
        edited_at=row["edited_at"],
        is_held=row["state"] == "held",
        waits=row["waits"],
        is_mine=row["author"] == me.id,
        is_the_author=row["author"] == ad.author,
    )


def _quote(row: asyncpg.Record) -> Quote | None:
    if row["quotes"] is None:
        return None
    if row["quoted_name"] is None:
        return Quote("", NOT_SHOWN)
    words = row["quoted_body"]
    return Quote(row["quoted_name"], words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()}…")
