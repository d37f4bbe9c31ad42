"""Members whose reports are often without ground (regulation (EU) 2022/2065, article 23): shown to moderators, who warn
first and may then close reporting for a while. Nothing happens by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from app import database
from members.me import Me
from moderation.cases.access import IN_SCOPE, scope
from moderation.decisions.reasons import Reason
from moderation.sanctions.tables import SanctionKind

PERIOD = timedelta(days=90)
"""How far back reports are counted, by the day they were made."""
ABUSIVE = 3
"""So many reports that moderators found made to harm."""
UNFOUNDED = 6
"""So many without ground at all, abusive or not…"""
SHARE = 80
"""…if they are so much, in percent, of what came of this member's reports: who is often right may be often wrong."""
WARNED_FOR = timedelta(days=365)
"""How long a warning counts: within it the next measure is to close reporting."""
AGAIN = 2
"""So many more without ground since the last measure, before another is due: who was warned is given a chance."""
CLOSED_FOR = (30, 90)
"""Days: the first time since the warning, and from the second on."""


class Noticed(msgspec.Struct, frozen=True, kw_only=True):
    """`abusive` are among `unfounded`. `decision` is the latest about a text they reported without ground: a measure
    hangs on it. `times_closed` counts since the warning that still holds, `since_measure` what was without ground since
    the last measure."""

    member: UUID
    first_name: str
    judged: int
    founded: int
    unfounded: int
    abusive: int
    last_at: datetime
    decision: UUID
    warned_at: datetime | None
    times_closed: int
    since_measure: int
    closed_until: datetime | None

    @property
    def proposed(self) -> SanctionKind:
        """What the law asks for next: never to close before a warning."""
        return SanctionKind.no_reporting if self.warned_at else SanctionKind.warn

    @property
    def is_due(self) -> bool:
        return self.closed_until is None and (self.warned_at is None or self.since_measure >= AGAIN)

    @property
    def days(self) -> int:
        return CLOSED_FOR[min(self.times_closed, len(CLOSED_FOR) - 1)]


async def noticed_reporters(me: Me) -> list[Noticed]:
    """Who is past a threshold by what was judged in this moderator's scope; the most abusive first."""
    return [_noticed(row) for row in await database.rows(_NOTICED.format(which="TRUE"), *_given(me))]


async def noticed_reporter(member: UUID, me: Me) -> Noticed | None:
    row = await database.row(_NOTICED.format(which="r.reporter = $10"), *_given(me), member)
    return _noticed(row) if row else None


async def not_warned(case: UUID, reports: Sequence[UUID]) -> list[str]:
    """First names of those who made these reports, may still report, and were not warned first."""
    found = await database.rows(_NOT_WARNED, case, reports, WARNED_FOR, Reason.good_faith.value)
    return [one["first_name"] for one in found]


def _given(me: Me) -> tuple[object, ...]:
    return *scope(me), PERIOD, ABUSIVE, UNFOUNDED, SHARE, WARNED_FOR, Reason.good_faith.value


def _noticed(row: asyncpg.Record) -> Noticed:
    return Noticed(**row)


_NOTICED = f"""
WITH counted AS (
    SELECT r.reporter, count(*) AS judged, count(*) FILTER (WHERE r.outcome = 'founded') AS founded,
        count(*) FILTER (WHERE r.outcome IN ('unfounded', 'abusive')) AS unfounded,
        count(*) FILTER (WHERE r.outcome = 'abusive') AS abusive, max(r.made_at) AS last_at,
        array_agg(r.made_at) FILTER (WHERE r.outcome IN ('unfounded', 'abusive')) AS wrong_at,
        (array_agg(d.id ORDER BY d.decided_at DESC) FILTER (WHERE r.outcome IN ('unfounded', 'abusive')))[1] AS decision
    FROM report r JOIN moderation_case c ON c.id = r."case" JOIN decision d ON d."case" = c.id
    WHERE r.outcome <> '' AND r.made_at > now() - $4::interval AND r.reporter <> $1 AND {IN_SCOPE} AND {{which}}
    GROUP BY r.reporter
    HAVING count(*) FILTER (WHERE r.outcome = 'abusive') >= $5
        OR (count(*) FILTER (WHERE r.outcome <> 'founded') >= $6
            AND 100 * count(*) FILTER (WHERE r.outcome <> 'founded') >= $7 * count(*))
)
SELECT n.reporter AS member, m.first_name, n.judged, n.founded, n.unfounded, n.abusive, n.last_at, n.decision,
    warned.at AS warned_at,
    (SELECT count(*) FROM sanction s WHERE s.member = n.reporter AND s.kind = 'no_reporting'
        AND s.state IN ('active', 'ended') AND s.starts_at > warned.at) AS times_closed,
    (SELECT count(*) FROM unnest(n.wrong_at) made_at WHERE made_at > (
        SELECT max(s.starts_at) FROM sanction s WHERE s.member = n.reporter AND s.state IN ('active', 'ended')
        AND (s.kind = 'no_reporting' OR s.kind = 'warn' AND s.reason = $9))) AS since_measure,
    CASE WHEN m.no_reporting_until > now() THEN m.no_reporting_until END AS closed_until
FROM counted n JOIN member m ON m.id = n.reporter
LEFT JOIN LATERAL (
    SELECT max(s.starts_at) AS at FROM sanction s WHERE s.member = n.reporter AND s.kind = 'warn' AND s.reason = $9
        AND s.state IN ('active', 'ended') AND s.starts_at > now() - $8::interval
) warned ON TRUE
ORDER BY n.abusive DESC, n.unfounded DESC, n.reporter LIMIT 100
"""
_NOT_WARNED = """
SELECT m.first_name FROM member m
WHERE m.id IN (SELECT reporter FROM report WHERE "case" = $1 AND id = ANY($2::uuid[]))
    AND NOT EXISTS (SELECT FROM sanction s WHERE s.member = m.id AND (
        (s.kind = 'no_reporting' AND s.state = 'active')
        OR (s.kind = 'warn' AND s.reason = $4 AND s.state IN ('active', 'ended')
            AND s.starts_at > now() - $3::interval)))
ORDER BY m.first_name, m.id
"""
