"""A member has one home at a time; the index `listing_one_home` has the last word."""

from uuid import UUID

from app import database


async def has_another_home(author: UUID, listing: UUID) -> bool:
    """Inside a transaction: whether they have one beside this. Nobody begins another until it ends."""
    await database.execute("SELECT FROM member WHERE id = $1 FOR NO KEY UPDATE", author)
    return await database.value(
        "SELECT EXISTS (SELECT FROM listing WHERE author = $1 AND id <> $2 AND category = 'home'"
        " AND status IN ('draft', 'pending', 'published', 'aside'))",
        author,
        listing,
    )
