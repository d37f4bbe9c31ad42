"""How often each rule spoke, and how often the people who judged what it held agreed with it."""

from datetime import date, datetime, time, timedelta

import msgspec

from app import database
from app.settings import PARIS


class RulePrecision(msgspec.Struct, frozen=True, kw_only=True):
    """Of one rule over a period. `spoke` counts texts it said something of, `cases` those read by a person.

    Of the cases it held for a person, each once: `upheld` are those where something was found to change or remove,
    `overturned` those where nothing was, an appeal included. What only advises, or cares for a person, is neither.
    The same in shadow is what would have come of it.
    """

    rule: str
    spoke: int = 0
    cases: int = 0
    upheld: int = 0
    overturned: int = 0
    shadow_spoke: int = 0
    shadow_upheld: int = 0
    shadow_overturned: int = 0

    @property
    def precision(self) -> float | None:
        """0 to 1: how often it was right, of what was judged; None before anything was."""
        judged = self.upheld + self.overturned
        return self.upheld / judged if judged else None


async def precision_of_rules(first: date, last: date) -> list[RulePrecision]:
    """Of every rule that spoke from `first` to `last`, both included, days of Paris; in order of the rules' ids."""
    found = await database.rows(
        _COUNTED, datetime.combine(first, time(), PARIS), datetime.combine(last + timedelta(days=1), time(), PARIS)
    )
    return [RulePrecision(**row) for row in found]


async def precision_lately(days: int = 30) -> dict[str, RulePrecision]:
    """By rule, over the last days, today included."""
    today = datetime.now(PARIS).date()
    found = await precision_of_rules(today - timedelta(days=days - 1), today)
    return {one.rule: one for one in found}


# A decision stands against the text unless it approved it, and the other way round once an appeal overturned it.
_COUNTED = """
WITH spoke AS (
    SELECT h.rule, h.mode, h."case",
        CASE WHEN h.action = 'hold' AND d.id IS NOT NULL
            THEN (d.kind <> 'approve') <> (d.overturned_at IS NOT NULL) END AS agreed
    FROM rule_hit h LEFT JOIN decision d ON d."case" = h."case"
    WHERE h.at >= $1 AND h.at < $2
)
SELECT rule,
    count(*) FILTER (WHERE mode = 'on')::int AS spoke,
    count(DISTINCT "case") FILTER (WHERE mode = 'on')::int AS cases,
    count(DISTINCT "case") FILTER (WHERE mode = 'on' AND agreed)::int AS upheld,
    count(DISTINCT "case") FILTER (WHERE mode = 'on' AND NOT agreed)::int AS overturned,
    count(*) FILTER (WHERE mode = 'shadow')::int AS shadow_spoke,
    count(DISTINCT "case") FILTER (WHERE mode = 'shadow' AND agreed)::int AS shadow_upheld,
    count(DISTINCT "case") FILTER (WHERE mode = 'shadow' AND NOT agreed)::int AS shadow_overturned
FROM spoke GROUP BY rule ORDER BY rule
"""
