"""A notice about what was just read for the same kind of illegality is answered by the decision that stands: no loop of
notices wears the team out. What may put somebody in danger is always read.
"""

from uuid import UUID

from app import database
from moderation.notices.kinds import KINDS
from moderation.notices.tables import Illegality
from moderation.reports.guarding import QUIET_FOR, READ_AGAIN_BY
from moderation.reports.reportable import Reportable


async def standing_case(thing: Reportable, illegality: Illegality, member: UUID | None, email: str) -> UUID | None:
    """The case whose decision answers a new notice of this person; None when the team is to read the thing again. To be
    asked with the thing held, and no open case of it."""
    if KINDS[illegality].is_urgent:
        return None
    return await database.value(
        _STANDING,
        thing.key,
        illegality.value,
        QUIET_FOR,
        READ_AGAIN_BY,
        str(member) if member else email,
        thing.listing,
    )


# Of the notices it answered since, so many people are enough; those it was made of were heard.
_STANDING = """
SELECT d."case" FROM decision d JOIN moderation_case c ON c.id = d."case"
WHERE thing_of(c) = $1 AND c.listing = $6
    AND d.kind = 'approve' AND d.overturned_at IS NULL AND d.decided_at > clock_timestamp() - $3::interval
    AND EXISTS (SELECT FROM notice n WHERE n."case" = d."case" AND n.illegality = $2
        AND n.judged_edition = edition_of($1))
    AND (SELECT count(DISTINCT who) FROM (
        SELECT $5::text AS who UNION SELECT coalesce(n.member::text, n.email) FROM notice n
        WHERE n."case" = d."case" AND n.illegality = $2 AND n.made_at > d.decided_at) people) < $4
ORDER BY d.decided_at DESC LIMIT 1
"""
