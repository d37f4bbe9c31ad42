"""A member who wants no rights beside the ads of a category, and who wants them again."""

from uuid import UUID

from app import database
from app.refusals import NotHere
from listings.kinds import Category


async def hidden_by(member: UUID) -> set[str]:
    return {
        row["category"] for row in await database.rows("SELECT category FROM hidden_bridge WHERE member = $1", member)
    }


async def hide(member: UUID, category: str) -> None:
    """Twice is once. Raises NotHere for what is no category."""
    _known(category)
    await database.execute(
        "INSERT INTO hidden_bridge (member, category) VALUES ($1, $2) ON CONFLICT DO NOTHING", member, category
    )


async def show_again(member: UUID, category: str) -> None:
    """Raises NotHere for what is no category."""
    _known(category)
    await database.execute("DELETE FROM hidden_bridge WHERE member = $1 AND category = $2", member, category)


def _known(category: str) -> None:
    if category not in set(Category):
        raise NotHere
