"""What stands around a case: who told the team of it, what moderators said of it among themselves, what was decided
of its author before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from app import database
from members.me import Me
from moderation.cases.access import IN_SCOPE, scope
from moderation.cases.notes import Note
from moderation.desk.masking import Veil
from moderation.notices.tables import Illegality
from moderation.reports.tables import ReportReason

LAST_DECISIONS = 5


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """A member's report, with what came of their earlier ones: a first name and two counts, no more of who it is."""

    id: UUID
    reason: ReportReason
    words: str
    made_at: datetime
    outcome: str
    first_name: str
    founded: int
    unfounded: int


class Notified(msgspec.Struct, frozen=True, kw_only=True):
    """A legal notice, with what its sender added to it; who sent it is not needed to judge it. `was_answered`
    at once, by a decision that stood when it came: nobody had read it then."""

    number: str
    illegality: Illegality
    why: str
    made_at: datetime
    was_answered: bool


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier decision about something of the same author."""

    case: UUID
    kind: str
    of: str
    reason: str
    words: str
    decided_at: datetime
    is_overturned: bool
    title: str


class Around(msgspec.Struct, frozen=True, kw_only=True):
    reports: Sequence[Reported]
    notices: Sequence[Notified]
    notes: Sequence[Note]
    decisions: Sequence[Past]


async def read_around(case: asyncpg.Record, me: Me, veil: Veil) -> Around:
    """In one question to the database: a dossier already asks many. Earlier decisions are those this moderator may
    read: in their scope, and where they have no stake."""
    row = await database.row(_AROUND, *scope(me), case["id"], case["author"])
    if row is None:  # one row, whatever it holds
        raise LookupError(case["id"])
    found = Around(
        reports=msgspec.json.decode(row["reports"], type=list[Reported]),
        notices=msgspec.json.decode(row["notices"], type=list[Notified]),
        notes=msgspec.json.decode(row["notes"], type=list[Note]),
        decisions=msgspec.json.decode(row["decisions"], type=list[Past]),
    )
    return _veiled(found, veil)


def _veiled(around: Around, veil: Veil) -> Around:
    replace = msgspec.structs.replace
    return replace(
        around,
        reports=[replace(one, words=veil(one.words)) for one in around.reports],
        notices=[replace(one, why=veil(one.why)) for one in around.notices],
        notes=[replace(one, words=veil(one.words)) for one in around.notes],
        decisions=[replace(one, title=veil(one.title), words=veil(one.words)) for one in around.decisions],
    )


# Of the words as they stand, like the reports that were kept aside; those a decision was about were read for it.
_ANSWERED_BEFORE = """
n.answered_at = n.made_at AND n."case" IN (
    SELECT before.id FROM moderation_case c JOIN moderation_case before ON before.listing = c.listing
    WHERE c.id = $4 AND c.kind <> 'appeal' AND thing_of(before) = thing_of(c) AND n.made_at < c.opened_at
        AND EXISTS (SELECT FROM notice read WHERE read."case" = before.id
            AND read.judged_edition = edition_of(thing_of(c))))
"""
_AROUND = f"""
SELECT
(SELECT coalesce(jsonb_agg(s ORDER BY s.made_at, s.id), '[]') FROM (
    SELECT r.id, r.reason, r.words, r.made_at, r.outcome, m.first_name,
        (SELECT count(*) FROM report e WHERE e.reporter = r.reporter AND e.outcome = 'founded') AS founded,
        (SELECT count(*) FROM report e WHERE e.reporter = r.reporter AND e.outcome IN ('unfounded', 'abusive'))
            AS unfounded
    FROM report r JOIN member m ON m.id = r.reporter WHERE r."case" = $4) s) AS reports,
(SELECT coalesce(jsonb_agg(s ORDER BY s.made_at, s.number), '[]') FROM (
    SELECT n.number, n.illegality, n.made_at, concat_ws(E'\\n\\n', n.why, (SELECT
            string_agg(more.why, E'\\n\\n' ORDER BY more.made_at) FROM notice more WHERE more.joins = n.id)) AS why,
        n."case" <> $4 AS was_answered
    FROM notice n WHERE n.joins IS NULL AND (n."case" = $4 OR {_ANSWERED_BEFORE})) s) AS notices,
(SELECT coalesce(jsonb_agg(s ORDER BY s.id), '[]') FROM (
    SELECT n.id, n.words, n.written_at, coalesce(m.first_name, '') AS by
    FROM case_note n LEFT JOIN member m ON m.id = n.by
    WHERE n."case" = $4) s) AS notes,
(SELECT coalesce(jsonb_agg(s ORDER BY s.decided_at DESC, s.case), '[]') FROM (
    SELECT d."case", d.kind, d.reason, d.words, d.decided_at, d.overturned_at IS NOT NULL AS is_overturned,
        c.kind AS of, l.title
    FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
    WHERE d.author = $5 AND {IN_SCOPE} ORDER BY d.decided_at DESC, d.id LIMIT {LAST_DECISIONS}) s) AS decisions
"""
