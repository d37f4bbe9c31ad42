"""The next step a member's record calls for: offered to who decides, never imposed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from app import database
from moderation.sanctions.tables import SanctionKind

COUNTS_FOR = timedelta(days=365)
"""An older measure counts no more. As long as its decision is kept (moderation/cases/retention.py): what is forgotten
cannot count, and what is kept longer, because of an appeal or of another's measure, may not count for longer either."""


class Step(NamedTuple):
    """`days` is None for what has no end."""

    kind: SanctionKind
    days: int | None = None


LADDER = (
    Step(SanctionKind.warn),
    Step(SanctionKind.review_first),
    Step(SanctionKind.no_posting, 7),
    Step(SanctionKind.no_posting, 30),
    Step(SanctionKind.suspension, 14),
    Step(SanctionKind.suspension, 90),
    Step(SanctionKind.exclusion),
)


async def next_step(member: UUID) -> Step:
    """One above the heaviest measure that stands and still counts, a year from its end; a warning for who has none. One
    that is in force, or proposed, is not offered again."""
    past = await database.rows(_PAST, member, COUNTS_FOR)
    taken = [Step(SanctionKind(one["kind"]), one["days"]) for one in past]
    in_force = {SanctionKind(one["kind"]) for one in past if one["is_in_force"]}
    return after(taken, in_force)


def after(taken: Sequence[Step], in_force: set[SanctionKind]) -> Step:
    """The lowest step above all that was taken and of a kind not in force; the last one when there is none."""
    reached = max((_height(step) for step in taken), default=-1)
    return next((step for step in LADDER[reached + 1 :] if step.kind not in in_force), LADDER[-1])


def _height(step: Step) -> int:
    """Of the highest step of the ladder that is no heavier than this one."""
    order = list(SanctionKind)
    weight = (order.index(step.kind), step.days or 0)
    return max(
        (at for at, one in enumerate(LADDER) if (order.index(one.kind), one.days or 0) <= weight),
        default=-1,
    )


_PAST = """
SELECT kind, days, is_in_force
FROM sanction, LATERAL (SELECT state IN ('active', 'proposed') AND kind <> 'warn' AS is_in_force) force
WHERE member = $1 AND state IN ('active', 'ended', 'proposed') AND kind <> 'no_reporting'
    AND (is_in_force OR greatest(proposed_at, ends_at) > now() - $2::interval)
"""
