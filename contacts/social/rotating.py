"""Changing the key of conversations: everything sealed is sealed again with the first one, so that the last may go."""

from typing import NamedTuple
from uuid import UUID

from app import database
from app.database import transaction
from contacts.social.sealing import Unreadable, opened, resealed

SEALED: tuple[tuple[str, str, int | UUID], ...] = (
    ("social_message", "sealed", 0),
    ("social_file", "sealed_name", UUID(int=0)),
    ("social_file", "sealed", UUID(int=0)),
    ("social_packet", "sealed", UUID(int=0)),
)
"""Table, column, and what comes before every id."""
AT_ONCE = 50
A_SAMPLE = 20


class Rotated(NamedTuple):
    """How many were sealed again, were already, or cannot be opened; `unreadable` names some of these rows."""

    resealed: int
    already: int
    unreadable: list[str]


async def rotate() -> Rotated:
    """In batches, each its own transaction: stopped half-way, it goes on where there is something left to do."""
    done, already, unreadable = 0, 0, []
    for table, column, last in SEALED:
        while batch := await database.rows(_BATCH.format(table=table, column=column), last, AT_ONCE):
            async with transaction():
                for row in batch:
                    try:
                        new = resealed(row["sealed"])
                    except Unreadable:
                        unreadable.append(f"{table}.{column} {row['id']}")
                        continue
                    done, already = (done + 1, already) if new else (done, already + 1)
                    if new:
                        await _replace(table, column, row["id"], row["sealed"], new)
            last = batch[-1]["id"]
    return Rotated(done, already, unreadable)


async def unopened() -> tuple[int, int]:
    """Of the oldest and the newest of each kind, how many were tried, and how many no key opens."""
    tried = failed = 0
    for table, column, _ in SEALED:
        for row in await database.rows(_SAMPLE.format(table=table, column=column, some=A_SAMPLE)):
            tried += 1
            try:
                opened(row["sealed"])
            except Unreadable:
                failed += 1
    return tried, failed


async def _replace(table: str, column: str, id: object, old: bytes, new: bytes) -> None:
    """Not what was withdrawn meanwhile."""
    await database.execute(
        f"UPDATE {table} SET {column} = $2 WHERE id = $1 AND {column} = $3",
        id,
        new,
        old,
    )


_BATCH = "SELECT id, {column} AS sealed FROM {table} WHERE {column} IS NOT NULL AND id > $1 ORDER BY id LIMIT $2"
_SAMPLE = (
    "(SELECT {column} AS sealed FROM {table} WHERE {column} IS NOT NULL ORDER BY id LIMIT {some})"
    " UNION ALL (SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY id DESC LIMIT {some})"
)
