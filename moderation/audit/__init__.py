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


async def has_ever_done(action: str, *, by: UUID) -> bool:
    return await database.value("SELECT EXISTS (SELECT FROM audit_entry WHERE actor = $1 AND action = $2)", by, action)


async def last_to_do(*actions: str, kind: str, subject: UUID) -> UUID | None:
    """Who did one of these last."""
    actor: UUID | None = await database.value(
        "SELECT actor FROM audit_entry WHERE subject_kind = $1 AND subject = $2 AND action = ANY($3::varchar[])"
        " ORDER BY id DESC LIMIT 1",
        kind,
        str(subject),
        list(actions),
    )
    return actor


async def has_done(action: str, *, by: UUID, kind: str, subject: UUID) -> bool:
    """Whether this person did this before: also of what is gone since."""
    return await database.value(
        "SELECT EXISTS (SELECT FROM audit_entry WHERE subject_kind = $1 AND subject = $2 AND action = $3"
        " AND actor = $4)",
        kind,
        str(subject),
        action,
        by,
    )
