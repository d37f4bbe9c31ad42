"""A reporter's appeal was upheld: what had been left as it was is judged again, by the ordinary way and with the
statement of reasons its author is owed."""

from uuid import UUID

import asyncpg

from app import database
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.decisions.undoing import overturn

RISK = 70
"""Of one hundred: two people think that it should not be there."""


async def reopen(decision: UUID) -> UUID | None:
    """Inside the caller's transaction, which holds the open cases and the ad. The decision no longer stands, those who
    reported in vain were not wrong, and the thing has an open case with what they said, not for who had decided. None
    when the thing is gone, or when it was overturned before. A changed text is judged as the ad it is now.
    """
    decided = await overturn(decision)
    if decided is None:
        return None
    await database.execute("UPDATE report SET outcome = '' WHERE \"case\" = $1", decided["case"])
    if not await _is_there(decided):
        return None
    case = await _open(decided)
    await database.execute(_TAKE_FROM_FIRST_JUDGE, case, decided["moderator"])
    if decided["of"] != CaseKind.edit:  # nobody reports a change: only what it made of the ad
        await database.execute(
            'UPDATE report SET "case" = $2, read_lately = FALSE WHERE "case" = $1', decided["case"], case
        )
    return case


async def _is_there(decided: asyncpg.Record) -> bool:
    return bool(await database.value(_THERE, *(decided[name] for name in ("listing", "reply", "thanks", "message"))))


async def _open(decided: asyncpg.Record) -> UUID:
    kind = CaseKind.listing if decided["of"] == CaseKind.edit else CaseKind(decided["of"])
    ad = await database.row("SELECT category, department FROM listing WHERE id = $1", decided["listing"])
    if ad is None:
        raise LookupError(decided["listing"])
    return await open_case(
        kind=kind,
        listing=decided["listing"],
        author=decided["author"],
        reply=decided["reply"],
        thanks=decided["thanks"],
        message=decided["message"],
        category=ad["category"],
        department=ad["department"],
        risk=RISK,
    )


# One that was open already may be held by, or meant for, who may not judge it any more.
_TAKE_FROM_FIRST_JUDGE = """
UPDATE moderation_case SET handed_to = NULLIF(handed_to, $2), version = version + 1,
    claimed_by = NULLIF(claimed_by, $2), claimed_until = CASE WHEN claimed_by <> $2 THEN claimed_until END
WHERE id = $1 AND $2 IN (claimed_by, handed_to)
"""
_THERE = """
SELECT CASE
    WHEN $2::bigint IS NOT NULL THEN EXISTS (SELECT FROM reply WHERE id = $2 AND state IN ('published', 'held'))
    WHEN $3::uuid IS NOT NULL THEN EXISTS (SELECT FROM thanks WHERE id = $3 AND state NOT IN ('removed', 'deleted'))
    WHEN $4::bigint IS NOT NULL THEN EXISTS (SELECT FROM message WHERE id = $4 AND withheld_at IS NULL)
    ELSE EXISTS (SELECT FROM listing WHERE id = $1 AND status IN ('pending', 'published', 'closed', 'aside'))
END
"""
