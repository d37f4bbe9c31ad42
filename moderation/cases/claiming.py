"""A moderator takes a case for a quarter of an hour, so that no one else reads the same one meanwhile."""

from datetime import timedelta
from uuid import UUID

import asyncpg

from app import database
from app.refusals import Refused
from members.me import Me

FOR = timedelta(minutes=15)
TAKEN = "Quelqu’un d’autre de l’équipe vient de prendre ce dossier."
CLOSED = "Ce dossier est déjà clos."


async def claim(case: asyncpg.Record, me: Me) -> None:
    """Takes the case, or takes it again for as long. Raises Refused when another holds it or when it is closed.

    A claim past its time binds nobody: no job has to undo it.
    """
    taken = await database.value(
        "UPDATE moderation_case SET claimed_by = $2, claimed_until = now() + $3::interval, version = version + 1"
        " WHERE id = $1 AND closed_at IS NULL"
        " AND (claimed_by IS NULL OR claimed_by = $2 OR claimed_until <= now()) RETURNING id",
        case["id"],
        me.id,
        FOR,
    )
    if taken is None:
        raise Refused(CLOSED if await _is_closed(case["id"]) else TAKEN)


async def release(case: asyncpg.Record, me: Me) -> None:
    """Gives the case back to the queue. Nothing happens when the claim is another's or over."""
    await database.execute(
        "UPDATE moderation_case SET claimed_by = NULL, claimed_until = NULL, version = version + 1"
        " WHERE id = $1 AND claimed_by = $2 AND closed_at IS NULL",
        case["id"],
        me.id,
    )


async def _is_closed(case_id: UUID) -> bool:
    return bool(await database.value("SELECT closed_at IS NOT NULL FROM moderation_case WHERE id = $1", case_id))
