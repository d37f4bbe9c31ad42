"""What a moderator's decision does to a reply. The decision itself is written in the log by who calls."""

from app import database
from app.database import transaction
from listings.replies.appearing import appear, count_again, disappear
from members.trust import trust_no_more


async def approve_reply(reply_id: int) -> None:
    """held → published; a change that waits is made. One with nothing to approve stays as it is."""
    async with transaction():
        freed = await database.value(
            "UPDATE reply SET state = 'published', version = version + 1 WHERE id = $1 AND state = 'held' RETURNING id",
            reply_id,
        )
        if freed is not None:
            await appear(reply_id)
        await database.execute(
            "UPDATE reply SET body = waiting_body, waiting_body = NULL, edited_at = clock_timestamp(),"
            " version = version + 1 WHERE id = $1 AND state = 'published' AND waiting_body IS NOT NULL",
            reply_id,
        )


async def refuse_reply_edit(reply_id: int) -> None:
    """The old words stay; the new ones are kept for who wrote them."""
    await database.execute(
        "UPDATE reply SET refused_body = waiting_body, waiting_body = NULL, version = version + 1"
        " WHERE id = $1 AND waiting_body IS NOT NULL",
        reply_id,
    )


async def remove_reply(reply_id: int) -> None:
    """Out of sight; the row stays. Removing it again changes nothing, nor what its author deleted."""
    async with transaction():
        was = await database.row(
            "UPDATE reply SET state = 'removed', waiting_body = NULL, refused_body = NULL, version = reply.version + 1"
            " FROM reply was WHERE reply.id = $1 AND was.id = reply.id AND reply.state IN ('published', 'held')"
            " RETURNING reply.author, was.state",
            reply_id,
        )
        if was is None:
            return
        await trust_no_more(was["author"])
        if was["state"] == "published":
            await disappear(reply_id)


async def restore_reply(reply_id: int, was: str, waiting: str | None) -> None:
    """removed → published, after an appeal; `was` is its state before. The change it was about to get is kept for who
    wrote it. Nothing happens to one that its author deleted."""
    async with transaction():
        restored = await database.value(
            "UPDATE reply SET state = 'published', refused_body = $2, version = version + 1"
            " WHERE id = $1 AND state = 'removed' RETURNING id",
            reply_id,
            waiting,
        )
        if restored is not None:
            await (count_again if was == "published" else appear)(reply_id)


async def restore_reply_edit(reply_id: int, refused: str | None) -> None:
    """The change that was refused is made, after an appeal, unless its author has written another since."""
    await database.execute(
        "UPDATE reply SET body = refused_body, refused_body = NULL, edited_at = clock_timestamp(),"
        " version = version + 1 WHERE id = $1 AND state = 'published' AND refused_body = $2 AND waiting_body IS NULL",
        reply_id,
        refused,
    )
