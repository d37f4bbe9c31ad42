"""Nothing is left of the words of a reply that moderation removed, once nobody may contest it any more."""

from app import database


async def erase_reply(reply_id: int) -> None:
    """Inside the caller's transaction. The row stays, so that what was answered to it does; one that came back, or that
    its author deleted, is left alone."""
    await database.execute(
        "UPDATE reply SET body = '', waiting_body = NULL, refused_body = NULL, version = version + 1"
        " WHERE id = $1 AND state = 'removed'",
        reply_id,
    )
