"""What moderation removed is erased once nobody may contest it any more, and the evidence with it; a year after, the
decision is forgotten too."""

from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.sweeping import Sweep
from listings.life.erasing import blank
from listings.replies.erasing import erase_reply
from messaging.withholding import erase
from moderation import audit
from moderation.cases.evidence import forget_evidence
from moderation.cases.locking import open_cases_of
from moderation.cases.retention import IS_CONTESTABLE, IS_NEEDED, IS_OLD, NEVER_JUDGED
from moderation.cases.tables import CaseKind
from thanks.erasing import erase_thanks

AT_ONCE = 50


async def let_time_pass_over_cases() -> None:
    """Erases, then forgets. Can run again, or twice at once, without harm. Raises SweepIncomplete once all that could
    be done is done."""
    async with Sweep("let_time_pass_over_cases") as sweep:
        for part in (erase_what_was_removed, forget_old_cases):
            await sweep.take(part.__name__, part())


async def erase_what_was_removed() -> int:
    """Of each case nobody may contest any more, in a transaction of its own: the evidence, and the thing itself if it
    is still removed. Says how many; raises SweepIncomplete when some could not be done."""
    erased = 0
    async with Sweep("erase_what_was_removed") as sweep:
        while due := await database.rows(
            f"{_TO_ERASE} AND c.id <> ALL($2::uuid[]) LIMIT $3", *_SINCE, sweep.failed, AT_ONCE
        ):
            for case in due:
                erased += await sweep.take(case["id"], _erase_if_due(case["id"], case["listing"]))
    return erased


async def forget_old_cases() -> int:
    """Cases closed a year ago, with their decisions, statements, reports and appeals, unless one of them is still
    needed. Says how many; raises SweepIncomplete when some could not be done."""
    forgotten = 0
    async with Sweep("forget_old_cases") as sweep:
        while old := await database.rows(f"{_TO_FORGET} AND c.id <> ALL($1::uuid[]) LIMIT $2", sweep.failed, AT_ONCE):
            for case in old:
                forgotten += await sweep.take(case["id"], _forget_if_old(case["id"]))
    return forgotten


async def _erase_if_due(case: UUID, listing: UUID) -> None:
    """Whoever appeals holds the ad, and refers to the decision: one of the two comes after the other, and finds what it
    did. What was due is asked again once both are held."""
    async with transaction():
        await open_cases_of(listing)
        await database.execute("SELECT FROM listing WHERE id = $1 FOR UPDATE", listing)
        await database.execute('SELECT FROM decision WHERE "case" = $1 FOR UPDATE', case)
        if due := await database.row(f"{_TO_ERASE} AND c.id = $2", *_SINCE, case):
            await _erase(due)


async def _erase(case: asyncpg.Record) -> None:
    if case["is_removal"] and not case["another_stands"]:
        await _erase_thing(case)
    await database.execute("DELETE FROM before_decision WHERE decision = $1", case["decision"])
    await forget_evidence([case["id"]])
    await database.execute("UPDATE moderation_case SET erased_at = now() WHERE id = $1", case["id"])
    await audit.record("case.erased", by=None, kind="case", subject=case["id"])


async def _erase_thing(case: asyncpg.Record) -> None:
    """Each leaves alone what an appeal or another decision brought back."""
    match CaseKind(case["kind"]):
        case CaseKind.listing:
            await blank(case["listing"])
        case CaseKind.reply:
            await erase_reply(case["reply"])
        case CaseKind.thanks:
            await erase_thanks(case["thanks"])
        case CaseKind.message:
            await erase(case["message"])


async def _forget_if_old(case: UUID) -> None:
    async with transaction():
        await database.execute('SELECT FROM decision WHERE "case" = $1 FOR UPDATE', case)
        if not await database.row(f"{_TO_FORGET} AND c.id = $1", case):
            return
        await forget_evidence([case])
        await database.execute(_FORGET_NEWS, case)
        await database.execute("DELETE FROM moderation_case WHERE id = $1", case)
        await audit.record("case.forgotten", by=None, kind="case", subject=case)


_SINCE = (NEVER_JUDGED,)
_TO_ERASE = f"""
SELECT c.id, c.listing, c.kind, c.reply, c.thanks, c.message, d.id AS decision,
    d.kind = 'remove' AND d.overturned_at IS NULL AS is_removal,
    EXISTS (
        SELECT FROM moderation_case o JOIN decision d ON d."case" = o.id
        WHERE o.id <> c.id AND o.listing = c.listing AND o.kind = c.kind AND o.reply IS NOT DISTINCT FROM c.reply
            AND o.thanks IS NOT DISTINCT FROM c.thanks AND o.message IS NOT DISTINCT FROM c.message
            AND d.kind = 'remove' AND d.overturned_at IS NULL AND {IS_CONTESTABLE}
    ) AS another_stands
FROM moderation_case c LEFT JOIN decision d ON d."case" = c.id
WHERE c.closed_at IS NOT NULL AND c.erased_at IS NULL
    AND CASE WHEN d.id IS NULL THEN c.closed_at < now() - $1::interval ELSE NOT {IS_CONTESTABLE} END
"""
_FORGET_NEWS = """
DELETE FROM notification WHERE thing = $1::uuid OR thing = ANY(ARRAY(
    SELECT id FROM decision WHERE "case" = $1::uuid
    UNION ALL SELECT s.id FROM sanction s JOIN decision d ON d.id = s.decision WHERE d."case" = $1::uuid
    UNION ALL SELECT a.id FROM appeal a JOIN decision d ON d.id = a.decision WHERE d."case" = $1::uuid))
    OR (thing = (SELECT listing FROM moderation_case WHERE id = $1::uuid)
        AND path = (SELECT '/decisions/' || id FROM decision WHERE "case" = $1::uuid))
"""
_TO_FORGET = f"""
SELECT c.id FROM moderation_case c LEFT JOIN decision d ON d."case" = c.id
WHERE {IS_OLD} AND NOT {IS_NEEDED}
"""
