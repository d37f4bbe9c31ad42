"""What a member may read of what was decided about them: what, why, for how long, and what to do now; never who."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.paging import SIZE, After, address
from app.refusals import NotHere
from members.me import Me
from messaging.access import TITLE
from moderation.appeals.contesting import AFTER_APPEAL

APPEAL_OF_DECISION = """
(SELECT state FROM appeal a WHERE a.decision = d.id AND a.appellant = $2 AND a.sanction IS NULL) AS appeal,
(SELECT id FROM appeal a WHERE a.decision = d.id AND a.appellant = $2 AND a.sanction IS NULL) AS appeal_id
"""
# The one against the decision is about its measures too, but those that came when it was over.
_OF_MEASURE = f"""appeal of_it WHERE of_it.decision = s.decision AND of_it.appellant = s.member
    AND CASE WHEN {AFTER_APPEAL} THEN of_it.sanction = s.id ELSE of_it.sanction IS NULL END"""
APPEAL_OF_MEASURE = f"(SELECT state FROM {_OF_MEASURE}) AS appeal, (SELECT of_it.id FROM {_OF_MEASURE}) AS appeal_id"
# The author of a reported text that stays need not know it was reported.
READ_BY_AUTHOR = "(d.kind <> 'approve' OR d.detection IN ('rules', 'team'))"


class Statement(msgspec.Struct, frozen=True):
    """A decision about something this member wrote, and the measures against them that came with it."""

    decision: asyncpg.Record
    measures: Sequence[asyncpg.Record]


async def own_decision(decision_id: UUID, me: Me) -> Statement:
    """Raises NotHere unless it was decided of something this member wrote."""
    found = await database.row(_DECISION, decision_id, me.id)
    if found is None:
        raise NotHere
    measures = await database.rows(
        "SELECT id, kind, state, starts_at, ends_at FROM sanction WHERE decision = $1 AND member = $2"
        " AND state IN ('active', 'ended', 'lifted') ORDER BY starts_at, id",
        decision_id,
        me.id,
    )
    return Statement(found, measures)


async def own_measure(sanction_id: UUID, me: Me) -> asyncpg.Record:
    """A measure against this member. Raises NotHere for another's, and for one that is only proposed."""
    found = await database.row(_MEASURE, sanction_id, me.id)
    if found is None:
        raise NotHere
    return found


class Decided(msgspec.Struct, frozen=True):
    """One page of all that was decided about a member; `older` is the address of the next one."""

    entries: list[asyncpg.Record]
    older: str | None


async def decided_about(me: Me, after: After | None = None) -> Decided:
    """Decisions and measures, the latest first. One query."""
    found = await database.rows(_ABOUT, me.id, me.id, after and after.at, after and after.id, SIZE + 1)
    shown = found[:SIZE]
    last = shown[-1] if len(found) > SIZE else None
    return Decided(shown, address(After(last["at"], last["id"])) if last else None)


async def measures_in_force(me: Me) -> list[asyncpg.Record]:
    """Those that keep this member from the site, with their reasons and the state of the appeal against each."""
    return await database.rows(
        "SELECT s.id, s.kind, s.reason, s.words, s.starts_at, s.ends_at, s.decision, d.reference,"
        f" d.appeal_until > now() AS may_contest, {APPEAL_OF_MEASURE}"
        " FROM sanction s JOIN decision d ON d.id = s.decision"
        " WHERE s.member = $1 AND s.state = 'active' AND s.kind IN ('suspension', 'exclusion') ORDER BY s.starts_at",
        me.id,
    )


_DECISION = f"""
SELECT d.id, d.reference, d.kind, d.ground, d.reason, d.law, d.facts, d.words, d.detection, d.found_automatically,
    d.decided_at, d.appeal_until, d.overturned_at, c.kind AS of, c.listing, c.category, {TITLE} AS title,
    l.status, r.id AS reply, r.body AS reply_body, r.refused_body AS reply_refused, t.body AS thanks_body,
    m.body AS message_body,
    CASE WHEN c.kind = 'listing' AND l.status = 'removed' THEN l.body END AS listing_body,
    d.appeal_until > now() AS may_contest, {APPEAL_OF_DECISION}
FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
LEFT JOIN reply r ON r.id = c.reply LEFT JOIN thanks t ON t.id = c.thanks LEFT JOIN message m ON m.id = c.message
WHERE d.id = $1 AND d.author = $2 AND {READ_BY_AUTHOR}
"""
_MEASURE = f"""
SELECT s.id, s.kind, s.state, s.reason, s.facts, s.words, s.days, s.starts_at, s.ends_at, s.decision,
    d.reference, d.ground, d.law, d.detection, d.found_automatically, d.appeal_until, d.author = $2 AS is_author,
    d.appeal_until > now() AS may_contest, {APPEAL_OF_MEASURE}
FROM sanction s JOIN decision d ON d.id = s.decision
WHERE s.id = $1 AND s.member = $2 AND s.state IN ('active', 'ended', 'lifted')
"""
_ABOUT = f"""
SELECT * FROM (
    SELECT d.decided_at AS at, d.id, FALSE AS is_measure, d.reference, d.kind, d.reason, '' AS state,
        NULL::timestamptz AS ends_at, c.kind AS of, {TITLE} AS title, d.overturned_at IS NOT NULL AS is_overturned,
        d.id AS decision, d.appeal_until > now() AND d.kind <> 'approve' AS may_contest, {APPEAL_OF_DECISION}
    FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
    WHERE d.author = $1 AND {READ_BY_AUTHOR}
    UNION ALL
    SELECT s.starts_at, s.id, TRUE, d.reference, s.kind, s.reason, s.state, s.ends_at, '', '',
        d.overturned_at IS NOT NULL, d.id, d.appeal_until > now(), {APPEAL_OF_MEASURE}
    FROM sanction s JOIN decision d ON d.id = s.decision
    WHERE s.member = $1 AND s.state IN ('active', 'ended', 'lifted')
) about WHERE $3::timestamptz IS NULL OR (at, id) < ($3, $4::uuid) ORDER BY at DESC, id DESC LIMIT $5
"""
