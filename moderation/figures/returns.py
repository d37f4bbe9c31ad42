"""What comes back to moderation: appeals and what became of them, reports with and without ground."""

import msgspec

from app import database
from moderation.figures.steps import Steps


class Appeals(msgspec.Struct, frozen=True, kw_only=True):
    """Opened in the period, and what became of them; `received` step by step."""

    upheld: int
    rejected: int
    waiting: int
    received: list[int]

    @property
    def upheld_percent(self) -> int | None:
        judged = self.upheld + self.rejected
        return round(100 * self.upheld / judged) if judged else None


class Reports(msgspec.Struct, frozen=True):
    """By what somebody decided of them, step by step of when they were made; abusive ones are without ground too."""

    founded: list[int]
    unfounded: list[int]
    abusive: int


async def appeals(steps: Steps) -> Appeals:
    found = await database.rows(_APPEALS, steps.period.starts, steps.period.ends, steps.unit)

    def became(state: str) -> int:
        return sum(row["number"] for row in found if row["state"] == state)

    return Appeals(
        upheld=became("upheld"),
        rejected=became("rejected"),
        waiting=became("open"),
        received=[sum(row["number"] for row in found if row["step"] == one) for one in steps.starts],
    )


async def reports(steps: Steps) -> Reports:
    found = await database.rows(_REPORTS, steps.period.starts, steps.period.ends, steps.unit)

    def judged(*outcomes: str) -> list[int]:
        those = [row for row in found if row["outcome"] in outcomes]
        return [sum(row["number"] for row in those if row["step"] == one) for one in steps.starts]

    return Reports(judged("founded"), judged("unfounded", "abusive"), sum(judged("abusive")))


_APPEALS = """
SELECT date_trunc($3, opened_at AT TIME ZONE 'Europe/Paris')::date AS step, state, count(*)::int AS number
FROM appeal WHERE opened_at >= $1 AND opened_at < $2 GROUP BY 1, 2
"""
_REPORTS = """
SELECT date_trunc($3, made_at AT TIME ZONE 'Europe/Paris')::date AS step, outcome, count(*)::int AS number
FROM report WHERE made_at >= $1 AND made_at < $2 GROUP BY 1, 2
"""
