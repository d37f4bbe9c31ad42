"""Which rule spoke when, and whether a case came of it: no text, no author. What the figures of a rule come from."""

from uuid import UUID

from app import database
from moderation.rules.tables import Mode, Moment
from moderation.rules.verdict import Finding, Verdict


async def record_hits(verdict: Verdict, moment: Moment, case: UUID | None) -> None:
    """Inside the transaction of what was read. Rules in shadow are counted apart."""
    await _record(verdict.findings, moment, Mode.on, case)
    await _record(verdict.shadow, moment, Mode.shadow, case)


async def _record(findings: tuple[Finding, ...], moment: Moment, mode: Mode, case: UUID | None) -> None:
    if findings:
        await database.execute(
            'INSERT INTO rule_hit (at, rule, version, action, mode, moment, "case")'
            " SELECT clock_timestamp(), rule, version, action, $4, $5, $6"
            " FROM unnest($1::text[], $2::int[], $3::text[]) AS spoke (rule, version, action)",
            [finding.rule for finding in findings],
            [finding.version for finding in findings],
            [finding.action.value for finding in findings],
            mode.value,
            Moment(moment).value,
            case,
        )


async def forget_old_hits() -> None:
    """Twelve months are enough to see a season come back."""
    await database.execute("DELETE FROM rule_hit WHERE at < now() - interval '12 months'")
