"""Closing a case without a decision, when its author left nothing to judge."""

from uuid import UUID

from app import database
from app.database import transaction
from moderation import audit
from moderation.decisions.telling import news_for_reporters, tell


async def close_case_of(listing_id: UUID, *, edit: UUID | None = None) -> None:
    """Closes what is open of an ad its author took back, or only the case of one edit. Reporters are told."""
    which = "listing = $1 AND kind IN ('listing', 'edit') AND ($2::uuid IS NULL OR edit = $2)"
    await _close(which, listing_id, edit)


async def close_case_of_reply(reply: int) -> None:
    """Its author took the reply back. Reporters are told."""
    await _close("reply = $1", reply)


async def close_case_of_thanks(thanks: UUID) -> None:
    """Its author took the word of thanks back. Reporters are told."""
    await _close("thanks = $1", thanks)


async def clear_case_of_reply(reply: int) -> bool:
    """Inside a transaction: the change that waited no longer does. The case is closed, or stays open for who reported
    the reply, in a new version: whoever was about to decide reads it again. Says whether it stays.
    """
    stays = await database.value(
        "UPDATE moderation_case c SET findings = '[]', version = version + 1 WHERE reply = $1 AND closed_at IS NULL"
        ' AND EXISTS (SELECT FROM report r WHERE r."case" = c.id) RETURNING id',
        reply,
    )
    if stays is None:
        await _close("reply = $1", reply)
    return stays is not None


async def _close(which: str, *given: UUID | int | None) -> None:
    """`which` is a condition on `moderation_case`."""
    async with transaction():
        closed = await database.rows(
            "UPDATE moderation_case SET closed_at = now(), version = version + 1, claimed_by = NULL,"
            f" claimed_until = NULL WHERE closed_at IS NULL AND {which} RETURNING id",
            *given,
        )
        for case in closed:
            await audit.record("case.closed", by=None, kind="case", subject=case["id"], why="taken back")
            await tell(await news_for_reporters(case["id"]))
