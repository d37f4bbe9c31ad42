"""The administrators' list: by name, or those not checked for long, the oldest first; pages by key."""

from enum import StrEnum
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import today
from contacts.directory.reading import CHECKED_FOR

SIZE = 25


class Which(StrEnum):
    all = ""
    unchecked = "a-verifier"
    hidden = "cachees"


class Shelf(msgspec.Struct, frozen=True):
    """One page; `next` is the contact the following one starts after."""

    contacts: list[asyncpg.Record]
    next: UUID | None


async def shelf(named: str = "", which: Which = Which.all, after: UUID | None = None) -> Shelf:
    """Those whose name contains these words. An unknown `after` starts at the top."""
    key, first = ("checked_on", "'-infinity'::date") if which is Which.unchecked else ("folded", "''")
    found = await database.rows(
        f"""
        SELECT id, name, kind, departments, communes, is_shown, checked_on, checked_on < $3 AS needs_check FROM contact
        WHERE ($1 = '' OR strpos(folded, folded_name($1)) > 0) AND {_KEPT[which]}
        AND ({key}, id) > (
            coalesce((SELECT {key} FROM contact WHERE id = $2), {first}),
            coalesce((SELECT id FROM contact WHERE id = $2), '{UUID(int=0)}'))
        ORDER BY {key}, id LIMIT {SIZE + 1}
        """,
        named,
        after,
        today() - CHECKED_FOR,
    )
    kept = found[:SIZE]
    return Shelf(kept, kept[-1]["id"] if len(found) > SIZE else None)


_KEPT = {Which.all: "TRUE", Which.unchecked: "checked_on < $3", Which.hidden: "NOT is_shown"}


async def how_many_unchecked() -> int:
    return await database.value("SELECT count(*) FROM contact WHERE checked_on < $1", today() - CHECKED_FOR)
