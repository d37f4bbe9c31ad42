"""A moderator takes a case for a quarter of an hour, so that no one else reads the same one meanwhile, gives it back,
or hands it over to another."""

from datetime import timedelta
from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.refusals import Refused
from members.me import Me
from moderation import audit
from moderation.cases.notes import add_note, worded
from moderation.desk.masking import masked
from notifications.notifying import notify
from notifications.topics import Topic

FOR = timedelta(minutes=15)
TAKEN = "Quelqu’un d’autre de l’équipe vient de prendre ce dossier."
CLOSED = "Ce dossier est déjà clos."
NOT_THEIRS = "Cette personne ne peut pas lire ce dossier\u202f: choisissez quelqu’un d’autre de la liste."


async def claim(case: asyncpg.Record, me: Me) -> None:
    """Takes the case, or takes it again for as long. Raises Refused when another holds it or when it is closed.

    A claim past its time binds nobody: no job has to undo it. A case handed over may be taken by anybody: who it was
    meant for may be away.
    """
    taken = await database.value(
        "UPDATE moderation_case c SET claimed_by = $2, claimed_until = now() + $3::interval, version = version + 1,"
        " handed_to = NULL"
        " WHERE id = $1 AND closed_at IS NULL AND NOT has_stake($2, c)"
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


async def colleagues_for(case: UUID, me: Me) -> list[tuple[UUID, str]]:
    """Who else of the team may judge it (scope, no stake): id and first name, in the order of names."""
    found = await database.rows(f"{_COLLEAGUES} ORDER BY m.first_name, m.id", case, me.id)
    return [(row["id"], row["first_name"]) for row in found]


async def hand_over(case: asyncpg.Record, to: UUID, words: str, me: Me) -> None:
    """Leaves the case to another of the team, who is told, with a note that says why. The same form sent twice is one
    hand-over. Raises Refused without a note, when it is not for them to judge, when a third person holds it and when it
    is closed."""
    said = worded(words)
    async with transaction():
        if not await database.value(f"SELECT EXISTS ({_COLLEAGUES} AND m.id = $3)", case["id"], me.id, to):
            raise Refused(NOT_THEIRS)
        # Locked by a statement of its own: one that waits goes on with what it saw of other tables before.
        await database.execute("SELECT FROM moderation_case WHERE id = $1 FOR NO KEY UPDATE", case["id"])
        if await database.value(_SAME_HAND_OVER, case["id"], me.id, to, said):
            return
        handed = await database.value(
            "UPDATE moderation_case c SET handed_to = $3, claimed_by = NULL, claimed_until = NULL,"
            " version = version + 1 WHERE id = $1 AND closed_at IS NULL AND NOT has_stake($3, c)"
            " AND (claimed_by IS NULL OR claimed_by = $2 OR claimed_until <= now()) RETURNING id",
            case["id"],
            me.id,
            to,
        )
        if handed is None:
            raise Refused(CLOSED if await _is_closed(case["id"]) else TAKEN)
        await add_note(case, said, me)
        await audit.record("case.handed_over", by=me.id, kind="case", subject=case["id"], to=str(to))
        title = await database.value("SELECT title FROM listing WHERE id = $1", case["listing"])
        path = f"/moderation/dossiers/{case['id']}"
        await notify(to, Topic.case_handed, thing=case["id"], about=masked(title), path=path)


async def _is_closed(case_id: UUID) -> bool:
    return bool(await database.value("SELECT closed_at IS NOT NULL FROM moderation_case WHERE id = $1", case_id))


_SAME_HAND_OVER = """
SELECT EXISTS (
    SELECT FROM moderation_case c JOIN LATERAL (
        SELECT by, words FROM case_note WHERE "case" = c.id ORDER BY id DESC LIMIT 1
    ) last ON last.by = $2 AND last.words = $4
    WHERE c.id = $1 AND c.handed_to = $3 AND c.closed_at IS NULL
)
"""
_COLLEAGUES = """
SELECT m.id, m.first_name FROM moderation_case c
JOIN role r ON r.kind = 'moderator'
    AND (cardinality(r.categories) = 0 OR c.category = ANY(r.categories))
    AND (cardinality(r.departments) = 0 OR c.department = ANY(r.departments))
JOIN member m ON m.id = r.member AND m.confirmed_at IS NOT NULL
    AND (m.suspended_until IS NULL OR m.suspended_until <= now())
WHERE c.id = $1 AND m.id <> $2 AND NOT has_stake(m.id, c)
"""
