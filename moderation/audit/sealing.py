"""The chain grows: entries are sealed soon after they are committed, by one sealer at a time, and nobody waits for it.

Those who write only add their entry. The sealer follows in batches; killed in the middle, the next one goes on where
the last whole batch ended. Where it stands is what is in the table: nothing else remembers it.
"""

from collections.abc import Iterable

import asyncpg
import msgspec

from app import database
from app.database import transaction
from app.dates import now
from moderation.audit.canonical import COLUMNS, FIRST, sealed

LOCK = 0x5EA1
"""Of the sealer, in PostgreSQL's advisory locks."""
AT_ONCE = 2_000
LATE = 20_000
"""How many entries may be numbered while a transaction that wrote one is still open, for the frequent run to find it
afterwards without reading the whole log; a run with `everything` finds any."""


class Head(msgspec.Struct, frozen=True):
    """Where the chain ends: 0 and zeros before the first seal."""

    position: int = 0
    digest: bytes = FIRST

    def __str__(self) -> str:
        return f"{self.position}:{self.digest.hex()}"


async def head() -> Head:
    found = await database.row("SELECT position, digest FROM audit_seal ORDER BY position DESC LIMIT 1")
    return Head(found["position"], found["digest"]) if found else Head()


async def seal(*, everything: bool = False) -> int:
    """Seals what is not sealed yet; says how much. Again it does nothing, and of two at once one does it all. With
    `everything` also what a very long transaction wrote, by looking through the whole log."""
    many, since = 0, None if everything else await _since()
    while number := await _seal_some(since):
        many += number
    return many


async def _since() -> int:
    return max(0, await database.value("SELECT coalesce(max(entry), 0) FROM audit_seal") - LATE)


async def _seal_some(since: int | None) -> int:
    async with transaction():
        if not await database.value("SELECT pg_try_advisory_xact_lock($1)", LOCK):
            return 0
        entries = await database.rows(_UNSEALED, since or 0, AT_ONCE)
        if entries:
            await _write(await head(), entries)
        return len(entries)


async def _write(last: Head, entries: Iterable[asyncpg.Record]) -> None:
    links, digest = [], last.digest
    for entry in entries:
        digest = sealed(digest, entry)
        links.append((entry["id"], digest))
    await database.execute(
        "INSERT INTO audit_seal (position, entry, digest, sealed_at)"
        " SELECT $1 + nth, entry, digest, $4 FROM unnest($2::bigint[], $3::bytea[])"
        " WITH ORDINALITY AS link (entry, digest, nth)",
        last.position,
        [entry for entry, _ in links],
        [digest for _, digest in links],
        now(),
    )


_UNSEALED = f"""
SELECT {COLUMNS} FROM audit_entry e
WHERE e.id > $1 AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry = e.id)
ORDER BY e.id LIMIT $2
"""


async def unsealed() -> int:
    """How many recent entries wait for their seal."""
    return await database.value(f"SELECT count(*) FROM ({_UNSEALED}) waiting", await _since(), LATE)
