"""What the rules may know of who writes: the record, never the person."""

from uuid import UUID

from app import database
from moderation.rules.verdict import AuthorRecord


async def record_of(member: UUID) -> AuthorRecord:
    """Removals count for a year, unless an appeal overturned them. A member who is gone has no record."""
    found = await database.row(
        "SELECT trusted_at IS NOT NULL AS is_trusted, approved_publications AS approved,"
        " (SELECT count(*)::int FROM decision d WHERE d.author = m.id AND d.kind = 'remove'"
        "  AND d.overturned_at IS NULL AND d.decided_at > now() - interval '1 year') AS removed"
        " FROM member m WHERE m.id = $1",
        member,
    )
    return AuthorRecord(**found) if found else AuthorRecord()
