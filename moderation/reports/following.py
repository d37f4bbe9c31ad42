"""What members read of their reports: what they said, what came of it, and how to contest it."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import now
from app.paging import SIZE
from app.refusals import NotHere
from listings.access import was_online
from members.me import Me
from messaging.access import title_for
from moderation.decisions.tables import DecisionKind
from moderation.reports.tables import ReportOutcome


class OwnReport(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reported and what came of it. `said` are all their reports in that case, the latest first: one for
    each edition of the thing. `is_visible`: not out of sight with its ad. `decided` is empty while nobody decided, and
    when the author took the thing away first.
    """

    case: UUID
    kind: str
    title: str
    is_visible: bool
    said: tuple[asyncpg.Record, ...]
    closed_at: datetime | None
    is_aside: bool
    decision: UUID | None
    reference: str
    decided: str
    decided_at: datetime | None
    is_overturned: bool
    appeal_until: datetime | None

    @property
    def may_contest(self) -> bool:
        """Article 20: six months, also for who reported and was not followed."""
        is_in_time = self.appeal_until is not None and self.appeal_until > now()
        return is_in_time and self.decided == DecisionKind.approve and not self.is_overturned

    @property
    def is_abusive(self) -> bool:
        return any(report["outcome"] == ReportOutcome.abusive for report in self.said)


async def own_report(case_id: UUID, me: Me) -> OwnReport:
    """Of a case that came after, when the report was called into it. Raises NotHere for who reported nothing there."""
    found = await database.rows(
        f"""
        SELECT {_COLUMNS} {_FROM}
        WHERE r.reporter = $2 AND r.thing = (SELECT thing_of(asked) FROM moderation_case asked WHERE asked.id = $1)
        ORDER BY c.id = $1 DESC, r.made_at DESC
        """,
        case_id,
        me.id,
    )
    if not found:
        raise NotHere
    return _of([row for row in found if row["case"] == found[0]["case"]])


async def own_reports(me: Me) -> list[OwnReport]:
    """The latest first, as many as one page shows."""
    found = await database.rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.reporter = $1 ORDER BY r.made_at DESC LIMIT {SIZE}", me.id
    )
    cases = dict.fromkeys(row["case"] for row in found)
    return [_of([row for row in found if row["case"] == case]) for case in cases]


def _of(found: list[asyncpg.Record]) -> OwnReport:
    kept = {name: found[0][name] for name in OwnReport.__struct_fields__ if name != "said"}
    return OwnReport(**kept, said=tuple(found))


# What was taken out of sight may be rewritten there: its title is nobody's but its author's.
_COLUMNS = f"""
r."case", r.reason, r.words, r.made_at, r.outcome, r.read_lately AS is_aside, c.kind, c.closed_at,
{title_for("r.reporter")} AS title,
c.kind IN ('thanks', 'message') OR {was_online("l")} AS is_visible,
d.id AS decision, coalesce(d.reference, '') AS reference, coalesce(d.kind, '') AS decided, d.decided_at,
d.overturned_at IS NOT NULL AS is_overturned, d.appeal_until
"""
_FROM = """
FROM report r JOIN moderation_case c ON c.id = r."case" JOIN listing l ON l.id = c.listing
LEFT JOIN decision d ON d."case" = c.id
"""
