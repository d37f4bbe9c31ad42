"""The only door to a decision one may contest: its author, who was sanctioned with it, who reported in vain."""

from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from app.dates import now
from app.refusals import NotHere, Refused
from members.me import Me
from messaging.access import TITLE
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind

FAVOURABLE = "Cette décision vous donne raison\u202f: il n’y a rien à contester."
OVERTURNED = "Cette décision a déjà été revue\u202f: elle ne vaut plus."


class Contestable(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as who it concerns reads it; never who took it. `until` is the last moment to appeal, `appeal` the one
    this member made already. `by_reporter`: a report or a notice of theirs was turned down. `sanction` is the measure
    that was confirmed after their appeal was over, when it alone may be contested now."""

    id: UUID
    reference: str
    kind: DecisionKind
    of: CaseKind
    listing: UUID
    title: str
    category: str
    department: str
    author: UUID
    reason: str
    words: str
    decided_at: datetime
    until: datetime
    appeal: UUID | None
    sanction: UUID | None
    is_overturned: bool
    is_author: bool
    is_sanctioned: bool
    by_reporter: bool

    @property
    def is_over(self) -> bool:
        return self.until < now()

    @property
    def is_favourable(self) -> bool:
        return not (
            self.is_sanctioned or self.by_reporter or (self.is_author and self.kind is not DecisionKind.approve)
        )

    @property
    def path(self) -> str:
        return f"/decisions/{self.id}/recours"


async def contestable(decision: UUID, me: Me) -> Contestable:
    """Raises NotHere for who has nothing to do with the decision, Refused when it takes nothing from them or no longer
    stands. One whose time to appeal has passed, or that this member contested already, is given with that said."""
    found = await database.row(_FOUND, decision, me.id)
    if found is None:
        raise NotHere
    given = {name: found[name] for name in Contestable.__struct_fields__ if name not in ("kind", "of")}
    read = Contestable(**given, kind=DecisionKind(found["kind"]), of=CaseKind(found["of"]))
    if read.appeal is None and read.is_overturned:
        raise Refused(OVERTURNED)
    if read.appeal is None and read.is_favourable:
        raise Refused(FAVOURABLE)
    return read


AFTER_APPEAL = """(
    EXISTS (SELECT FROM appeal a JOIN moderation_case of_appeal ON of_appeal.id = a."case"
        WHERE a.decision = s.decision AND a.appellant = s.member AND a.sanction IS NULL AND a.state <> 'open'
        AND coalesce(a.judged_at, of_appeal.closed_at) < s.starts_at)
)"""
"""On `sanction s`: confirmed when its member's appeal against the decision was over. It is contested by itself."""

# A word under somebody's ad, or after it, is contested without reading the title of an ad that was taken out of sight.
_FOUND = f"""
SELECT id, reference, kind, author, reason, words, decided_at, until, is_overturned, of, listing, category, department,
    title, sanction, CASE WHEN sanction IS NULL THEN appeal END AS appeal, is_author, is_sanctioned,
    by_reporter AND sanction IS NULL AS by_reporter
FROM (
    SELECT d.id, d.reference, d.kind, d.author, d.reason, d.words, d.decided_at, d.appeal_until AS until,
        d.overturned_at IS NOT NULL AS is_overturned, c.kind AS of, c.listing, c.category, c.department,
        {TITLE} AS title,
        (SELECT id FROM appeal WHERE appeal.decision = d.id AND appellant = $2
            ORDER BY opened_at DESC LIMIT 1) AS appeal,
        (SELECT s.id FROM sanction s WHERE s.decision = d.id AND s.member = $2 AND s.state IN ('active', 'ended')
            AND {AFTER_APPEAL} AND NOT EXISTS (SELECT FROM appeal a WHERE a.sanction = s.id AND a.decision = d.id)
            ORDER BY s.starts_at, s.id LIMIT 1) AS sanction,
        d.author = $2 AS is_author,
        EXISTS (SELECT FROM sanction s WHERE s.decision = d.id AND s.member = $2 AND s.state IN ('active', 'ended'))
            AS is_sanctioned,
        d.kind = 'approve' AND (EXISTS (SELECT FROM report WHERE report."case" = d."case" AND reporter = $2)
            OR EXISTS (SELECT FROM notice WHERE notice."case" = d."case" AND member = $2)) AS by_reporter,
        EXISTS (SELECT FROM report WHERE report."case" = d."case" AND reporter = $2) AS has_reported
    FROM decision d JOIN moderation_case c ON c.id = d."case" JOIN listing l ON l.id = c.listing
    WHERE d.id = $1
) found WHERE is_author OR is_sanctioned OR by_reporter OR has_reported OR appeal IS NOT NULL
"""
