"""Measures before the team: those that wait for a second yes, and those in force."""

from typing import Any

import asyncpg
import msgspec

from app import database
from members.me import Me
from moderation.cases.access import scope
from moderation.desk.masking import masked_in
from moderation.sanctions.confirming import MAY_JUDGE

MOST = 50

_WAITING = f"""
SELECT s.id, s.member, s.kind, s.days, s.reason, s.facts, s.words, s.proposed_at, m.first_name, m.joined_at,
    s.proposed_by = $1 AS is_mine, proposer.first_name AS proposed_by_name, d.reference, d.kind AS decided, d.ground,
    d.law, c.id AS "case", l.title
FROM sanction s JOIN decision d ON d.id = s.decision JOIN moderation_case c ON c.id = d."case"
JOIN listing l ON l.id = c.listing JOIN member m ON m.id = s.member JOIN member proposer ON proposer.id = s.proposed_by
WHERE s.state = 'proposed' AND {MAY_JUDGE} ORDER BY s.proposed_at, s.id LIMIT {MOST}
"""
_IN_FORCE = f"""
SELECT s.id, s.kind, s.starts_at, s.ends_at, s.reason, m.first_name, d.reference, d."case"
FROM sanction s JOIN decision d ON d.id = s.decision JOIN member m ON m.id = s.member
WHERE s.state = 'active' AND s.kind NOT IN ('warn', 'review_first') AND {MAY_JUDGE}
ORDER BY s.ends_at NULLS LAST, s.id LIMIT {MOST}
"""


class Measures(msgspec.Struct, frozen=True):
    """In the scope of who reads, and where they have no stake: what waits (the first proposed first), what is in
    force (the first to end first), and what else the members of those that wait were subject to."""

    waiting: list[dict[str, Any]]
    in_force: list[asyncpg.Record]
    before: dict[object, list[asyncpg.Record]]


async def measures_before(me: Me) -> Measures:
    given = scope(me)
    waiting = [masked_in(row, "title", "facts", "words") for row in await database.rows(_WAITING, *given)]
    before: dict[object, list[asyncpg.Record]] = {one["member"]: [] for one in waiting}
    for past in await _past(list(before)) if before else ():
        before[past["member"]].append(past)
    return Measures(waiting, await database.rows(_IN_FORCE, *given), before)


async def _past(members: list[object]) -> list[asyncpg.Record]:
    return await database.rows(
        "SELECT member, kind, state, reason, starts_at, days FROM sanction WHERE member = ANY($1::uuid[])"
        " AND state IN ('active', 'ended') ORDER BY starts_at DESC, id",
        members,
    )
