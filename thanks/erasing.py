"""Nothing is left of a word of thanks that moderation removed, once nobody may contest it any more."""

from uuid import UUID

from app import database


async def erase_thanks(thanks_id: UUID) -> None:
    """Inside the caller's transaction, also what was told to the moderators with it; a word that came back is left
    alone."""
    await database.execute(
        "UPDATE thanks SET body = '', private_line = '', is_problem = FALSE WHERE id = $1 AND state = 'removed'",
        thanks_id,
    )
