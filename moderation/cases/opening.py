"""Opening a case, or joining the one already open of the same thing."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.dates import now
from moderation import audit
from moderation.cases.evidence import keep_evidence_of
from moderation.cases.likeness import likeness_of
from moderation.cases.records import record_of_reporter, records_of
from moderation.cases.tables import CaseKind, EvidenceWhy
from moderation.cases.things import thing_of
from moderation.cases.weighing import due, is_for_today, press_at, risk_of, weight_of
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
    why: EvidenceWhy = EvidenceWhy.hold,
    reporter: UUID | None = None,
) -> UUID:
    """The open case of this thing, new or joined. Joining raises its risk, brings its deadline forward, adds what the
    rules newly said and changes its version, so that whoever was about to decide reads it again. What the thing says
    now is kept as evidence, and `why`.

    `author` wrote the thing (for a reply or a word of thanks, not always the ad's author). `risk` is 0–100; what the
    findings weigh counts too. Who is the `reporter`, and how often the rules were right, tells how much it presses. A
    case of kind appeal is always a new one.
    """
    opened = now()
    wanted = await _wanted(listing, kind)
    due_by = due_at or due(opened, *wanted)
    heaviest = max(risk, risk_of(findings))
    believed = await _believed(findings, risk, reporter)
    async with transaction():
        (case,) = await database.rows(
            _OPEN_OR_JOIN.format(otherwise=_JOIN.format(thing=ONE_OPEN_CASE[kind]) if kind in ONE_OPEN_CASE else ""),
            CaseKind(kind).value,
            listing,
            edit,
            reply,
            author,
            str(getattr(category, "value", category)),
            department,
            heaviest,
            due_by,
            msgspec.json.encode(list(findings)).decode(),
            opened,
            thanks,
            message,
            press_at(due_by, believed, today=is_for_today(opened, *wanted)),
        )
        if case["is_new"]:
            await audit.record("case.opened", by=None, kind="case", subject=case["id"], thing=CaseKind(kind).value)
        if kind is not CaseKind.appeal:
            await _keep(case["id"], why)
    return case["id"]


async def _keep(case: UUID, why: EvidenceWhy) -> None:
    """What it says now, and the mark that texts of the same words share."""
    thing = await thing_of(case)
    await keep_evidence_of(case, thing, why)
    own_title = thing.title if thing.kind in (CaseKind.listing, CaseKind.edit) else ""
    await database.execute(
        "UPDATE moderation_case SET likeness = $2 WHERE id = $1", case, likeness_of(own_title, thing.text)
    )


async def _believed(findings: Sequence[Finding], risk: int, reporter: UUID | None) -> float:
    rules = await records_of(finding.rule for finding in findings)
    trust = await record_of_reporter(reporter) if reporter else 1.0
    return max(weight_of(findings, rules), risk * trust)


async def _wanted(listing: UUID, kind: CaseKind) -> tuple[date | None, ...]:
    if kind not in (CaseKind.listing, CaseKind.edit):
        return ()
    found = await database.row("SELECT wanted_by, starts_on FROM listing WHERE id = $1", listing)
    return tuple(found) if found else ()


_OPEN_OR_JOIN = """
INSERT INTO moderation_case AS c
    (kind, listing, edit, reply, author, category, department, risk, due_at, findings, opened_at, version, thanks,
    message, press_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11, 1, $12, $13, $14)
{otherwise}
RETURNING id, xmax = 0 AS is_new
"""
# A rule that speaks again replaces what it said before: the words it marks may have moved.
_JOIN = """
ON CONFLICT {thing} DO UPDATE SET
    risk = greatest(c.risk, excluded.risk),
    due_at = least(c.due_at, excluded.due_at),
    press_at = least(c.press_at, excluded.press_at),
    findings = excluded.findings || coalesce((
        SELECT jsonb_agg(old) FROM jsonb_array_elements(c.findings) old
        WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(excluded.findings) new WHERE new->'rule' = old->'rule')
    ), '[]'),
    version = c.version + 1
"""
