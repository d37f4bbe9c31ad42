"""The directory changed: a contact added, corrected, hidden, deleted; what can be found follows in the same
transaction."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec

from app import database
from app.database import transaction
from app.refusals import NotHere
from contacts.directory.documents import Contacts, document_id
from contacts.directory.reading import Content
from moderation import audit
from search.keeping import keep

_COLUMNS = {
    "kind": "varchar", "name": "varchar", "about": "text", "departments": "varchar[]", "communes": "varchar[]",
    "topics": "varchar[]", "commune": "varchar", "place": "text", "line": "varchar", "mail": "varchar", "url": "text",
    "body": "uuid", "is_shown": "bool", "checked_on": "date",
}  # fmt: skip
_NAMES = ", ".join(_COLUMNS)
_WRITE = f"""
INSERT INTO contact (id, import_key, {_NAMES}, changed_at)
SELECT id, import_key, {_NAMES}, clock_timestamp() FROM jsonb_to_recordset($1::text::jsonb)
    AS g(id uuid, import_key varchar, {", ".join(f"{name} {type}" for name, type in _COLUMNS.items())})
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)},
    changed_at = excluded.changed_at
"""
_WRITE_MEETINGS = """
INSERT INTO permanence (contact, weekday, starts, ends, place, by_appointment)
SELECT * FROM jsonb_to_recordset($1::text::jsonb)
    AS g(contact uuid, weekday smallint, starts time, ends time, place text, by_appointment bool)
"""
_WRITE_CLOSURES = """
INSERT INTO closed_days (contact, first, last, why)
SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS g(contact uuid, first date, last date, why varchar)
"""
AT_ONCE = 50
"""Contacts whose words are prepared for the search in one go: pages go on in between."""


async def add(content: Content, by: UUID | None, import_key: str | None = None, once: UUID | None = None) -> UUID:
    """A new one. `once` is drawn with the form, so that one sent twice is one contact."""
    made = uuid5(once, content.name) if once else uuid4()
    async with transaction():
        await database.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", str(made))
        if await database.value("SELECT TRUE FROM contact WHERE id = $1", made):
            return made
        await write({made: content}, {made: import_key} if import_key else {})
        await audit.record("contact.added", by=by, kind="contact", subject=made)
    return made


async def change(contact: UUID, content: Content, seen: datetime, by: UUID) -> bool:
    """False, and nothing changed, when somebody changed it since it was `seen`."""
    async with transaction():
        if not await database.value(
            "SELECT TRUE FROM contact WHERE id = $1 AND changed_at = $2 FOR UPDATE", contact, seen
        ):
            return False
        await write({contact: content})
        await audit.record("contact.changed", by=by, kind="contact", subject=contact)
        return True


async def show(contact: UUID, is_shown: bool, by: UUID) -> None:
    """Shows it to everybody, or hides it. Raises NotHere."""
    async with transaction():
        changed = await database.value(
            "UPDATE contact SET is_shown = $2, changed_at = clock_timestamp() WHERE id = $1 AND is_shown <> $2"
            " RETURNING TRUE",
            contact,
            is_shown,
        )
        if changed:
            await found_follows([contact])
            await audit.record(
                "contact.shown" if is_shown else "contact.hidden", by=by, kind="contact", subject=contact
            )
        elif not await database.value("SELECT TRUE FROM contact WHERE id = $1", contact):
            raise NotHere


async def delete(contact: UUID, by: UUID) -> None:
    """For good; by the same administrator a second time, nothing happens. Raises NotHere."""
    async with transaction():
        if not await database.value("DELETE FROM contact WHERE id = $1 RETURNING TRUE", contact):
            if await audit.has_done("contact.deleted", by=by, kind="contact", subject=contact):
                return
            raise NotHere
        await found_follows([contact])
        await audit.record("contact.deleted", by=by, kind="contact", subject=contact)


async def write(contents: Mapping[UUID, Content], keys: Mapping[UUID, str] = {}) -> None:
    """Adds those whose id is new, with their key in the administrators' file, and changes the others: in the caller's
    transaction."""
    rows = [
        {"id": id, "import_key": keys.get(id), **{name: getattr(content, name) for name in _COLUMNS}}
        for id, content in contents.items()
    ]
    await database.execute(_WRITE, _json(rows))
    await _write_times(contents)
    await found_follows(list(contents))


async def _write_times(contents: Mapping[UUID, Content]) -> None:
    ids = list(contents)
    await database.execute("DELETE FROM permanence WHERE contact = ANY($1)", ids)
    await database.execute("DELETE FROM closed_days WHERE contact = ANY($1)", ids)
    if meetings := [_of(id, one) for id, content in contents.items() for one in content.meetings]:
        await database.execute(_WRITE_MEETINGS, _json(meetings))
    if closures := [_of(id, one) for id, content in contents.items() for one in content.closures]:
        await database.execute(_WRITE_CLOSURES, _json(closures))


def _of(contact: UUID, one: msgspec.Struct) -> dict[str, Any]:
    return {"contact": contact, **{name: getattr(one, name) for name in one.__struct_fields__}}


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


async def found_follows(contacts: Sequence[UUID]) -> None:
    """What can be found of these is written again, in the caller's transaction."""
    for first in range(0, len(contacts), AT_ONCE):
        await keep(Contacts(), [document_id(one) for one in contacts[first : first + AT_ONCE]])
        await asyncio.sleep(0)


async def forget_past_closures() -> None:
    """Closed days long gone: nobody looks at them."""
    await database.execute("DELETE FROM closed_days WHERE last < current_date - 7")
