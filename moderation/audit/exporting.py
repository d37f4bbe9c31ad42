"""The log in a file: JSON lines with the seal of each entry, or CSV; read a thousand entries at a time."""

import csv
import io
import json
from collections.abc import AsyncIterator

import asyncpg

from app import database
from app.csv_writing import harmless
from moderation.audit.canonical import COLUMNS, as_told
from moderation.audit.looking import Search, condition

AT_ONCE = 1_000
MOST = 100_000
"""Entries in one file made by a page."""
HEADINGS = ("id", "at", "actor", "action", "subject_kind", "subject", "facts", "position", "digest")


async def entries(search: Search, most: int | None = None) -> AsyncIterator[asyncpg.Record]:
    """The entries that were looked for, oldest first, each with its seal if it has one."""
    after, left = 0, most
    where, given = await condition(search, first=3)
    while left is None or left > 0:
        some = await database.rows(_ENTRIES.format(where=where), after, min(AT_ONCE, left or AT_ONCE), *given)
        for entry in some:
            yield entry
        if not some:
            return
        after, left = some[-1]["id"], None if left is None else left - len(some)


async def as_json_lines(search: Search, most: int | None = None) -> AsyncIterator[str]:
    async for entry in entries(search, most):
        yield json.dumps(_with_seal(entry), ensure_ascii=False) + "\n"


async def as_csv(search: Search, most: int | None = None) -> AsyncIterator[str]:
    yield _line(HEADINGS)
    async for entry in entries(search, most):
        told = _with_seal(entry)
        facts = json.dumps(told["facts"], ensure_ascii=False) if told["facts"] else ""
        yield _line([harmless(one) if isinstance(one, str) else one for one in {**told, "facts": facts}.values()])


def _with_seal(entry: asyncpg.Record) -> dict[str, object]:
    digest = entry["digest"]
    return {**as_told(entry), "position": entry["position"], "digest": digest.hex() if digest else None}


def _line(cells: object) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)  # type: ignore[arg-type]
    return line.getvalue()


_ENTRIES = f"""
SELECT {COLUMNS}, s.position, s.digest FROM audit_entry e LEFT JOIN audit_seal s ON s.entry = e.id
WHERE e.id > $1 AND {{where}} ORDER BY e.id LIMIT $2
"""
