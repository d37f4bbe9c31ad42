"""A file of contacts on its way in: kept, shown for what it would change, brought in once; forgotten after a month."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from app import database
from app.csv_reading import lines_of, text_of
from app.database import transaction
from app.refusals import NotHere, Refused
from contacts.directory.importing.columns import COLUMNS
from contacts.directory.importing.comparing import Fate, Plan, Told, plan_of
from contacts.directory.keeping import write
from contacts.directory.reading import Content
from moderation import audit

LOCK = 0x636F6E74
AT_ONCE = 500
ALREADY = "Ce fichier est déjà importé : sa page montre ce qui a changé."
_TOLD = msgspec.json.Decoder(tuple[Told, ...])


class Import(msgspec.Struct, frozen=True):
    """`told` is of what would change or, once `applied_at`, of what did."""

    id: UUID
    sent_at: datetime
    applied_at: datetime | None
    told: tuple[Told, ...]

    @property
    def counts(self) -> dict[Fate, int]:
        found = Counter(one.fate for one in self.told)
        return {fate: found[fate] for fate in Fate}

    @property
    def brings(self) -> int:
        """How many contacts it adds or changes."""
        return self.counts[Fate.added] + self.counts[Fate.changed]


async def keep_file(sent: bytes, by: UUID) -> UUID:
    """Nothing is changed yet. Raises NotAFile."""
    text = text_of(sent)
    lines_of(text, COLUMNS)
    made: UUID = await database.value(
        "INSERT INTO contact_import (sent_by, written, sent_at) VALUES ($1, $2, now()) RETURNING id", by, text
    )
    return made


async def looked_at(import_id: UUID) -> Import:
    """Raises NotHere."""
    row = await _row(import_id)
    told = _TOLD.decode(row["report"]) if row["report"] else (await plan_of(row["written"])).told
    return Import(import_id, row["sent_at"], row["applied_at"], told)


async def bring_in(import_id: UUID, by: UUID) -> None:
    """All the lines that are not refused, in one transaction, as they stand against the directory of this moment.
    Raises NotHere, and Refused when it was brought in before."""
    async with transaction():
        await database.execute("SELECT pg_advisory_xact_lock($1)", LOCK)  # two files may bring the same key
        row = await _row(import_id)
        if row["applied_at"]:
            raise Refused(ALREADY)
        plan = await plan_of(row["written"])
        await _write(plan)
        await database.execute(
            "UPDATE contact_import SET applied_at = now(), report = $2 WHERE id = $1",
            import_id,
            msgspec.json.encode(plan.told).decode(),
        )
        counted = {"added": len(plan.added), "changed": len(plan.changed)}
        await audit.record("contacts.imported", by=by, kind="contact_import", subject=import_id, **counted)


async def _write(plan: Plan) -> None:
    keys = {uuid4(): key for key in plan.added}
    await _in_parts({id: plan.added[key] for id, key in keys.items()}, keys)
    await _in_parts(plan.changed, {})


async def _in_parts(contents: dict[UUID, Content], keys: dict[UUID, str]) -> None:
    ids = list(contents)
    for first in range(0, len(ids), AT_ONCE):
        part = ids[first : first + AT_ONCE]
        await write({id: contents[id] for id in part}, keys)


async def _row(import_id: UUID) -> Any:
    found = await database.row("SELECT * FROM contact_import WHERE id = $1", import_id)
    if found is None:
        raise NotHere
    return found


async def forget_old_imports() -> None:
    """After a month, files and what was told of them; the log keeps how many contacts they brought."""
    await database.execute("DELETE FROM contact_import WHERE sent_at < now() - interval '30 days'")
