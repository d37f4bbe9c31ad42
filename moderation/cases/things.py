"""What a case is about, as it stands now: for whoever judges it, tells of it or keeps it as evidence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from app import database
from listings.access import was_online
from listings.content import Content
from listings.paths import path_of
from moderation.cases.facts import facts_for_the_team
from moderation.cases.tables import CaseKind

BEFORE, AFTER = 3, 2
"""How many messages of a conversation are read with the one that was reported; of the others nobody learns."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A message of a conversation, beside or at the one that is judged."""

    name: str
    words: str
    at: datetime
    is_judged: bool


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """`title` is the ad's, `text` what is judged: of an ad its body, of a change the new one. `path` leads members to
    it, and `is_there` says whether others than its author read it there now. `around` is the few lines of a
    conversation a reported message stands in."""

    kind: CaseKind
    listing: UUID
    author: UUID
    title: str
    text: str
    path: str
    is_there: bool
    facts: tuple[tuple[str, str], ...] = ()
    photos: tuple[UUID, ...] = ()
    around: tuple[Line, ...] = ()


async def thing_of(case: UUID) -> Thing:
    """Of an appeal, what the contested decision was about. Raises LookupError when there is no such case."""
    row = await database.row(_THING, case)
    if row is None:
        raise LookupError(case)
    kind = CaseKind(row["of"])
    around = await _around(row["message"]) if kind is CaseKind.message else ()
    read = {"title": row["title"], **_READ[kind](row)}
    return Thing(kind=kind, listing=row["id"], author=row["writer"], around=around, **read)


def _listing(row: asyncpg.Record) -> dict[str, Any]:
    content = Content.of(row)
    return {
        "text": content.body,
        "path": path_of(row["category"], row["id"]),
        "is_there": row["was_online"],
        "facts": tuple(facts_for_the_team(content)),
        "photos": content.photos,
    }


def _edit(row: asyncpg.Record) -> dict[str, Any]:
    content = msgspec.json.decode(row["edit_content"], type=Content)
    return {
        "title": content.title,
        "text": content.body,
        "path": path_of(row["category"], row["id"]),
        "is_there": False,
        "facts": tuple(facts_for_the_team(content)),
        "photos": content.photos,
    }


def _reply(row: asyncpg.Record) -> dict[str, Any]:
    waiting = row["reply_waiting"]
    return {
        "text": waiting or row["reply_body"],
        "path": f"/annonces/{row['id']}?depuis={row['reply_thread']}#reponse-{row['reply']}",
        "is_there": row["reply_state"] == "published" and row["was_online"],
        "facts": (("En ligne aujourd’hui", row["reply_body"]),) if waiting else (),
    }


def _thanks(row: asyncpg.Record) -> dict[str, Any]:
    line = row["thanks_line"]
    return {
        "text": row["thanks_body"],
        "path": "/mercis",
        "is_there": row["thanks_state"] == "published",
        "facts": (("Aux modérateurs seulement", line),) if line else (),
    }


def _message(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "text": row["message_body"],
        "path": f"/messages/{row['conversation']}",
        "is_there": row["message_is_read"],
    }


def _gone(row: asyncpg.Record) -> dict[str, Any]:
    """An appeal whose row is not written yet."""
    return {"text": "", "path": path_of(row["category"], row["id"]), "is_there": False}


_READ: dict[CaseKind, Callable[[asyncpg.Record], dict[str, Any]]] = {
    CaseKind.listing: _listing,
    CaseKind.edit: _edit,
    CaseKind.reply: _reply,
    CaseKind.thanks: _thanks,
    CaseKind.message: _message,
    CaseKind.appeal: _gone,
}
_THING = f"""
SELECT l.*, {was_online("l")} AS was_online, c.kind AS of, c.author AS writer, e.content AS edit_content,
    c.reply, r.body AS reply_body, r.waiting_body AS reply_waiting, r.state AS reply_state,
    coalesce(r.parent, r.id) AS reply_thread,
    t.body AS thanks_body, t.private_line AS thanks_line, t.state AS thanks_state,
    c.message, m.body AS message_body, m.conversation, m.withheld_at IS NULL AS message_is_read
FROM moderation_case c JOIN listing l ON l.id = c.listing
LEFT JOIN listing_edit e ON e.id = c.edit
LEFT JOIN reply r ON r.id = c.reply
LEFT JOIN thanks t ON t.id = c.thanks
LEFT JOIN message m ON m.id = c.message
WHERE c.id = coalesce(
    (SELECT d."case" FROM appeal a JOIN decision d ON d.id = a.decision WHERE a."case" = $1::uuid), $1::uuid)
"""


async def _around(message: int) -> tuple[Line, ...]:
    """What the site itself said between them (chosen, withdrawn) is left out."""
    found = await database.rows(
        f"""
        WITH judged AS (SELECT id, conversation FROM message WHERE id = $1)
        SELECT near.id = $1 AS is_judged, near.body AS words, near.sent_at AS at, s.first_name AS name FROM (
            (SELECT m.* FROM message m, judged j WHERE m.conversation = j.conversation AND m.id <= j.id
                AND (m.event IS NULL OR m.id = j.id) ORDER BY m.id DESC LIMIT {BEFORE + 1})
            UNION ALL
            (SELECT m.* FROM message m, judged j WHERE m.conversation = j.conversation AND m.id > j.id
                AND m.event IS NULL ORDER BY m.id LIMIT {AFTER})
        ) near JOIN member s ON s.id = near.sender ORDER BY near.id
        """,
        message,
    )
    return tuple(Line(**row) for row in found)
