"""What blocking means in SQL, in one place: neither sees the other, anywhere."""

from uuid import UUID

from app import database


def not_blocked(one: str, other: str) -> str:
    """A condition on two SQL expressions (a column, a parameter): no block stands between these members."""
    return (
        f"NOT EXISTS (SELECT FROM block WHERE (block.blocker = {one} AND block.blocked = {other})"
        f" OR (block.blocker = {other} AND block.blocked = {one}))"
    )


async def hidden_from(member: UUID) -> tuple[UUID, ...]:
    """The members this one must not meet, in either direction."""
    found = await database.rows(
        "SELECT blocked AS other FROM block WHERE blocker = $1 UNION SELECT blocker FROM block WHERE blocked = $1",
        member,
    )
    return tuple(row["other"] for row in found)
