"""How much a case presses: what the rules or the reports say, and for when the ad is wanted."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from app.settings import PARIS
from moderation.reports.tables import ReportReason
from moderation.rules.verdict import Action, Finding

READ_WITHIN = timedelta(hours=24)
AT_THE_SOONEST = timedelta(hours=1)
BEFORE_THE_DAY = timedelta(hours=6)
EACH_POINT = timedelta(minutes=30)
FOR_TODAY = timedelta(hours=51)
MOST_FORWARD = EACH_POINT * 100 + FOR_TODAY
OVERTAKEN_FOR = READ_WITHIN - AT_THE_SOONEST + MOST_FORWARD
"""124 hours: a case that nobody reads goes before whatever comes more than five days later."""

FAMILY_RISK = {
    "care": 100,
    "opsec": 95,
    "safety": 85,
    "law": 75,
    "scam": 70,
    "language": 65,
    "privacy": 60,
    "screening": 50,
    "commerce": 40,
    "repeat": 30,
}
ADVICE_RISK = 10
REPORT_RISK = {
    ReportReason.reveals: 80,
    ReportReason.forbidden: 70,
    ReportReason.hurtful: 65,
    ReportReason.dishonest: 60,
    ReportReason.market: 40,
    ReportReason.other: 30,
}
EACH_MORE_REPORT = 5
MOST = 100


def risk_of(findings: Iterable[Finding]) -> int:
    """0 (nothing said) to 100 (must not wait): the heaviest of what the rules said."""
    return max((_risk(finding) for finding in findings), default=0)


def _risk(finding: Finding) -> int:
    if finding.action is Action.ADVISE:
        return ADVICE_RISK
    return FAMILY_RISK.get(finding.rule.partition(".")[0], ADVICE_RISK)


def due(opened: datetime, *days: date | None) -> datetime:
    """Within a day; sooner for what is wanted sooner, yet never under an hour. Days already past press no one."""
    today = opened.astimezone(PARIS).date()
    first = min((day for day in days if day and day >= today), default=None)
    if first is None:
        return opened + READ_WITHIN
    eve = datetime.combine(first, time(), PARIS) - BEFORE_THE_DAY
    return max(opened + AT_THE_SOONEST, min(opened + READ_WITHIN, eve))


def is_for_today(opened: datetime, *days: date | None) -> bool:
    return opened.astimezone(PARIS).date() in days


def weight_of(findings: Iterable[Finding], records: Mapping[str, float]) -> float:
    """0 to 100: the heaviest of what the rules said, as far as each is believed; `records` are 0 to 1, by rule."""
    return max((_risk(finding) * records.get(finding.rule, 1.0) for finding in findings), default=0.0)


def press_at(due_by: datetime, weight: float, *, today: bool = False) -> datetime:
    """Where a case stands in the queue: its deadline, brought forward by up to 50 hours as its risk grows, and by 51
    when it is wanted today: of what came at the same time, an ad for tonight is first.

    It never moves back, so that nothing is overtaken for ever: a case stands after another only if that one came at
    most `OVERTAKEN_FOR` later.
    """
    return due_by - EACH_POINT * weight - (FOR_TODAY if today else timedelta())
