"""All the team's figures over one length of time, as they were at most a minute ago."""

import msgspec

from moderation.figures.delays import Delays, delays
from moderation.figures.keeping import KeptFigures
from moderation.figures.load import Load, load
from moderation.figures.queue import QueueNow, QueueThen, queue_now, queue_then
from moderation.figures.returns import Appeals, Reports, appeals, reports
from moderation.figures.steps import Back, Steps, steps_of
from moderation.rules.precision import RulePrecision, precision_of_rules

MOST_RULES = 40
"""Those most often judged; each has its own page among the rules."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    steps: Steps
    queue: QueueNow
    then: QueueThen
    delays: Delays
    load: Load
    rules: list[RulePrecision]
    appeals: Appeals
    reports: Reports

    def bars(self, numbers: list[int]) -> list[tuple[str, int]]:
        """As a plot takes them: each step by its name."""
        return list(zip(self.steps.labels, numbers, strict=True))


kept = KeptFigures[Figures]()


async def figures(back: Back) -> Figures:
    steps = steps_of(back)

    async def count() -> Figures:
        return Figures(
            steps=steps,
            queue=await queue_now(),
            then=await queue_then(steps),
            delays=await delays(steps),
            load=await load(steps),
            rules=await _rules(steps),
            appeals=await appeals(steps),
            reports=await reports(steps),
        )

    return await kept.get(steps, count)


async def _rules(steps: Steps) -> list[RulePrecision]:
    """Those some of whose cases were judged, the least precise first."""
    judged = [
        one for one in await precision_of_rules(steps.period.first, steps.period.last) if one.precision is not None
    ]
    often = sorted(judged, key=lambda one: -(one.upheld + one.overturned))[:MOST_RULES]
    return sorted(often, key=lambda one: (one.precision, one.rule))
