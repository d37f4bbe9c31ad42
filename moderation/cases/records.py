"""How much is to be made of what a rule or a member says, judged by how often they were right so far."""

import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from app import database
from moderation.rules.precision import RulePrecision, precision_lately

DAYS = 90
"""How far back a rule's record goes; a rule that was mended is soon believed again."""
ENOUGH_CASES = 20
LEAST_OF_A_RULE = 0.5
REPORTS_SINCE = timedelta(days=365)
ENOUGH_REPORTS = 5
LEAST_OF_A_REPORTER = 0.4
CARE = "care."
KEPT_FOR = 3600.0  # seconds: a record is made of weeks, and counting it goes through every text the rules spoke of

_kept: tuple[float, Mapping[str, float]] | None = None


async def records_of(rules: Iterable[str]) -> dict[str, float]:
    """By rule, `LEAST_OF_A_RULE` to 1; 1 before enough cases of it were decided. Whoever may be in danger is read as
    soon as ever: rules that care always count whole."""
    asked = {rule for rule in rules if not rule.startswith(CARE)}
    known = await _records() if asked else {}
    return {rule: known.get(rule, 1.0) for rule in asked}


async def record_of_reporter(member: UUID) -> float:
    """1, or down to `LEAST_OF_A_REPORTER` for who was mostly wrong in the last twelve months."""
    founded, judged = await database.row(  # type: ignore[misc]
        "SELECT count(*) FILTER (WHERE outcome = 'founded'), count(*) FROM report"
        " WHERE reporter = $1 AND outcome <> '' AND made_at > now() - $2::interval",
        member,
        REPORTS_SINCE,
    )
    if judged < ENOUGH_REPORTS:
        return 1.0
    return min(1.0, max(LEAST_OF_A_REPORTER, 2 * founded / judged))


def forget_records() -> None:
    """The next case counts them anew."""
    global _kept
    _kept = None


async def _records() -> Mapping[str, float]:
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        found = await precision_lately(DAYS)
        _kept = time.monotonic() + KEPT_FOR, {rule: _record(one) for rule, one in found.items()}
    return _kept[1]


def _record(one: RulePrecision) -> float:
    if one.precision is None or one.upheld + one.overturned < ENOUGH_CASES:
        return 1.0
    return max(LEAST_OF_A_RULE, one.precision)
