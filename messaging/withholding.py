"""Moderation takes a message out of the other's sight, and may bring it back; later nothing is left of it."""

from uuid import UUID

from app import database, live

WAS_WITHHELD = """EXISTS (SELECT FROM message w WHERE w.conversation = a.conversation AND w.sender = a.helper
    AND w.withheld_at IS NOT NULL AND starts_with(w.body, a.word))"""
"""On `answer a`: the message that opened the conversation, which begins with the word of the answer, was removed."""


async def withhold(message: int) -> None:
    """Inside the transaction of the decision. Its sender goes on reading it; the other reads that it was removed.
    Withholding it again changes nothing."""
    await _tell(
        await database.value(
            "UPDATE message SET withheld_at = now() WHERE id = $1 AND withheld_at IS NULL RETURNING conversation",
            message,
        )
    )


async def give_back(message: int) -> bool:
    """Inside the transaction of an appeal that was upheld: both read it again. False when nothing was withheld, or
    when its words are erased."""
    conversation = await database.value(
        "UPDATE message SET withheld_at = NULL WHERE id = $1 AND withheld_at IS NOT NULL AND body <> ''"
        " RETURNING conversation",
        message,
    )
    await _tell(conversation)
    return conversation is not None


async def erase(message: int) -> None:
    """Inside the caller's transaction: its words are gone for both, also as an answer to the ad. One that was given
    back is left alone."""
    await database.execute(
        f"UPDATE answer a SET word = '', availability = '' WHERE {WAS_WITHHELD}"
        " AND a.conversation = (SELECT conversation FROM message WHERE id = $1)",
        message,
    )
    await database.execute("UPDATE message SET body = '' WHERE id = $1 AND withheld_at IS NOT NULL", message)


async def _tell(conversation: UUID | None) -> None:
    """The open pages of both show it as it is now."""
    if conversation is None:
        return
    found = await database.row("SELECT author, helper FROM conversation WHERE id = $1", conversation)
    for member in found or ():
        await live.tell(live.Happened(to=member, what="message", conversation=conversation))
