"""Opening a case, or joining the one already open of the same thing."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.dates import now
from moderation import audit
from moderation.cases.tables import CaseKind
from moderation.cases.weighing import due, press_at, risk_of
from moderation.rules.verdict import Finding

ONE_OPEN_CASE = {
    CaseKind.listing: "(listing) WHERE kind = 'listing' AND closed_at IS NULL",
    CaseKind.edit: "(edit) WHERE closed_at IS NULL",
    CaseKind.reply: "(reply) WHERE closed_at IS NULL",
    CaseKind.thanks: "(thanks) WHERE closed_at IS NULL",
    CaseKind.message: "(message) WHERE closed_at IS NULL",
}


async def open_case(
    *,
    kind: CaseKind,
    listing: UUID,
    author: UUID,
    category: str,
    department: str,
    edit: UUID | None = None,
    reply: int | None = None,
    thanks: UUID | None = None,
    message: int | None = None,
    findings: Sequence[Finding] = (),
    risk: int = 0,
    due_at: datetime | None = None,
) -> UUID:
    """The open case of this thing, new or joined. Joining raises its risk, brings its deadline forward, adds what the
    rules newly said and changes its version, so that whoever was about to decide reads it again.

    `author` wrote the thing (for a reply or a word of thanks, not always the ad's author). `risk` is 0–100; what the
    findings weigh counts too.
    """
    opened = now()
    weight = max(risk, risk_of(findings))
    due_by = due_at or due(opened, *await _wanted(listing, kind))
    async with transaction():
        (case,) = await database.rows(
            _OPEN_OR_JOIN.format(thing=ONE_OPEN_CASE[CaseKind(kind)]),
            CaseKind(kind).value,
            listing,
            edit,
            reply,
            author,
            str(getattr(category, "value", category)),
            department,
            weight,
            due_by,
            msgspec.json.encode(list(findings)).decode(),
            opened,
            thanks,
            message,
            press_at(due_by, weight),
        )
        if case["is_new"]:
            await audit.record("case.opened", by=None, kind="case", subject=case["id"], thing=CaseKind(kind).value)
    return case["id"]


async def _wanted(listing: UUID, kind: CaseKind) -> tuple[date | None, ...]:
    if kind not in (CaseKind.listing, CaseKind.edit):
        return ()
    found = await database.row("SELECT wanted_by, starts_on FROM listing WHERE id = $1", listing)
    return tuple(found) if found else ()


# A rule that speaks again replaces what it said before: the words it marks may have moved.
_OPEN_OR_JOIN = """
INSERT INTO moderation_case AS c
    (kind, listing, edit, reply, author, category, department, risk, due_at, findings, opened_at, version, thanks,
    message, press_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11, 1, $12, $13, $14)
ON CONFLICT {thing} DO UPDATE SET
    risk = greatest(c.risk, excluded.risk),
    due_at = least(c.due_at, excluded.due_at),
    press_at = least(c.press_at, excluded.press_at),
    findings = excluded.findings || coalesce((
        SELECT jsonb_agg(old) FROM jsonb_array_elements(c.findings) old
        WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(excluded.findings) new WHERE new->'rule' = old->'rule')
    ), '[]'),
    version = c.version + 1
RETURNING id, xmax = 0 AS is_new
"""
