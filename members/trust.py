"""Trust: it grows with what moderators approve, and starts again after something they had to remove."""

from uuid import UUID

from app import database
from app.settings import settings


async def trust_more(member: UUID) -> None:
    """One more approved publication; past `trust_after` of them, ads no longer wait."""
    await database.execute(
        "UPDATE member SET approved_publications = approved_publications + 1, trusted_at = CASE"
        " WHEN trusted_at IS NULL AND approved_publications + 1 >= $2 THEN now() ELSE trusted_at END WHERE id = $1",
        member,
        settings().trust_after,
    )


async def trust_no_more(member: UUID) -> None:
    """What this member publishes is read first again, as at the beginning."""
    await database.execute("UPDATE member SET approved_publications = 0, trusted_at = NULL WHERE id = $1", member)
