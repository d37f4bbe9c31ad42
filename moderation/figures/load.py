"""Who decides how much: names for administrators, oneself beside the median for a moderator."""

from collections import defaultdict
from datetime import date
from statistics import median
from uuid import UUID

import msgspec

from app import database
from moderation.figures.steps import Steps


class Share(msgspec.Struct, frozen=True):
    """What one moderator decided in each step."""

    moderator: UUID
    first_name: str
    decisions: list[int]

    @property
    def total(self) -> int:
        return sum(self.decisions)


class Load(msgspec.Struct, frozen=True):
    """Who decided most first. Never shown whole but to administrators: `of` is what a moderator reads."""

    shares: list[Share]
    steps: int

    @property
    def team(self) -> list[int]:
        """What all decided together, in each step."""
        return [sum(share.decisions[step] for share in self.shares) for step in range(self.steps)]

    @property
    def median(self) -> list[int]:
        """Among those who decided something in the step, rounded; 0 when nobody did."""
        busy = [[share.decisions[step] for share in self.shares if share.decisions[step]] for step in range(self.steps)]
        return [round(median(some)) if some else 0 for some in busy]

    def of(self, member: UUID) -> list[int]:
        return next((share.decisions for share in self.shares if share.moderator == member), [0] * self.steps)


async def load(steps: Steps) -> Load:
    found = await database.rows(_LOAD, steps.period.starts, steps.period.ends, steps.unit)
    names = {row["moderator"]: row["first_name"] for row in found}
    numbers: defaultdict[UUID, dict[date, int]] = defaultdict(dict)
    for row in found:
        numbers[row["moderator"]][row["step"]] = row["number"]
    shares = [Share(who, names[who], [by.get(one, 0) for one in steps.starts]) for who, by in numbers.items()]
    return Load(sorted(shares, key=lambda share: (-share.total, share.first_name)), len(steps.starts))


_LOAD = """
SELECT moderator, m.first_name, step, number FROM (
    SELECT moderator, date_trunc($3, decided_at AT TIME ZONE 'Europe/Paris')::date AS step, count(*)::int AS number
    FROM decision WHERE decided_at >= $1 AND decided_at < $2 GROUP BY 1, 2
) decided JOIN member m ON m.id = moderator
"""
