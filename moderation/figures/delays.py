"""How long until somebody first looked at a case, and until it was decided: by risk, and step by step."""

import asyncpg
import msgspec

from app import database
from moderation.figures.steps import Steps

RISKS = {"urgent": "Ne peut pas attendre (80 et plus)", "middle": "Moyen (40 à 79)", "calm": "Calme (moins de 40)"}


class Delay(msgspec.Struct, frozen=True, kw_only=True):
    """Hours: the median, and what nine in ten did not exceed; None when nothing was measured."""

    risk: str
    cases: int
    look: float | None
    look_most: float | None
    decision: float | None
    decision_most: float | None


class Delays(msgspec.Struct, frozen=True):
    """`steps` has the median hours to decide in each, 0 where nothing was decided."""

    by_risk: list[Delay]
    steps: list[int]


async def delays(steps: Steps) -> Delays:
    """Of what was decided in these steps."""
    found = await database.rows(_DELAYS, steps.period.starts, steps.period.ends, steps.unit)
    by_risk = {row["risk"]: row for row in found if row["risk"]}
    by_step = {row["step"]: row["decisions"][0] for row in found if row["step"] and row["decisions"]}
    return Delays(
        [_delay(risk, by_risk.get(risk)) for risk in RISKS], [round(by_step.get(one, 0)) for one in steps.starts]
    )


def _delay(risk: str, row: asyncpg.Record | None) -> Delay:
    if row is None:
        return Delay(risk=risk, cases=0, look=None, look_most=None, decision=None, decision_most=None)
    look, look_most = row["looks"] or (None, None)
    decision, decision_most = row["decisions"]
    return Delay(
        risk=risk,
        cases=row["number"],
        look=look,
        look_most=look_most,
        decision=decision,
        decision_most=decision_most,
    )


_HOURS = "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM {since}) / 3600)::float8[]"
_DELAYS = f"""
SELECT risk, step, count(*)::int AS number, {_HOURS.format(since="first_read_at - opened_at")} AS looks,
    {_HOURS.format(since="decided_at - opened_at")} AS decisions
FROM (
    SELECT CASE WHEN c.risk >= 80 THEN 'urgent' WHEN c.risk >= 40 THEN 'middle' ELSE 'calm' END AS risk,
        date_trunc($3, d.decided_at AT TIME ZONE 'Europe/Paris')::date AS step,
        c.opened_at, c.first_read_at, d.decided_at
    FROM decision d JOIN moderation_case c ON c.id = d."case" WHERE d.decided_at >= $1 AND d.decided_at < $2
) decided GROUP BY GROUPING SETS ((risk), (step))
"""
