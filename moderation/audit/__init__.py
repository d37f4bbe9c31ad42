"""The log of who did what. Written in the transaction of the change; the database refuses to alter it."""

from uuid import UUID

import msgspec

from app import database


async def record(
    action: str, *, by: UUID | None, kind: str, subject: UUID | int | str, **facts: str | int | None
) -> None:
    """`by` is None for the site itself. `facts` never hold what a person wrote, only what was done."""
    await database.execute(
        "INSERT INTO audit_entry (at, actor, action, subject_kind, subject, facts)"
        " VALUES (clock_timestamp(), $1, $2, $3, $4, $5::text::jsonb)",
        by,
        action,
        kind,
        str(subject),
        msgspec.json.encode(facts).decode(),
    )
