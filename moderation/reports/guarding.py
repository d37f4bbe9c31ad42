"""What was reported, read and left as it is does not come back for one more report: no loop wears the team out.

Only a reading after a report counts: who first reports what a moderator let be published may know more than they did.
"""

from datetime import timedelta
from uuid import UUID

from app import database

QUIET_FOR = timedelta(days=7)
"""Since the decision to leave it. An edit by its author ends the quiet at once: nobody has read the new words."""
READ_AGAIN_BY = 5
"""So many members who report it meanwhile are heard at once: five may have seen what one moderator did not."""


async def read_lately(thing: str) -> UUID | None:
    """The case in which the thing, as it stands now, was read after a report less than a week ago and left as it is."""
    return await database.value(
        'SELECT r."case" FROM report r JOIN decision d ON d."case" = r."case"'
        " WHERE r.thing = $1 AND r.judged_edition = edition_of($1) AND NOT r.read_lately"
        " AND d.kind = 'approve' AND d.overturned_at IS NULL AND d.decided_at > clock_timestamp() - $2::interval"
        " ORDER BY d.decided_at DESC LIMIT 1",
        thing,
        QUIET_FOR,
    )


async def is_read_again(thing: str, *, more: int = 1) -> bool:
    """Whether so many more reporters make enough of them. To be asked with the thing held."""
    return await database.value(
        f"SELECT count(DISTINCT reporter) + $3::int >= $2 FROM report {_ASIDE}", thing, READ_AGAIN_BY, more
    )


async def call_in_those_aside(thing: str, case: UUID) -> int:
    """Inside a transaction that holds the thing: what was kept aside joins its new case, and its reporters will hear
    of the outcome. Says how many."""
    moved = await database.rows(
        f'UPDATE report SET "case" = $2, read_lately = FALSE {_ASIDE} RETURNING id', thing, case
    )
    return len(moved)


_ASIDE = "WHERE thing = $1 AND edition = edition_of($1) AND read_lately"
